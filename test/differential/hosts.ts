import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  isAbstractType,
  parse,
  validate,
} from 'graphql';
import type { SubgraphClient, SubgraphRequest } from '../../services/gateway/subgraph-client.js';
import type { SubgraphSchema } from '../../services/gateway/supergraph.js';
import type { Family } from './family.js';
import { type Part, readPart } from './part.js';
import { computedText, readTold } from './required.js';
import { findThing, mediaMembers, type Told } from './thing.js';
import { createTruth, ROOT, type Thing, type Truth, type TypesOf } from './truth.js';

/** The subgraphs of a family, each answering in this process as its schema says. */
export interface Hosts {
  readonly parts: readonly Part[];
  readonly truth: Truth;
  /** The object types that a field may give: those that every subgraph which answers it knows. */
  typesFor(type: string, field: string): TypesOf;
  clientOf(name: string): SubgraphClient;
  /** What has happened since the last look. */
  look(): Happened;
}

export interface Happened {
  readonly calls: number;
  /** How many entities were asked for that the subgraph does not know. */
  readonly forgotten: number;
}

interface Host {
  readonly part: Part;
  readonly schema: GraphQLSchema;
}

export function createHosts({ subgraphs, data }: Family): Hosts {
  const truth = createTruth(data);
  const happened = { calls: 0, forgotten: 0 };
  const parts = subgraphs.map(readPart);
  const members = mediaMembers(subgraphs);
  const hosts = subgraphs.map((subgraph, index) => {
    const part = parts[index] as Part; // one for each
    const find = (told: Told) => {
      const thing = findThing(told, members);
      if (!thing || !truth.isForgotten(part.name, thing)) return thing;
      happened.forgotten += 1;
      return null;
    };
    return { part, schema: schemaOf(subgraph, part, find) };
  });
  const typesFor = (type: string, field: string) => typesOf(hosts, members, [`${type}.${field}`, `Media.${field}`]);
  const clients = new Map(
    hosts.map((host) => {
      const run = runnerOf(host.schema, resolverOf(host.part, parts, truth, typesFor));
      const ask: SubgraphClient['ask'] = async (request) => {
        happened.calls += 1;
        return JSON.parse(JSON.stringify(await run(request)));
      };
      return [host.part.name, { ask }];
    }),
  );
  return {
    parts,
    truth,
    typesFor,
    clientOf(name) {
      const client = clients.get(name);
      if (client) return client;
      throw new Error(`no subgraph ${name}`);
    },
    look() {
      const seen = { ...happened };
      happened.calls = 0;
      happened.forgotten = 0;
      return seen;
    },
  };
}

function schemaOf({ sdl }: SubgraphSchema, { keyed }: Part, find: (told: Told) => Thing | null): GraphQLSchema {
  const references = [...keyed].map((type) => [type, { __resolveReference: find }]);
  return buildSubgraphSchema({ typeDefs: parse(sdl), resolvers: Object.fromEntries(references) });
}

function typesOf(hosts: readonly Host[], members: readonly string[], coordinates: readonly string[]): TypesOf {
  const answering = hosts.filter(({ part }) => coordinates.some((one) => part.answered.has(one)));
  return (name) => {
    const lists = answering.map(({ schema }) => {
      const type = schema.getType(name);
      if (isAbstractType(type)) return schema.getPossibleTypes(type).map((one) => one.name);
      return name === 'Media' ? members : [name];
    });
    const [first = [], ...others] = lists;
    return first.filter((one) => others.every((list) => list.includes(one)));
  };
}

type Resolver = GraphQLFieldResolver<Thing | undefined, unknown>;

/** Answers any field of a subgraph; one that it should not be asked for gives an error that names the mistake. */
function resolverOf(
  part: Part,
  parts: readonly Part[],
  truth: Truth,
  typesFor: (type: string, field: string) => TypesOf,
): Resolver {
  return (thing = ROOT, given, _context, { parentType, fieldName, returnType }) => {
    const coordinate = `${parentType.name}.${fieldName}`;
    if (!part.answered.has(coordinate)) return new Error(`${part.name} was asked for ${coordinate} of others`);
    if (parts.some(({ takenOver }) => takenOver.has(`${part.name} ${coordinate}`)))
      return new Error(`${part.name} was asked for ${coordinate}, which was taken over`);
    const requires = part.requires.get(coordinate);
    if (requires) return computedText(thing, fieldName, given, readTold(requires, thing.told ?? {}));
    return truth.valueOf(thing, fieldName, given, returnType, typesFor(parentType.name, fieldName));
  };
}

/** Runs requests; each text is parsed and validated once. */
function runnerOf(schema: GraphQLSchema, fieldResolver: Resolver) {
  const documents = new Map<string, DocumentNode>();
  return async ({ operation, operationName, variables }: SubgraphRequest): Promise<ExecutionResult> => {
    const document = documents.get(operation) ?? parse(operation);
    const errors = documents.has(operation) ? [] : validate(schema, document);
    if (errors.length > 0) return { errors };
    documents.set(operation, document);
    return execute({
      schema,
      document,
      operationName,
      variableValues: JSON.parse(variables),
      fieldResolver,
      contextValue: {},
    });
  };
}
