import { type GraphQLFormattedError, parse } from 'graphql';
import { RequestError } from '../../kit/errors.js';
import type { GatewayContext } from '../context.js';
import type { SubgraphAnswer, SubgraphClient } from '../subgraph-client.js';
import { rootsOf } from './fragments.js';
import { lostNames } from './lost.js';
import { type Location, locationsAt, objectsAt } from './place.js';
import type { EntityFetch, Fetch } from './plan.js';
import { compileRepresentation, type Represent } from './representation.js';
import { applyRewrites, rewrittenLocation } from './rewrite.js';
import { shownLocation } from './safe-alias.js';
import { givenVariable } from './safe-variable.js';
import { copyOf, isTree, merge, type Tree } from './tree.js';
import type { Types } from './types.js';

/** One execution of an operation, while it runs. */
export interface Run {
  readonly data: Tree;
  readonly errors: GraphQLFormattedError[];
  /** The caller's variables, coerced: with the defaults of the operation. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly context: GatewayContext;
}

/** Does its part of a run; gives nothing where there was nothing to do. */
export type Work = (run: Run) => Promise<void> | null;

/** What work is compiled for. */
export interface Supply {
  readonly types: Types;
  readonly clientOf: (subgraph: string) => SubgraphClient;
}

export function compileFetch(fetch: Fetch, supply: Supply): Work {
  return fetch.entities === null ? compileRootFetch(fetch, supply) : compileEntityFetch(fetch, fetch.entities, supply);
}

function compileRootFetch(fetch: Fetch, { types, clientOf }: Supply): Work {
  const client = clientOf(fetch.subgraph);
  const names = certainNames(fetch.operation);
  const variableTexts = variableWriter(fetch);
  return async (run) => {
    const { data, errors = [] } = await ask(client, fetch, textOf(variableTexts(run)), run, () => []);
    for (const error of errors) addError(run, error, rewrittenLocation(fetch.rewrites, error.path ?? []));
    if (!isTree(data)) return;
    if (errors.length === 0)
      for (const name of names) if (!Object.hasOwn(data, name)) addMissing(run, fetch.subgraph, name, [name]);
    applyRewrites(types, fetch.rewrites, data);
    merge(run.data, data);
  };
}

/** Entities of one kind that a fetch completes. */
interface Wanted {
  readonly entities: EntityFetch;
  /** The name of the variable that takes them, as JSON. */
  readonly key: string;
  readonly represent: Represent;
}

/** The same, found in a run. Entities with one representation are asked for once. */
interface Found extends Pick<Wanted, 'entities' | 'key'> {
  /** For each representation, the objects that have it and their number among all at the paths. */
  readonly targets: readonly Target[][];
  /** The representations, as a JSON list. */
  readonly text: string;
}

interface Target {
  readonly object: Tree;
  readonly number: number;
}

function compileEntityFetch(fetch: Fetch, entityFetches: readonly EntityFetch[], { types, clientOf }: Supply): Work {
  const client = clientOf(fetch.subgraph);
  const variableTexts = variableWriter(fetch);
  const wanted = entityFetches.map((entities) => ({
    entities,
    key: JSON.stringify(entities.variable),
    represent: compileRepresentation(entities, types),
  }));
  return (run) => {
    const found = wanted.map((one) => find(one, run.data));
    return found.some(({ targets }) => targets.length > 0) ? complete(run, found) : null;
  };

  async function complete(run: Run, found: readonly Found[]): Promise<void> {
    const lists = found.map(({ key, text }) => `${key}:${text}`);
    const first = () =>
      locationOf(
        run,
        found.find(({ targets }) => targets.length > 0),
      ) ?? [];
    const answer = await ask(client, fetch, textOf([...variableTexts(run), ...lists]), run, first);
    const lost: Lost = (entities, { __typename }) => lostNames(fetch, entities, __typename, run.variables, types);
    for (const error of answer.errors ?? []) addEntityError(run, found, error, lost);
    if (!isTree(answer.data)) return;
    for (const one of found) {
      const received = answer.data[one.entities.field];
      if (received !== null && received !== undefined) mergeEntities(run, fetch, one, received, types);
      else if (!answer.errors && one.targets.length > 0)
        addMissing(run, fetch.subgraph, one.entities.field, locationOf(run, one) ?? []);
    }
  }
}

function find({ entities, key, represent }: Wanted, data: Tree): Found {
  const targets = new Map<string, Target[]>();
  let number = 0;
  for (const path of entities.paths) {
    for (const object of objectsAt(data, path)) {
      const text = represent(object);
      const same = text === null ? undefined : targets.get(text);
      if (same) same.push({ object, number });
      else if (text !== null) targets.set(text, [{ object, number }]);
      number += 1;
    }
  }
  return { entities, key, targets: [...targets.values()], text: `[${[...targets.keys()].join(',')}]` };
}

function mergeEntities(run: Run, fetch: Fetch, found: Found, received: unknown, types: Types): void {
  const { targets, entities } = found;
  if (targets.length === 0) return;
  const isList = Array.isArray(received) && received.length === targets.length;
  if (!isList || !received.every((entity) => isTree(entity) || entity === null)) {
    const said = Array.isArray(received) && !isList ? `${received.length} entities` : 'no list of entities';
    const message = `Subgraph "${fetch.subgraph}" gave ${said} where ${targets.length} were asked for; its fields are null.`;
    const error = new RequestError('SUBGRAPH_INVALID', message, { subgraph: fetch.subgraph });
    addError(run, error, locationOf(run, found) ?? []);
    return;
  }
  received.forEach((entity: unknown, index) => {
    if (isTree(entity)) mergeEntity(types, entities, entity, targets[index] ?? []);
  });
}

function mergeEntity(types: Types, { outputRewrites }: EntityFetch, entity: Tree, targets: readonly Target[]): void {
  if (outputRewrites.length > 0) {
    entity.__typename ??= targets[0]?.object.__typename; // a change may be meant for one type
    applyRewrites(types, outputRewrites, entity);
  }
  targets.forEach(({ object }, index) => {
    const received = index === targets.length - 1 ? entity : copyOf(entity);
    if (isLessExact(types, received.__typename, object.__typename)) delete received.__typename;
    merge(object, received);
  });
}

/** An interface object gives the interface for its type; where more is known it stays. */
function isLessExact(types: Types, received: unknown, known: unknown): boolean {
  if (typeof received !== 'string' || typeof known !== 'string' || received === known) return false;
  return types.isOf(known, received);
}

async function ask(
  client: SubgraphClient,
  { operation, operationName }: Fetch,
  variables: string,
  run: Run,
  locate: () => Location,
): Promise<SubgraphAnswer> {
  try {
    return await client.ask({ operation, operationName, variables }, run.context);
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    addError(run, error, locate());
    return {};
  }
}

/** Writes the caller's variables that a fetch passes on as members of a JSON object. */
function variableWriter({ variables }: Fetch): (run: Run) => string[] {
  const passed = variables.map((name) => ({ given: givenVariable(name), before: `${JSON.stringify(name)}:` }));
  return (run) =>
    passed.flatMap(({ given, before }) => {
      const value = Object.hasOwn(run.variables, given) ? run.variables[given] : undefined;
      return value === undefined ? [] : [`${before}${JSON.stringify(value)}`];
    });
}

function textOf(members: readonly string[]): string {
  return `{${members.join(',')}}`;
}

/** The names of what an object lacks where a fetch gave no entity for it. */
type Lost = (entities: EntityFetch, object: Tree) => readonly string[];

/**
 * An error of an entity stands at each place that has it: its path begins with the field of entities and a number. One of
 * the whole entity stands at the fields that it costs: the object is there, and not null.
 */
function addEntityError(run: Run, found: readonly Found[], error: GraphQLFormattedError, lost: Lost): void {
  const [field, index, ...rest] = error.path ?? [];
  const one = found.find(({ entities }) => entities.field === field) ?? found[0];
  const targets = typeof index === 'number' ? one?.targets[index] : undefined;
  if (one && targets) {
    const locations = allLocations(run, one);
    for (const { object, number } of targets) {
      if (run.errors.length >= MOST_ERRORS) return;
      const location = locations[number] ?? [];
      const names = rest.length === 0 ? lost(one.entities, object) : [];
      if (names.length === 0)
        addError(run, error, [...location, ...rewrittenLocation(one.entities.outputRewrites, rest)]);
      for (const name of names) addError(run, error, [...location, name]);
    }
  } else addError(run, error, locationOf(run, one) ?? []);
}

/** Where the first of the entities lies. */
function locationOf(run: Run, found: Found | undefined): Location | undefined {
  const number = found?.targets[0]?.[0]?.number;
  return found && number !== undefined ? allLocations(run, found)[number] : undefined;
}

function allLocations({ data }: Run, { entities }: Found): Location[] {
  return entities.paths.flatMap((path) => locationsAt(data, path));
}

/** The names that the answer to an operation has at its root, whatever its variables are. */
function certainNames(operation: string): string[] {
  return rootsOf(parse(operation)).flatMap(({ selections }) =>
    selections.flatMap((selection) =>
      selection.kind === 'Field' && !selection.directives?.length ? [(selection.alias ?? selection.name).value] : [],
    ),
  );
}

/** A subgraph must say something of every field it was asked for, or tell an error. */
function addMissing(run: Run, subgraph: string, name: string, path: Location): void {
  const message = `Subgraph "${subgraph}" said nothing of ${name}, which it was asked for; its fields are null.`;
  addError(run, new RequestError('SUBGRAPH_INVALID', message, { subgraph }), path);
}

/** How many errors one answer tells of. */
export const MOST_ERRORS = 100;

function addError(
  { errors }: Run,
  { message, extensions }: Pick<GraphQLFormattedError, 'message' | 'extensions'>,
  path: Location,
): void {
  if (errors.length >= MOST_ERRORS) return;
  const text = typeof message === 'string' && message !== '' ? message : 'A subgraph gave an error without a message.';
  errors.push({
    message: text,
    ...(path.length > 0 ? { path: [...shownLocation(path)] } : {}),
    ...(extensions ? { extensions } : {}),
  });
}
