import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
  isUnionType,
} from 'graphql';
import { printSchemas } from '../services/cli/schema-files.js';
import { discover, subgraphNames } from '../services/kit/discover.js';
import { ERROR_CODES } from '../services/kit/errors.js';
import type { Instant } from '../services/kit/period.js';
import { buildSubgraph } from '../services/kit/subgraph.js';
import { eachDatabase } from './support/databases.js';
import { selectField } from './support/selection.js';
import { exists, listPaths, readText } from './support/sources.js';
import { createWorld, type Result, type World } from './support/world.js';

/** What holds for every subgraph: for those that are hosted and for the one to copy. */
const hostedNames = await subgraphNames();
const subgraphs = await discover([...hostedNames, '_example']);
const named = subgraphs.map((subgraph) => [subgraph.name, subgraph] as const);

/** What federation adds to a schema. */
const MACHINERY = /^(_Any|_Service|_Entity|federation__.*|link__.*|join__.*)$/;
const MONEY = /rupiah|amount/i;
const NUMBERS = ['Int', 'Float'];
/** Says what a number of rupiah was rounded to, a power of ten; it is no amount of money. */
const ROUNDING = 'roundedTo';

describe.each(named)('the subgraph %s', (name, subgraph) => {
  const folder = `services/subgraphs/${name}`;
  const files = listPaths(folder).map((path) => path.slice(folder.length + 1));

  test('builds, and its types, fields and arguments are described', async () => {
    const { schema } = await buildSubgraph(subgraph);
    expect(undescribed(schema)).toEqual([]);
  });

  test('never says money as Int or Float', async () => {
    const { schema } = await buildSubgraph(subgraph);
    const numbers = [...fieldsOf(schema), ...argumentsOf(schema)].filter(({ typeName }) => NUMBERS.includes(typeName));
    const money = numbers.filter(({ name, description }) => MONEY.test(`${name} ${description}`) && name !== ROUNDING);
    expect(money.map(({ path }) => path)).toEqual([]);
  });

  test('lets a field be null by which an operation enters it, so that its failure costs nothing else', async () => {
    const { schema } = await buildSubgraph(subgraph);
    const others = entitiesOf(schema).filter((entity) => keyOf(entity).owner !== name);
    const entered = allFields(schema).filter(([path, field]) => {
      const [type = ''] = path.split('.');
      return type === 'Query' || (others.includes(type) && field.name !== keyOf(type).field);
    });
    expect(entered.filter(([, { type }]) => isNonNullType(type)).map(([path]) => path)).toEqual([]);
  });

  test('has the same files as every other', () => {
    const always = ['README.md', 'subgraph.ts', 'resolvers.ts', 'context.ts', 'queries.ts'];
    const withTypes = subgraph.types.length > 0 ? ['types.ts'] : [];
    const csvFiles = subgraph.datasets.map(({ file }) => `data/${file}`);
    const withData =
      subgraph.datasets.length > 0 ? ['datasets.ts', 'tables.ts', 'migrations/0001-*.ts', ...csvFiles] : [];
    const wanted = [...always, ...withTypes, ...withData];
    expect(wanted.filter((path) => !files.some((file) => fits(file, path)))).toEqual([]);
  });

  test('has no CSV file that no dataset reads, but for the list of what is not served', () => {
    const known = [...subgraph.datasets.map(({ file }) => `data/${file}`), 'data/not-served.csv'];
    expect(files.filter((file) => file.endsWith('.csv') && !known.includes(file))).toEqual([]);
  });

  test('keeps a number as it was printed in a text column of the same row, which names no row', () => {
    const wrong = subgraph.datasets.flatMap(({ name: dataset, columns, key }) =>
      columns.flatMap((column) => {
        if (column.kind !== 'decimal' || column.printedIn === undefined) return [];
        const into = columns.find((one) => one.name === column.printedIn);
        return into?.kind === 'text' && !key.includes(into.name) ? [] : [`${dataset}.${column.name}`];
      }),
    );
    expect(wrong).toEqual([]);
  });

  test('owns its datasets and tables, and answers for each entity it declares', async () => {
    const { schema } = await buildSubgraph(subgraph);
    expect(subgraph.datasets.filter((dataset) => dataset.subgraph !== name)).toEqual([]);
    expect(Object.keys(subgraph.references).sort()).toEqual(entitiesOf(schema));
  });
});

describe('the committed schema', () => {
  test('is what the code prints', async () => {
    const printed = await printSchemas();
    const differing = [...printed].filter(([path, text]) => !exists(path) || readText(path) !== text);
    expect(differing.map(([path]) => path)).toEqual([]);
  });

  test('has one file for each hosted subgraph, the supergraph, and the API', async () => {
    const committed = listPaths('schema').filter((path) => !path.startsWith('schema/operations/'));
    const subgraphFiles = hostedNames.map((name) => `schema/subgraphs/${name}.graphql`);
    expect(committed).toEqual([...subgraphFiles, 'schema/api.graphql', 'schema/supergraph.graphql'].sort());
  });
});

