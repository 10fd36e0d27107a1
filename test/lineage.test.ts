import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
} from 'graphql';
import type { Database } from '../services/kit/database.js';
import type { Row } from '../services/kit/dataset.js';
import { discover, subgraphNames } from '../services/kit/discover.js';
import { type HostedSubgraph, hostSubgraph } from '../services/kit/host.js';
import { silent } from '../services/kit/log.js';
import { buildSubgraph, type Subgraph } from '../services/kit/subgraph.js';
import { openSubgraphDatabase } from '../services/kit/subgraph-database.js';
import { eachDatabase } from './support/databases.js';
import { sealRows } from './support/sealed.js';
import { type ArgumentValues, selectField } from './support/selection.js';
import { createWorld, type Result, type World } from './support/world.js';

const subgraphs = await discover([...(await subgraphNames()), '_example']);
const schemas = new Map<string, GraphQLSchema>();
for (const subgraph of subgraphs) schemas.set(subgraph.name, (await buildSubgraph(subgraph)).schema);

const NUMBERS: readonly string[] = ['Int', 'Float', 'Rupiah'];
/** Types whose numbers say nothing of insured persons or money, with what they are. */
const NO_FIGURES: Readonly<Record<string, string>> = {
  Indicator: 'its place in the default order',
  RankingEntry: 'a place; the figure is beside it',
  Release: 'what it holds of itself',
  Tile: 'a place on a drawing',
};
/** What is divided or added has no release of its own: its parts have. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  Coverage: ['numeratorFigure', 'denominatorFigure'],
  DisbursementTotal: ['parts'],
};

describe.each([...schemas])('in the subgraph %s', (_, schema) => {
  const figureTypes = figureTypesOf(schema);

  test('a type with figures leads to source, release and file row in one field', () => {
    const wrong = figureTypes.filter(
      (type) =>
        !['sources: Source', 'release: Release', 'fileRow: Int'].every((field) => fieldsOf(type).includes(field)),
    );
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });

  test('a type whose figures may have no release leads to its parts, which have', () => {
    const bare = figureTypes.filter((type) => type.name in PARTS);
    const parts = bare.flatMap(({ name }) => PARTS[name]?.map((field) => schemaField(schema, name, field)) ?? []);
    expect(parts.map((field) => figureTypes.some(({ name }) => name === getNamedType(field.type).name))).toEqual(
      parts.map(() => true),
    );
  });

  test('an observation is a type with figures', () => {
    const observation = schema.getType('Observation');
    const types = isInterfaceType(observation) ? schema.getPossibleTypes(observation) : [];
    expect(types.filter((type) => !figureTypes.includes(type)).map(({ name }) => name)).toEqual([]);
  });
});

/** A figure that an answer holds, and where. */
interface Figure {
  readonly type: string;
  readonly path: string;
  readonly value: Readonly<Record<string, unknown>>;
}

/** Deep enough for the parts of the derived figure beside a stated one, with the sources of each. */
const DEPTH = 6;
/** As many regions as one request may name. */
const MOST_CODES = 100;

eachDatabase('every figure of the facts', (makeUrl) => {
  let world: World;
  let figures: readonly Figure[];
  beforeAll(async () => {
    world = await createWorld({ url: await makeUrl(), subgraphs });
    figures = await findFigures(world);
  }, 120_000);
  afterAll(() => world.close());

  test('is met, of every type there is', () => {
    const types = new Set([...schemas.values()].flatMap(figureTypesOf).map(({ name }) => name));
    expect([...new Set(figures.map(({ type }) => type))].sort()).toEqual([...types].sort());
  });

  test('names its source, with its publisher', () => {
    const isNamed = (source: unknown) => isRecord(source) && typeof source.publisher === 'string';
    expect(
      pathsWithout(({ value: { sources } }) => Array.isArray(sources) && sources.length > 0 && sources.every(isNamed)),
    ).toEqual([]);
  });

  test('names its release and its line in the file, or its parts do', () => {
    const isTraced = (value: unknown): boolean =>
      isRecord(value) && isRecord(value.release) && typeof value.release.id === 'string' && Number(value.fileRow) > 1;
    const parts = ({ type, value }: Figure) => (PARTS[type] ?? []).flatMap((field) => value[field] ?? []);
    const hasParts = (figure: Figure) => parts(figure).length > 0 && parts(figure).every(isTraced);
    expect(pathsWithout((figure) => isTraced(figure.value) || hasParts(figure))).toEqual([]);
  });

  function pathsWithout(holds: (figure: Figure) => boolean): string[] {
    return figures.filter((figure) => !holds(figure)).map(({ path }) => path);
  }
});

