import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { documentId } from '../services/gateway/documents.js';
import { DEFAULT_LIMITS } from '../services/gateway/limits.js';
import { ERROR_CODES } from '../services/kit/errors.js';
import { aliases, bomb, many, nested } from './support/costly.js';
import { DATA_CODES } from './support/data-client.js';
import { readText } from './support/sources.js';
import { type Result, type ResultError, type StartedWorld, startWorld } from './support/world.js';

let world: StartedWorld;
/** Every answer of this file, to look for what may be in none. */
const answers: string[] = [];
const provoked = new Set<string>();

beforeAll(async () => {
  world = await startWorld();
}, 60_000);
afterAll(() => world.stop());

interface Told {
  readonly status: number;
  readonly result: Result;
}

async function send(path: string, init: RequestInit = {}): Promise<Told> {
  const response = await fetch(`${world.url}${path}`, init);
  const text = await response.text();
  answers.push(text);
  const result: Result = JSON.parse(text);
  for (const { extensions } of result.errors ?? []) provoked.add(String(extensions?.code));
  return { status: response.status, result };
}

function post(body: unknown, type = 'application/json', headers: Readonly<Record<string, string>> = {}): Promise<Told> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return send('/graphql', { method: 'POST', headers: { 'content-type': type, ...headers }, body: text });
}

/** The one error of a query, with its code. */
async function ask(query: string, asOf?: string): Promise<ResultError> {
  const { result } = await post({ query, ...(asOf === undefined ? {} : { extensions: { asOf } }) });
  return onlyError(result);
}

function onlyError({ errors = [] }: Result): ResultError {
  expect(errors).toHaveLength(1);
  return errors[0] as ResultError; // there is one
}

