import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CARD_QUERY, CARD_VARIABLES } from '../bench/card-query.js';
import { type Result, type StartedWorld, startWorld } from '../support/world.js';

let world: StartedWorld;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

interface Told extends Result {
  readonly cacheControl: string | null;
  readonly etag: string | null;
}

async function tell(url: string, init: RequestInit = {}): Promise<Told> {
  const response = await fetch(url, init);
  const result = (await response.json()) as Result; // what a GraphQL server sends
  return { ...result, cacheControl: response.headers.get('cache-control'), etag: response.headers.get('etag') };
}

const get = (query: string, more: Readonly<Record<string, string>> = {}) =>
  tell(`${world.url}/graphql?${new URLSearchParams({ query, ...more })}`);
const post = (body: object) =>
  tell(`${world.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
const asked = (query: string, variables = {}) => post({ query, variables, extensions: { explain: true } });

const QUERY = '{ region(code: "19.03") { name coverage { percent } parent { name } } }';

describe('an explanation', () => {
  test('shows the plan, the cost beside the limits, and how the answer is kept', async () => {
    const { data, extensions } = await asked(QUERY);
    const { explain, edition } = extensions as { explain: Record<string, unknown>; edition: string };
    expect({ data, edition: Date.parse(edition) > 0, explain }).toEqual({
      data: (await get(QUERY)).data,
      edition: true,
      explain: {
        plan: PLAN,
        measured: {
          characters: QUERY.length,
          lines: 1,
          tokens: 19,
          nesting: 3,
          definitions: 1,
          directives: 0,
          aliases: 0,
          roots: 1,
          depth: 3,
          fields: 6,
          pairs: 0,
          listSize: 0,
          cost: 6,
        },
        limits: {
          characters: 100_000,
          lines: 2000,
          tokens: 5000,
          nesting: 50,
          definitions: 50,
          directives: 100,
          aliases: 100,
          roots: 50,
          depth: 12,
          fields: 500,
          pairs: 5000,
          listSize: 10_000,
          cost: 50_000,
        },
        cache: {
          state: 'computed',
          subgraphs: ['participants', 'regions'],
          edition: expect.stringMatching(/^redactions:0 (\w+@\d+ )+\w+@\d+$/),
          part: expect.stringMatching(/^[\w-]{16}$/),
          lifetime: 'public, max-age=0, s-maxage=1, must-revalidate',
        },
      },
    });
  });

  test('says of what is kept that it is, and of the past how long it lives', async () => {
    const query = '{ region(code: "19.01") { name } }';
    const states = [];
    for (const extensions of [{ explain: true }, { explain: true }, {}, { explain: true }])
      states.push((await post({ query, extensions })).extensions?.explain);
    const { extensions } = await get(query, { asOf: '2025-06-30', explain: '1' });
    expect([...states, extensions?.explain]).toEqual([
      ...['computed', 'computed'].map((state) =>
        expect.objectContaining({ cache: expect.objectContaining({ state }) }),
      ),
      undefined,
      expect.objectContaining({ cache: expect.objectContaining({ state: 'kept' }) }),
      expect.objectContaining({ cache: expect.objectContaining({ lifetime: 'public, max-age=86400' }) }),
    ]);
  });

  test('of a trusted document names the one limit that holds for it', async () => {
    const { extensions } = await asked(CARD_QUERY, CARD_VARIABLES);
    const told = { limits: { listSize: 10_000 }, measured: expect.objectContaining({ listSize: 3 }) };
    expect(extensions?.explain).toEqual(expect.objectContaining(told));
  });

  test('of what the schema answers for itself says that nothing is fetched', async () => {
    const { extensions } = await asked('{ __schema { queryType { name } } }');
    expect(extensions?.explain).toMatchObject({ plan: 'nothing is fetched', cache: { subgraphs: [] } });
  });

  test('is not given of what is refused, nor without a wish', async () => {
    const [refused, without] = [
      await asked('{ unknown }'),
      await post({ query: QUERY, extensions: { explain: false } }),
    ];
    const wrong = await get(QUERY, { explain: 'please' });
    expect([refused.extensions, refused.errors?.length, without.extensions]).toEqual([
      undefined,
      1,
      { edition: expect.any(String) },
    ]);
    expect(wrong.errors?.map(({ extensions }) => extensions?.code)).toEqual(['BAD_REQUEST']);
  });
});

test('an explained answer is kept nowhere and leaves what is kept as it is', async () => {
  const query = '{ region(code: "19.05") { name coverage { percent } } }';
  const address = { explain: '1' };
  const first = await get(query, address);
  const before = await get(query);
  const [second, third] = [await get(query, address), await get(query, address)];
  const after = await get(query);
  const explained = [first, second, third];
  expect(explained.map(({ cacheControl, etag, data }) => [cacheControl, etag, data])).toEqual(
    Array.from({ length: 3 }, () => ['no-store', null, before.data]),
  );
  expect(explained.map(({ extensions }) => 'explain' in (extensions ?? {}))).toEqual([true, true, true]);
  expect(after).toEqual(before);
  expect(before.extensions).toEqual({ edition: expect.any(String) });
});

test.each(['apollo', 'stock'])('an explanation is given with %s as well, with the plan it ran', async (executor) => {
  const other = await startWorld({ env: { EXECUTOR: executor } });
  const plans = [];
  for (const query of [QUERY, QUERY, '{ __schema { queryType { name } } }', CONDITIONAL]) {
    const variables = JSON.stringify({ wanted: true });
    const url = `${other.url}/graphql?${new URLSearchParams({ query, variables, explain: '1' })}`;
    plans.push((await tell(url)).extensions?.explain as { plan: string });
  }
  await other.stop();
  const [first, again, ...others] = plans;
  expect(first).toMatchObject({
    plan: expect.stringMatching(APOLLO_PLAN),
    measured: { cost: 6 },
    cache: { subgraphs: ['participants', 'regions'] },
  });
  expect(again?.plan).toBe(first?.plan);
  expect(others.map(({ plan }) => plan)).toEqual([
    'nothing is fetched',
    expect.stringMatching(/^if \$wanted\n {2}fetch regions\n/),
  ]);
});

const CONDITIONAL = 'query ($wanted: Boolean!) { region(code: "19.03") @include(if: $wanted) { name } }';
const APOLLO_PLAN =
  /^sequence\n {2}fetch regions\n[\s\S]*\n {2}fetch participants for region \{\.\.\. on Region \{__typename code\}\}\n/;

const PLAN = `sequence
  fetch regions
    {
      region(code: "19.03") {
        __typename
        name
        code
        parent {
          name
        }
      }
    }
  fetch participants for region {... on Region {__typename code}}
    query ($representations: [_Any!]!) {
      _entities(representations: $representations) {
        ... on Region {
          coverage {
            percent
          }
        }
      }
    }`;