/** Every figure that any field of any subgraph answers with, for every region that the facts tell of. */
async function findFigures(world: World): Promise<Figure[]> {
  const [codes, indicators] = [await findCodes(world), await findIds(world)];
  const found: Figure[] = [];
  for (const [name, schema] of schemas) {
    const types = figureTypesOf(schema);
    if (types.length === 0) continue;
    const root = schema.getQueryType();
    const region = schema.getType('Region');
    const ask = async (query: string, type: GraphQLObjectType, read: (data: Result['data']) => readonly unknown[]) => {
      const keys = codes.map((code) => ({ __typename: 'Region', code }));
      const { data, errors = [] } = await world.ask(name, query, query.includes('$keys') ? { keys } : {});
      expect(errors.filter(({ extensions }) => extensions?.code !== 'NOT_COMPARABLE')).toEqual([]);
      for (const value of read(data)) collect(types, type, value, query.slice(0, 80), found);
    };
    if (isObjectType(region))
      for (const selection of selectionsOf(region, codes, indicators))
        await ask(
          `query ($keys: [_Any!]!) { _entities(representations: $keys) { ... on Region { ${selection} } } }`,
          region,
          (data) => data?._entities as unknown[], // the shape asked for
        );
    if (root)
      for (const selection of selectionsOf(root, codes, indicators))
        await ask(`{ ${selection} }`, root, (data) => [data]);
  }
  return found;
}

/** Each field that is not of federation's own, with all below it; once for each indicator or region that it takes. */
function selectionsOf(type: GraphQLObjectType, codes: readonly string[], indicators: readonly string[]): string[] {
  const fields = Object.values(type.getFields()).filter(({ name }) => !name.startsWith('_') && name !== 'code');
  return fields.flatMap((field) =>
    argumentSets(field, codes, indicators).flatMap((values) => selectField(field, DEPTH, values) ?? []),
  );
}

function argumentSets(
  { args }: GraphQLField<unknown, unknown>,
  codes: readonly string[],
  indicators: readonly string[],
): ArgumentValues[] {
  const fixed = { level: 'REGENCY', period: '"2000/2099"', dataset: '"disbursement"', code: '"19"', first: '1000' };
  const takes = (name: string) => args.some((argument) => argument.name === name);
  const chunks = Array.from({ length: Math.ceil(codes.length / MOST_CODES) }, (_, n) =>
    codes.slice(n * MOST_CODES, (n + 1) * MOST_CODES),
  );
  const places = takes('region')
    ? codes.map((code) => ({ region: `"${code}"` }))
    : takes('codes')
      ? chunks.map((chunk) => ({ codes: JSON.stringify(chunk) }))
      : [{}];
  const definitions =
    takes('indicator') && !takes('region') ? indicators.map((id) => ({ indicator: `"${id}"` })) : [{}];
  return places.flatMap((place) => definitions.map((definition) => ({ ...fixed, ...place, ...definition })));
}