describe('the codes', () => {
  test('are those that docs/errors.md explains, each in English and in Indonesian', () => {
    const [, ours = ''] = readText('docs/errors.md').split(/^## /m);
    const rows = ours.split('\n').filter((line) => line.startsWith('| `'));
    const cells = rows.map((line) => line.split('|').map((cell) => cell.trim()));
    expect(cells.map(([, code]) => code)).toEqual(Object.keys(ERROR_CODES).map((code) => `\`${code}\``));
    expect(cells.filter((row) => row.length !== 6 || row.slice(1, 5).includes(''))).toEqual([]);
  });
});

describe('a mistake in a query', () => {
  test('about a code without its dot names both readings', async () => {
    expect(await ask('{ region(code: "1903") { name } }')).toMatchObject({
      message:
        'Region code "1903" is not of the form "19.03" (Kemendagri, with dots). It may mean two things: 19.03 is Kabupaten Bangka Selatan by Kemendagri; BPS code 1903 is Kabupaten Bangka Barat, which is 19.05 here. Write the code with its dots.',
      extensions: { code: 'BAD_REGION_CODE' },
    });
  });

  test.each([
    ['{ region(code: "19.3") { name } }', 'BAD_REGION_CODE', '"19.3" is not of the form "19.03"'],
    ['{ region(code: "9999") { name } }', 'BAD_REGION_CODE', 'With dots it would be 99.99, which is not known'],
    ['{ regions(parent: "1903") { nodes { code } } }', 'BAD_REGION_CODE', '19.03 is Kabupaten Bangka Selatan'],
    [
      '{ compare(codes: ["1903"]) { entries { region { code } } } }',
      'BAD_REGION_CODE',
      'With its dots it would be "19.03"',
    ],
    ['{ region(code: "19.99") { name } }', 'UNKNOWN_REGION', 'no region "19.99" in this edition: look it up'],
    [
      '{ region(code: "19") { coverage(indicator: "x") { percent } } }',
      'UNKNOWN_INDICATOR',
      'no indicator "x" in this edition: choose one of ucj, ',
    ],
    [
      '{ region(code: "19") { coverageSeries(indicator: "x") { percent } } }',
      'UNKNOWN_INDICATOR',
      'choose one of ucj, ',
    ],
    [
      '{ compare(codes: ["19", "19.03"]) { indicator { id } } }',
      'NOT_COMPARABLE',
      '19 by "ucj", 19.03 by "unstated". No source states the definition of "unstated", so it compares with nothing.',
    ],
    [
      '{ compare(codes: ["19.01", "19.03"]) { indicator { id } } }',
      'NOT_COMPARABLE',
      '19.01 by "unstated", 19.03 by "unstated"',
    ],
    [
      '{ ranking(indicator: "unstated", level: REGENCY) { indicator { id } } }',
      'NOT_COMPARABLE',
      'Figures of "unstated" cannot be ranked',
    ],
    [
      '{ region(code: "19") { coverage(date: "10/12/2024") { percent } } }',
      'BAD_DATE',
      'Date "10/12/2024" is not a day, month or year: write 2024-10-12',
    ],
    [
      '{ region(code: "19") { coverageSeries(indicator: "ucj", from: "2024-02-30") { percent } } }',
      'BAD_DATE',
      'from "2024-02-30" is not',
    ],
    ['{ benefitRules(on: "soon") { value } }', 'BAD_DATE', 'on "soon" is not'],
    [
      '{ region(code: "19") { disbursements(period: "Q3 2024") { cases } } }',
      'BAD_PERIOD',
      'Period "Q3 2024" is not understood: write 2024, 2024-Q3',
    ],
    [
      '{ region(code: "19") { disbursements(period: "2024-10/2024-01") { cases } } }',
      'BAD_PERIOD',
      'the earlier date first',
    ],
    ['{ regions(first: 0) { nodes { code } } }', 'BAD_ARGUMENT', 'first is 0; it must be from 1 to 1000'],
    ['{ regions(after: "x") { nodes { code } } }', 'BAD_ARGUMENT', 'after "x" is not the endCursor of a page'],
    ['{ compare(codes: []) { indicator { id } } }', 'BAD_ARGUMENT', 'codes has 0 entries; it must have from 1 to 100'],
    [
      '{ ranking(indicator: "ucj", level: PROVINCE, parent: "19.03") { indicator { id } } }',
      'BAD_ARGUMENT',
      'choose a level below it',
    ],
    [
      '{ region(code: "19") { participants(first: 5000) { value } } }',
      'BAD_ARGUMENT',
      'first is 5000; it must be from 1 to 1000',
    ],
    ['{ releases(dataset: "region", first: -1) { id } }', 'BAD_ARGUMENT', 'first is -1'],
  ])('is told: %s', async (query, code, message) => {
    expect(await ask(query)).toMatchObject({ message: expect.stringContaining(message), extensions: { code } });
  });

  test('costs only its own field', async () => {
    const { result } = await post({
      query: `{ good: region(code: "19.03") { name disbursements(period: "soon") { cases } } bad: region(code: "1903") { name }
        compare(codes: ["19", "19.03"]) { indicator { id } } }`,
    });
    expect(result.data).toEqual({
      good: { name: 'Kabupaten Bangka Selatan', disbursements: null },
      bad: null,
      compare: null,
    });
    expect(result.errors?.map(({ path, extensions }) => [path, extensions?.code])).toEqual(
      expect.arrayContaining([
        [['good', 'disbursements'], 'BAD_PERIOD'],
        [['bad'], 'BAD_REGION_CODE'],
        [['compare'], 'NOT_COMPARABLE'],
      ]),
    );
  });
});

describe('a mistake in asOf', () => {
  const QUERY = '{ region(code: "19") { coverage { percent } } }';

  test.each([
    ['yesterday', 'BAD_AS_OF', 'asOf "yesterday" is not understood: write a day (2024-10-12) or an instant'],
    ['2024-10', 'BAD_AS_OF', 'asOf "2024-10" is not understood'],
    ['2024-10-12T08:30', 'BAD_AS_OF', 'an instant with its zone'],
    ['2999-01-01', 'AS_OF_IN_FUTURE', 'asOf "2999-01-01" lies after now'],
  ])('is told: %s', async (asOf, code, message) => {
    const body = await post({ query: QUERY, extensions: { asOf } });
    const url = await send(`/graphql?query=${encodeURIComponent(QUERY)}&asOf=${encodeURIComponent(asOf)}`);
    for (const { status, result } of [body, url]) {
      expect({ status, error: onlyError(result) }).toMatchObject({
        status: 400,
        error: { message: expect.stringContaining(message), extensions: { code } },
      });
    }
  });

  test('before anything was kept says since when', async () => {
    expect(await ask(QUERY, '2020-01-01')).toEqual({
      message:
        'stated_coverage is kept from 2023-10-17T16:59:59.999Z on and the edition asked for is older: ask for that instant or a later one.',
      path: ['region', 'coverage'],
      extensions: { code: 'NOT_YET_KEPT', dataset: 'stated_coverage', keptFrom: '2023-10-17T16:59:59.999Z' },
    });
  });
});

describe('an operation that asks for too much', () => {
  test.each([
    ['deep', `{ region(code: "19.03") { ${nested(12)} } }`, 'depth', 14],
    [
      'broad',
      `{ region(code: "19.03") { ${'code '.repeat(101)} ${many('... on Region { name }', 400)} } }`,
      'fields',
      502,
    ],
    ['full of aliases', `{ region(code: "19.03") { ${aliases(101)} } }`, 'aliases', 101],
    ['wide', `{ ${many('indicators { id }', 51)} }`, 'roots', 51],
    ['full of directives', `{ indicators { id ${many('@skip(if: false)', 101)} } }`, 'directives', 101],
    ['full of fragments', `{ __typename } ${many('fragment f on Region { code }', 50)}`, 'definitions', 51],
    ['full of brackets', `{ region(code: ${'['.repeat(1000)}${']'.repeat(1000)}) { code } }`, 'nesting', 51],
    ['full of lines', `${'\n'.repeat(2000)}{ indicators { id } }`, 'lines', 2001],
    ['full of the same', `{ indicators { ${many('id', 102)} } }`, 'pairs', 5151],
    ['long', `{ regions(first: 10001) { nodes { code } } }`, 'listSize', 10_001],
    ['larger than is read', `{ indicators { id } } #${'x'.repeat(100_000)}`, 'characters', 100_023],
    ['costly', '{ regions(first: 1000) { nodes { children(first: 1000) { code } } } }', 'cost', 2_001_001],
    ['deep by fragments', bomb(40, (next) => `parent { ${next} } again: parent { ${next} }`), 'depth', 42],
    ['broad by nothing', bomb(45, (next) => `${next} ${next}`).replace(/fragment f45.*/, ''), 'fields', 2 ** 45 + 1],
    ['broad by fragments', bomb(10, (next) => `${next} ${next} ${next}`), 'fields', 3 ** 10 + 1],
  ] as const)('is refused with its measure and the limit: too %s', async (_, query, name, measured) => {
    const started = performance.now();
    expect(await ask(query)).toEqual({
      message: expect.stringMatching(
        `is ${measured}; at most ${DEFAULT_LIMITS[name]} is allowed: ask for less at once`,
      ),
      extensions: {
        code: 'QUERY_TOO_COSTLY',
        measured: expect.objectContaining({ [name]: measured }),
        limits: expect.objectContaining({ [name]: DEFAULT_LIMITS[name] }),
      },
    });
    expect(performance.now() - started).toBeLessThan(1000);
  });

  test('is refused with its measure and the limit: 10,000 aliases', async () => {
    expect(await ask(`{ region(code: "19.03") { ${aliases(10_000)} } }`)).toMatchObject({
      message: expect.stringMatching(/is \d+; at most \d+/),
      extensions: { code: 'QUERY_TOO_COSTLY' },
    });
  });
});

describe('what is no GraphQL request', () => {
  const NO_QUERY = 'The request has no query: send {"query": "..."} as application/json';

  test.each([
    ['nothing', {}, NO_QUERY],
    ['a batch', [{ query: '{ __typename }' }], 'one JSON object with a query; batches are not answered'],
    ['a text', '"query"', 'one JSON object with a query'],
    ['a query that is no text', { query: 5 }, 'query must be one text'],
    ['variables that are no JSON', { query: '{ __typename }', variables: 'x' }, 'variables is not JSON'],
    ['variables that are no object', { query: '{ __typename }', variables: [1] }, 'variables must be a JSON object'],
    ['a broken body', '{', 'not valid JSON'],
  ])('is refused: %s', async (_, body, message) => {
    const { status, result } = await post(body);
    expect({ status, error: onlyError(result) }).toMatchObject({
      status: 400,
      error: { message: expect.stringContaining(message), extensions: { code: 'BAD_REQUEST' } },
    });
  });

  test('is refused in a URL and in another type of body', async () => {
    const told = [
      await send('/graphql'),
      await send('/graphql?query={__typename}&asOf=2024-10-12&asOf=2024-10-13'),
      await post('query', 'text/plain'),
    ];
    expect(told.map(({ status, result }) => [status, onlyError(result).extensions?.code])).toEqual(
      told.map(() => [400, 'BAD_REQUEST']),
    );
  });

  test('is refused when it is too long', async () => {
    const { status, result } = await post({ query: 'x'.repeat(1_100_000) });
    expect([status, onlyError(result).extensions?.code]).toEqual([413, 'BAD_REQUEST']);
  });

  test('is refused when it names a document that nobody trusts', async () => {
    for (const { result } of [await post({ documentId: 'abc' }), await send('/graphql?documentId=abc')]) {
      expect(onlyError(result)).toEqual({
        message: 'No trusted document has the id "abc": send the query itself.',
        extensions: { code: 'UNKNOWN_DOCUMENT' },
      });
    }
  });

  test('is refused when it names a hash alone that was not sent here, and answered once it was', async () => {
    const query = '{ region(code: "19.04") { code } }';
    const extensions = { persistedQuery: { version: 1, sha256Hash: documentId(query) } };
    const results = [await post({ extensions }), await post({ query, extensions }), await post({ extensions })];
    expect(results.map(({ result }) => result.data ?? onlyError(result))).toEqual([
      { message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } },
      { region: { code: '19.04' } },
      { region: { code: '19.04' } },
    ]);
    const { result } = await post({ query: '{ __typename }', extensions });
    expect(onlyError(result).extensions?.code).toBe('BAD_REQUEST');
  });

  test.each([
    ['{ x', 'GRAPHQL_PARSE_FAILED'],
    ['{ nope }', 'GRAPHQL_VALIDATION_FAILED'],
    ['query ($c: String!) { region(code: $c) { code } }', 'BAD_USER_INPUT'],
  ])('is refused by GraphQL itself: %s', async (query, code) => {
    await expectRefused(query, code);
  });

  test.each([
    ['mutation { x }', 'BAD_REQUEST'],
    ['query A { __typename } query B { __typename }', 'BAD_REQUEST'],
  ])('is refused as a mistake of the caller: %s', async (query, code) => {
    await expectRefused(query, code);
  });

  /** Who reads GraphQL's own media type learns it from the status; JSON has always said 200. */
  async function expectRefused(query: string, code: string): Promise<void> {
    const refusals = [
      await post({ query }),
      await post({ query }, undefined, { accept: 'application/graphql-response+json' }),
    ];
    expect(refusals.map(({ status, result }) => [status, onlyError(result).extensions?.code])).toEqual([
      [200, code],
      [400, code],
    ]);
  }
});