interface Key {
  readonly field: string;
  readonly known: string;
  /** The nth key of its kind: well-formed and unknown, or malformed. */
  unknown(n: number): string;
  malformed(n: number): string;
  /** The subgraph that knows which is which; to the others every key is the stub of an entity. */
  readonly owner: string;
}

const KEYS: Readonly<Record<string, Key>> = {
  Region: {
    field: 'code',
    known: '19.03',
    unknown: (n) => `98.${10 + (n % 90)}`,
    malformed: (n) => String(1900 + n),
    owner: 'regions',
  },
  Indicator: {
    field: 'id',
    known: 'ucj',
    unknown: (n) => `no_such_${n}`,
    malformed: (n) => `ucj ${n}`,
    owner: 'participants',
  },
};

/** Arguments of fields of entities; short lists, so that a tree of regions stays small. */
const ARGUMENTS = { indicator: '"ucj"', first: '2' };
const DEPTH = 3;

const entities = subgraphs.flatMap(({ name, references }) =>
  Object.keys(references).map((entity) => [name, entity] as const),
);

eachDatabase('an entity', (makeUrl) => {
  let world: World;
  /** What each subgraph is read at: with an instant given, none asks for the newest. */
  let instants: ReadonlyMap<string, Instant>;
  beforeAll(async () => {
    world = await createWorld({ url: await makeUrl(), subgraphs });
    instants = new Map(await Promise.all(subgraphs.map(async ({ name }) => [name, await world.newest(name)] as const)));
  });
  afterAll(() => world.close());

  const ask = async (name: string, entity: string, keys: readonly string[], selection: string): Promise<Result> => {
    const query = `query ($keys: [_Any!]!) { _entities(representations: $keys) { ... on ${entity} { ${selection} } } }`;
    const keyField = keyOf(entity).field;
    const variables = { keys: keys.map((key) => ({ __typename: entity, [keyField]: key })) };
    return world.ask(name, query, variables, instants.get(name));
  };

  describe.each(entities)('of %s: %s', (name, entity) => {
    const { field, known, unknown, malformed, owner } = keyOf(entity);
    const expected = (keys: readonly string[]) => ({
      _entities: keys.map((key) => (owner === name && key !== known ? null : { [field]: key })),
    });

    test('is found by its key at its place, twice where asked twice; another key is null or a typed error', async () => {
      const keys = [unknown(0), known, malformed(0), known];
      const { data, errors = [] } = await ask(name, entity, keys, field);
      expect(data).toEqual(expected(keys));
      expect(errors.filter((error) => !isTyped(error))).toEqual([]);
    });

    test('is found among 500 keys, right and wrong, with few statements', async () => {
      const keys = Array.from({ length: 500 }, (_, n) => [known, unknown(n), malformed(n)][n % 3] ?? known);
      world.statements.reset();
      const { data, errors = [] } = await ask(name, entity, keys, field);
      expect(data).toEqual(expected(keys));
      expect(errors.filter((error) => !isTyped(error))).toEqual([]);
      expect(world.statements.count()).toBeLessThanOrEqual(3);
    });

    test('asks the database as often for 200 keys as for 2, whatever is selected', async () => {
      const { schema } = await buildSubgraph(world.hosted(name).subgraph);
      const [few, many] = await keysOf(world, entity);
      const differing: string[] = [];
      for (const selection of selectionsOf(schema, entity)) {
        const counted = async (keys: readonly string[]) => {
          await ask(name, entity, keys, selection); // warm: reference tables are remembered for an edition
          world.statements.reset();
          const { errors = [] } = await ask(name, entity, keys, selection);
          expect(errors).toEqual([]);
          return world.statements.count();
        };
        const [forFew, forMany] = [await counted(few), await counted(many)];
        if (forFew !== forMany)
          differing.push(`${selection}: ${forFew} for ${few.length}, ${forMany} for ${many.length}`);
      }
      expect(differing).toEqual([]);
    });
  });
});