/** Adds every object of these types that a value of this type holds. What the depth cut off is left out. */
function collect(
  types: readonly GraphQLObjectType[],
  type: GraphQLObjectType,
  value: unknown,
  path: string,
  found: Figure[],
): void {
  if (Array.isArray(value)) for (const item of value) collect(types, type, item, path, found);
  if (!isRecord(value)) return;
  const isWhole = (one: unknown) => !isRecord(one) || ('sources' in one && 'release' in one);
  const parts = PARTS[type.name] ?? [];
  const hasParts = parts.every((field) => field in value && [value[field]].flat().every(isWhole));
  if (types.includes(type) && isWhole(value) && hasParts) found.push({ type: type.name, path, value });
  for (const [name, inner] of Object.entries(value)) {
    const field = type.getFields()[name];
    const named = field && getNamedType(field.type as GraphQLOutputType); // fields of objects give output types
    if (isObjectType(named)) collect(types, named, inner, `${path} > ${name}`, found);
  }
}

async function findCodes({ db, subgraphs: folders }: World): Promise<string[]> {
  const tables = folders
    .flatMap(({ datasets }) => datasets)
    .filter(({ name, columns }) => name !== 'region' && columns.some((column) => column.name === 'region_code'));
  const parts = tables.map(({ table }) => `SELECT region_code FROM ${table}`);
  const rows = await db.query(`${parts.join(' UNION ')} ORDER BY region_code`);
  return rows.map((row) => String(row.region_code));
}

async function findIds({ db }: World): Promise<string[]> {
  return (await db.query('SELECT id FROM indicator ORDER BY id')).map(({ id }) => String(id));
}

/** Object types with a number that is a figure. */
function figureTypesOf(schema: GraphQLSchema): GraphQLObjectType[] {
  const roots = [schema.getQueryType(), schema.getMutationType()];
  return Object.values(schema.getTypeMap()).filter(
    (type): type is GraphQLObjectType =>
      isObjectType(type) &&
      !type.name.startsWith('_') &&
      !roots.includes(type) &&
      !(type.name in NO_FIGURES) &&
      Object.values(type.getFields()).some((field) => NUMBERS.includes(getNamedType(field.type).name)),
  );
}

function fieldsOf(type: GraphQLObjectType): string[] {
  return Object.values(type.getFields()).map((field) => `${field.name}: ${getNamedType(field.type).name}`);
}