describe('no data', () => {
  test('is null or an empty list, and no error', async () => {
    const { result } = await post({
      query: `{ releases(dataset: "nope") { id } regions(search: "no such place") { nodes { code } }
        region(code: "94") { coverage { percent } coverageSeries(indicator: "ucj") { percent } participants { value }
          populationBases { value } targets { due } events { kind } disbursements { cases } disbursementTotals { cases } } }`,
    });
    expect(result).toEqual({
      data: {
        releases: [],
        regions: { nodes: [] },
        region: {
          coverage: null,
          coverageSeries: [],
          participants: [],
          populationBases: [],
          targets: [],
          events: [],
          disbursements: [],
          disbursementTotals: [],
        },
      },
      extensions: expect.anything(),
    });
  });
});

describe('a failure of ours', () => {
  test('is told as that and no more, and costs only its own field', async () => {
    await world.loader.db.write((tx) => tx.query('DROP TABLE disbursement'));
    const { result } = await post({ query: '{ region(code: "19") { name disbursements(first: 7) { cases } } }' });
    expect(result).toEqual({
      data: { region: { name: 'Kepulauan Bangka Belitung', disbursements: null } },
      errors: [
        {
          message: 'Something went wrong on our side; it is logged.',
          path: ['region', 'disbursements'],
          extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: expect.any(String) },
        },
      ],
      extensions: expect.anything(),
    });
  });
});