eachDatabase('a list of regions', (makeUrl) => {
  let world: World;
  beforeAll(async () => {
    world = await createWorld({ url: await makeUrl() });
  });
  afterAll(() => world.close());

  test.each([
    [
      'regions',
      (codes: string) => `regionsByCode(codes: ${codes}) { name parent { name } children(first: 2) { code } }`,
    ],
    ['regions', (_: string, n: number) => `regions(level: REGENCY, first: ${n}) { nodes { parent { name } } }`],
    [
      'participants',
      (codes: string) => `compare(codes: ${codes}, indicator: "ucj") { entries { coverage { percent } } }`,
    ],
  ] as const)('of %s asks the database as often for 100 as for 2', async (name, write) => {
    const asOf = await world.newest(name);
    const [few, many] = await keysOf(world, 'Region');
    const counted = async (codes: readonly string[]) => {
      const query = `{ ${write(JSON.stringify(codes), codes.length)} }`;
      await world.ask(name, query, {}, asOf);
      world.statements.reset();
      const { errors = [] } = await world.ask(name, query, {}, asOf);
      expect(errors).toEqual([]);
      return world.statements.count();
    };
    expect(await counted(few)).toBe(await counted(many.filter((code) => code !== '19').slice(0, 100)));
  });
});

function keyOf(entity: string): Key {
  const key = KEYS[entity];
  if (key) return key;
  throw new Error(`${entity} is a new entity: add its keys to this test`);
}

/** Two keys, and 200 with those two among them: the two stand as deep as any, so that no level is met by the 200 only. */
async function keysOf(world: World, entity: string): Promise<[string[], string[]]> {
  if (entity !== 'Region')
    return [['ucj', 'rpjmn'], Array.from({ length: 200 }, (_, n) => ['ucj', 'rpjmn'][n % 2] ?? '')];
  const { data } = await world.ask('regions', '{ regions(level: REGENCY, first: 199) { nodes { code } } }');
  const page = data?.regions as { nodes: { code: string }[] }; // the shape asked for
  const few = ['19', '19.03'];
  return [few, [...new Set([...few, ...page.nodes.map(({ code }) => code)])].slice(0, 200)];
}

/** Each field of the entity but its key, with all that lies below it. */
function selectionsOf(schema: GraphQLSchema, entity: string): string[] {
  const type = schema.getType(entity);
  if (!isObjectType(type)) throw new Error(`${entity} is not an object type`);
  const fields = Object.values(type.getFields()).filter(({ name }) => name !== keyOf(entity).field);
  return fields.flatMap((field) => selectField(field, DEPTH, ARGUMENTS) ?? []);
}

function isTyped({ extensions }: { readonly extensions?: Readonly<Record<string, unknown>> }): boolean {
  return String(extensions?.code) in ERROR_CODES;
}

/** `migrations/0001-*.ts` stands for any file of that form. */
function fits(file: string, pattern: string): boolean {
  const [start = '', end] = pattern.split('*');
  return end === undefined ? file === pattern : file.startsWith(start) && file.endsWith(end);
}

function entitiesOf(schema: GraphQLSchema): string[] {
  const union = schema.getType('_Entity');
  const types = isUnionType(union) ? union.getTypes() : [];
  return types.map(({ name }) => name).sort();
}

function ownTypes(schema: GraphQLSchema): GraphQLNamedType[] {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  return Object.values(schema.getTypeMap()).filter(
    (type) =>
      !isIntrospectionType(type) &&
      !isSpecifiedScalarType(type) &&
      !MACHINERY.test(type.name) &&
      !roots.some((root) => root === type),
  );
}

interface Described {
  readonly path: string;
  readonly name: string;
  readonly description?: string | null | undefined;
  readonly typeName: string;
}

/** Every field of every object, interface and input, of the root types too. */
function fieldsOf(schema: GraphQLSchema): Described[] {
  return allFields(schema).map(([path, field]) => describedAs(path, field));
}

/** Every argument of every field. */
function argumentsOf(schema: GraphQLSchema): Described[] {
  return allFields(schema).flatMap(([path, field]) =>
    'args' in field ? field.args.map((argument) => describedAs(`${path}(${argument.name})`, argument)) : [],
  );
}

type AnyField = GraphQLField<unknown, unknown> | GraphQLInputField;

function allFields(schema: GraphQLSchema): [string, AnyField][] {
  const types = [schema.getQueryType(), schema.getMutationType(), ...ownTypes(schema)];
  return types.flatMap((type) => {
    if (!isInputObjectType(type) && !isObjectType(type) && !isInterfaceType(type)) return [];
    const fields: AnyField[] = Object.values(type.getFields());
    return fields
      .filter(({ name }) => !name.startsWith('_'))
      .map((field): [string, AnyField] => [`${type.name}.${field.name}`, field]);
  });
}

function describedAs(path: string, { name, description, type }: AnyField | GraphQLArgument): Described {
  return { path, name, description, typeName: getNamedType(type).name };
}

function undescribed(schema: GraphQLSchema): string[] {
  const isBare = ({ description }: Pick<Described, 'description'>) => !description?.trim();
  const places = [...fieldsOf(schema), ...argumentsOf(schema)];
  return [
    ...ownTypes(schema)
      .filter(isBare)
      .map(({ name }) => name),
    ...places.filter(isBare).map(({ path }) => path),
  ];
}
