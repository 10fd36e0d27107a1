import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eachDatabase } from './support/databases.js';
import { createWorld, type World } from './support/world.js';

interface Page {
  readonly nodes: readonly { readonly code: string; readonly name: string }[];
  readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
}

eachDatabase('the regions', (makeUrl) => {
  let world: World;
  beforeAll(async () => {
    world = await createWorld({ url: await makeUrl() });
  }, 60_000);
  afterAll(() => world.close());

  const find = async (args: string): Promise<Page> => {
    const { data } = await world.ask(
      'regions',
      `{ regions(${args}) { nodes { code name } pageInfo { endCursor hasNextPage } } }`,
    );
    return (data as { regions: Page }).regions;
  };
  const codes = async (args: string) => (await find(args)).nodes.map(({ code }) => code);

  describe('are found', () => {
    test.each(['Pangkalpinang', 'pangkal pinang', 'PANGKAL PINANG', 'kota pangkalpinang'])(
      'by name in either spelling: %s',
      async (name) => {
        expect(await codes(`search: "${name}", level: REGENCY`)).toEqual(['19.71']);
      },
    );

    test('by alias', async () => {
      expect([await codes('search: "Basel", level: REGENCY'), await codes('search: "Babel", level: PROVINCE')]).toEqual(
        [['19.03'], ['19']],
      );
    });

    test('by the beginning of a code', async () => {
      expect(await codes('search: "19.0", level: REGENCY')).toEqual([
        '19.01',
        '19.02',
        '19.03',
        '19.04',
        '19.05',
        '19.06',
      ]);
    });

    test('by level and parent, the unallocated rest of a province left out', async () => {
      expect(await codes('level: REGENCY, parent: "19"')).toEqual([
        '19.01',
        '19.02',
        '19.03',
        '19.04',
        '19.05',
        '19.06',
        '19.71',
      ]);
    });

    test('not at all where nothing fits, which is no error', async () => {
      expect(await find('search: "Atlantis"')).toEqual({
        nodes: [],
        pageInfo: { endCursor: null, hasNextPage: false },
      });
    });

    test('with a percent sign or a quote in the search as with any other text', async () => {
      expect([await codes('search: "%"'), await codes(`search: "' OR 1=1 --", level: COUNTRY`)]).toEqual([[], []]);
    });
  });

  test('come in pages that hold every regency once, the country and provinces before them', async () => {
    const seen: string[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const page = await find(`first: 150${after === null ? '' : `, after: "${after}"`}`);
      seen.push(...page.nodes.map(({ code }) => code));
      ({ endCursor: after, hasNextPage: more } = page.pageInfo);
    }
    const ofLength = (length: number) => seen.filter((code) => code.length === length).length;
    expect([seen.length, new Set(seen).size, seen[0], ofLength(2), ofLength(5), ofLength(8), ofLength(13)]).toEqual([
      993,
      993,
      '00',
      39,
      514,
      47,
      393,
    ]);
  });

  test('say where they stand: parents, children, tile, and the code of the other list', async () => {
    const fields =
      'code name kind level bpsCode tile { column row } parent { code } ancestors { code } children { code kind }';
    const { data } = await world.ask(
      'regions',
      `{ region(code: "19.03.01") { ${fields} } south: region(code: "19.03") { bpsCode tile { column row } } west: region(code: "19.05") { bpsCode } }`,
    );
    const { region, south, west } = data as Record<string, { children?: readonly { kind: string }[] }>;
    const { children = [], ...rest } = region ?? {};
    expect({ ...rest, villages: children.length, south, west }).toEqual({
      code: '19.03.01',
      name: 'Toboali',
      kind: 'KECAMATAN',
      level: 'DISTRICT',
      bpsCode: null,
      tile: null,
      parent: { code: '19.03' },
      ancestors: [{ code: '19.03' }, { code: '19' }, { code: '00' }],
      villages: 11,
      south: { bpsCode: '1905', tile: { column: 2, row: 3 } },
      west: { bpsCode: '1903' },
    });
  });
});
