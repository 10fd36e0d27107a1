import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type StartedWorld, startWorld } from '../support/world.js';

/** One address may have so many answers computed in a minute. */
const RATE = 3;
let world: StartedWorld;
beforeAll(async () => {
  world = await startWorld({ env: { RATE_PER_MINUTE: String(RATE) } });
});
afterAll(() => world.stop());

const PATHS: Readonly<Record<string, (code: string) => string>> = {
  svg: (code) => `/r/${code}.svg`,
  csv: (code) => `/r/${code}.csv`,
  json: (code) => `/r/${code}.json`,
  frame: (code) => `/embed/${code}`,
  builder: (code) => `/builder?region=${code}`,
  oEmbed: (code) => `/oembed?url=${world.url}/r/${code}`,
};

/** The status that a reader at this address gets for each of these. */
async function ask(reader: string, paths: readonly string[]): Promise<number[]> {
  const statuses = [];
  for (const path of paths)
    statuses.push((await fetch(`${world.url}${path}`, { headers: { 'x-forwarded-for': reader } })).status);
  return statuses;
}

describe('what is embedded without the tag counts against the rate of an address, once for each answer', () => {
  test.each(Object.keys(PATHS))('as %s', async (form) => {
    const turn = Object.keys(PATHS).indexOf(form);
    const codes = ['01', '02', '03', '04'].map((code) => `${11 + turn}.${code}`); // nobody has asked for these
    const paths = codes.map((code) => PATHS[form]?.(code) ?? '');
    const [first = '', ...others] = paths;
    expect(await ask(`203.0.113.${turn + 1}`, [first, first, ...others, first])).toEqual([
      200, 200, 200, 200, 429, 200,
    ]);
  });

  test('and the page of a region goes without its number instead', async () => {
    const paths = ['11', '12', '13', '14'].map((code) => `/r/${code}.svg`);
    const before = await ask('203.0.113.77', paths);
    const page = await fetch(`${world.url}/r/15`, { headers: { 'x-forwarded-for': '203.0.113.77' } });
    const html = await page.text();
    expect([before, page.status, html.includes('og:title'), html.includes('<coverage-widget')]).toEqual([
      [200, 200, 200, 429],
      200,
      false,
      true,
    ]);
  });
});