function schemaField(schema: GraphQLSchema, typeName: string, name: string): GraphQLField<unknown, unknown> {
  const type = schema.getType(typeName);
  const field = isObjectType(type) ? type.getFields()[name] : undefined;
  if (field) return field;
  throw new Error(`${typeName} has no field ${name}`);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Invented figures. */
const INVENTED = { obs_status: 'E', conf_status: 'F', note: 'synthetic' };
const DRAFT = { kind: 'REGULAR', reason: null, createdBy: 'tok_1 publisher', approvedBy: 'tok_2 approver' } as const;
const participants = subgraphs.find(({ name }) => name === 'participants') as Subgraph; // a folder of ours
const REGIONS = ['19.01', '19.03', '19.05'];

/** What each dataset is given: persons insured in June 2025 of those there were in August 2024. */
const ROWS: Readonly<Record<string, readonly Row[]>> = {
  participants_source: ['counts', 'surveys'].map((id) => ({ id, publisher: `The office of ${id}` })),
  indicator: [
    {
      id: 'ucj',
      default_rank: 1,
      numerator_segment: 'PU_BPU',
      numerator_program: 'ANY',
      numerator_status: 'ACTIVE',
      denominator_concept: 'POTENTIAL_UCJ',
    },
  ],
  participant_count: REGIONS.map((region_code, index) => ({
    ...{ region_code, date: '2025-06', segment: 'PU_BPU', program: 'ANY', status: 'ACTIVE', category: 'ALL' },
    ...{ administrator: 'BPJSTK', basis: 'UNKNOWN', value: 2500 + index, source_id: 'counts', ...INVENTED },
  })),
  population_base: ['EMPLOYED', 'POTENTIAL_UCJ'].flatMap((concept) =>
    REGIONS.map((region_code, index) => ({
      ...{ region_code, date: '2024-08', concept, vintage: 'v1', value: 10000 + index },
      ...{ source_id: 'surveys', ...INVENTED },
    })),
  ),
  stated_coverage: [
    {
      region_code: '19.03',
      date: '2025-05',
      indicator_id: 'ucj',
      category: 'ALL',
      percent: 25,
      source_id: 'counts',
      ...INVENTED,
    },
  ],
};

eachDatabase('a derived figure', (makeUrl) => {
  const statements: string[] = [];
  let db: Database;
  let hosted: HostedSubgraph;
  beforeAll(async () => {
    const onQuery = (sql: string) => void statements.push(sql);
    db = await openSubgraphDatabase({ url: await makeUrl(), subgraphs: [participants], onQuery });
    for (const dataset of participants.datasets)
      if (dataset.name in ROWS) await sealRows(db, { ...DRAFT, dataset, rows: ROWS[dataset.name] ?? [] }, 1000);
    hosted = await hostSubgraph(participants, { db, log: silent, clock: () => 2000 });
  });
  afterAll(() => db.close());

  const askAll = async (codes: readonly string[], field: string) => {
    const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Region { answer: ${field} } } }`;
    const variables = { r: codes.map((code) => ({ __typename: 'Region', code })) };
    const { data, errors } = JSON.parse(JSON.stringify((await hosted.execute({ query, variables }, null)).result));
    expect(errors).toBeUndefined();
    return data._entities.map(({ answer }: { answer: unknown }) => answer);
  };
  const PART = 'value date fileRow sources { publisher } release { id kind publishedAt }';
  const release = (dataset: string) => ({
    id: `${dataset}/1`,
    kind: 'REGULAR',
    publishedAt: '1970-01-01T00:00:01.000Z',
  });
  const numeratorFigure = {
    value: 2502,
    date: '2025-06',
    fileRow: 4,
    sources: [{ publisher: 'The office of counts' }],
    release: release('participant_count'),
  };
  const denominatorFigure = {
    value: 10002,
    date: '2024-08',
    fileRow: 7,
    sources: [{ publisher: 'The office of surveys' }],
    release: release('population_base'),
  };

  test('leads to its numerator and its denominator, each with source, release and file row', async () => {
    const fields = `percent release { id } fileRow sources { publisher } numeratorFigure { ${PART} } denominatorFigure { ${PART} }`;
    expect(await askAll(['19.05'], `coverage { ${fields} }`)).toEqual([
      {
        percent: 25.01,
        release: null,
        fileRow: null,
        sources: [{ publisher: 'The office of counts' }, { publisher: 'The office of surveys' }],
        numeratorFigure,
        denominatorFigure,
      },
    ]);
  });

  test('beside a stated one does so too; the stated one has a release and no parts', async () => {
    const fields = `origin release { id } fileRow numeratorFigure { value } denominatorFigure { value }
      derived { numeratorFigure { value fileRow } denominatorFigure { value fileRow } }`;
    expect(await askAll(['19.03'], `coverage { ${fields} }`)).toEqual([
      {
        origin: 'STATED',
        release: { id: 'stated_coverage/1' },
        fileRow: 2,
        numeratorFigure: null,
        denominatorFigure: null,
        derived: { numeratorFigure: { value: 2501, fileRow: 3 }, denominatorFigure: { value: 10001, fileRow: 6 } },
      },
    ]);
  });

  test('asks the database for the parts of many as often as for those of one', async () => {
    const field = `coverage { numeratorFigure { ${PART} } denominatorFigure { ${PART} } }`;
    const counted = async (codes: readonly string[]) => {
      await askAll(codes, field);
      statements.length = 0;
      await askAll(codes, field);
      return statements.filter((sql) => /participant_count|population_base/.test(sql)).length;
    };
    expect([await counted(['19.05']), await counted(REGIONS)]).toEqual([3, 3]);
  });
});