describe('over all answers', () => {
  /** Codes that no caller of one healthy process can provoke: they need an outside subgraph, a host or the registry. */
  const ELSEWHERE = [
    'AS_OF_UNSUPPORTED',
    'AS_OF_NOT_SEALED',
    'EDITION_NOT_READY',
    'SUBGRAPH_UNAVAILABLE',
    'SUBGRAPH_INVALID',
    'UNTRUSTED_DOCUMENT',
    'TOO_MANY_LISTENERS',
    'SEAL_TOO_LATE',
    'TOO_MANY_REQUESTS', // test/gateway/door.test.ts
    'OVERLOADED',
    'DATABASE_FULL',
    'DATABASE_UNAVAILABLE',
    ...DATA_CODES, // by those who publish: data-errors.test.ts
  ];

  test('every code that a caller can provoke was provoked', () => {
    expect(
      Object.keys(ERROR_CODES)
        .filter((code) => !provoked.has(code))
        .sort(),
    ).toEqual(ELSEWHERE.sort());
  });

  test('nothing internal was told', () => {
    const INTERNAL = /node_modules|\.[tj]s:\d|\bat \w+ \(|stack|SELECT |INSERT |sqlite|services\//i;
    expect(answers.filter((text) => INTERNAL.test(text))).toEqual([]);
  });
});
