import { Supergraph as FederationSupergraph } from '@apollo/federation-internals';
import {
  type DocumentNode,
  defaultFieldResolver,
  type ExecutionResult,
  execute,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  isObjectType,
  isScalarType,
} from 'graphql';
import type { Edition } from '../../services/gateway/edition.js';
import type { Supergraph } from '../../services/gateway/supergraph.js';
import { createMemory, createReader } from '../../services/kit/reader.js';
import { createSeals } from '../../services/kit/seals.js';
import { buildSubgraph, type Subgraph } from '../../services/kit/subgraph.js';
import type { World } from '../support/world.js';

/** Our graph as if it were one service: the schema of the API, and at each field the resolver of the team that has it. */
export interface Monolith {
  readonly schema: GraphQLSchema;
  answer(
    document: DocumentNode,
    variables: Readonly<Record<string, unknown>>,
    edition: Edition,
  ): Promise<ExecutionResult>;
}

/** A subgraph as it is built for its host. */
interface Team {
  readonly name: string;
  readonly folder: Subgraph;
  readonly schema: GraphQLSchema;
  contextAt(edition: Edition): Promise<object>;
}

/** What fields of one answer share: the contexts of all teams. */
type Contexts = ReadonlyMap<Team, object>;

/**
 * Nothing of it plans or fetches: graphql-js goes through the operation and calls one resolver after the other. An object
 * stays with the team that gave it. Where another team has the field, it is asked for the entity by its reference
 * resolver, with the key, and then for the field.
 */
export async function createMonolith({ db, subgraphs }: World, supergraph: Supergraph): Promise<Monolith> {
  const schema = FederationSupergraph.build(supergraph.sdl).apiSchema().toGraphQLJSSchema();
  const teams = await Promise.all(subgraphs.map((folder) => startTeam(folder, db)));
  const origins = new WeakMap<object, Team>();
  takeScalars(schema, teams);
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields()))
      field.resolve = resolverFor(teams, origins, type.name, field.name);
  }
  return {
    schema,
    async answer(document, variableValues, edition) {
      const contexts = await Promise.all(teams.map(async (team) => [team, await team.contextAt(edition)] as const));
      return execute({ schema, document, variableValues, contextValue: new Map(contexts) });
    },
  };
}

async function startTeam(folder: Subgraph, db: World['db']): Promise<Team> {
  const { schema } = await buildSubgraph(folder);
  const datasets = folder.datasets.map(({ name }) => name);
  const seals = createSeals(db, datasets, Date.now);
  const memory = createMemory();
  return {
    name: folder.name,
    folder,
    schema,
    async contextAt(edition) {
      const asOf = edition.instantOf(folder.name);
      await seals.demand(asOf);
      return folder.context(createReader(db, seals, memory, asOf, String(edition.redactions)));
    },
  };
}

type Resolver = GraphQLFieldResolver<unknown, Contexts>;

function resolverFor(teams: readonly Team[], origins: WeakMap<object, Team>, type: string, field: string): Resolver {
  return async (source, given, contexts, info) => {
    const origin = typeof source === 'object' && source !== null ? origins.get(source) : undefined;
    const team =
      origin && ownResolver(origin, type, field) ? origin : teams.find((one) => ownResolver(one, type, field));
    if (!team) throw new Error(`nobody has ${type}.${field}`);
    const context = contexts.get(team);
    const resolve = ownResolver(team, type, field);
    const object = origin && team !== origin ? await findEntity(origin, team, type, source, contexts, info) : source;
    if (object === null) return null;
    return notedOrigin(origins, team, await resolve?.(object, given, context, info));
  };
}

function ownResolver(
  { schema }: Team,
  type: string,
  field: string,
): GraphQLFieldResolver<unknown, unknown> | undefined {
  const own = schema.getType(type);
  const definition = isObjectType(own) ? own.getFields()[field] : undefined;
  return definition && (definition.resolve ?? defaultFieldResolver);
}

/** The key fields of our entities. */
const KEYS: Readonly<Record<string, string>> = { Region: 'code', Indicator: 'id' };

async function findEntity(
  origin: Team,
  team: Team,
  type: string,
  source: unknown,
  contexts: Contexts,
  info: Parameters<Resolver>[3],
): Promise<unknown> {
  const key = KEYS[type];
  const find = team.folder.references[type];
  if (key === undefined || !find) throw new Error(`${team.name} cannot find a ${type}`);
  const value = await ownResolver(origin, type, key)?.(source, {}, contexts.get(origin), info);
  return find({ __typename: type, [key]: value } as never, contexts.get(team) as never); // what a gateway sends
}

/** The value, its objects noted as the team's; a list may be one of promises. */
function notedOrigin(origins: WeakMap<object, Team>, team: Team, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => notedOrigin(origins, team, item));
  if (value instanceof Promise) return value.then((item) => notedOrigin(origins, team, item));
  if (typeof value === 'object' && value !== null) origins.set(value, team);
  return value;
}

/** Scalars of the API are read and written as those of the team that has them. */
function takeScalars(schema: GraphQLSchema, teams: readonly Team[]): void {
  for (const type of Object.values(schema.getTypeMap())) {
    const own = teams.map((team) => team.schema.getType(type.name)).find((one) => isScalarType(one));
    if (!isScalarType(type) || !isScalarType(own)) continue;
    type.serialize = own.serialize;
    type.parseValue = own.parseValue;
    type.parseLiteral = own.parseLiteral;
  }
}
