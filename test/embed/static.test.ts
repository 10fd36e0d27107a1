import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import type { FastifyInstance } from 'fastify';
import type { Browser, Page } from 'playwright-core';
import { cardOf } from '../../services/gateway/embeds/headline.js';
import { openChromium } from '../support/chromium.js';
import { type StartedWorld, startWorld } from '../support/world.js';
import { givenFigure, STATES, serveGiven } from './given-cards.js';

let world: StartedWorld;
let browser: Browser;
let page: Page;
let given: FastifyInstance;
beforeAll(async () => {
  [world, browser, given] = await Promise.all([startWorld(), openChromium(), serveGiven()]);
  page = await browser.newPage();
});
afterAll(async () => {
  await Promise.all([browser.close(), given.close()]);
  await world.stop();
});

const FORMS = ['svg', 'png', 'csv', 'json'];

/** The texts of a picture as an XML parser finds them; throws where it is no XML. */
async function textsOf(svg: string): Promise<string[]> {
  return page.evaluate((source) => {
    const picture = new DOMParser().parseFromString(source, 'image/svg+xml');
    const mistake = picture.querySelector('parsererror');
    if (mistake) throw new Error(mistake.textContent ?? '');
    return [...picture.querySelectorAll('text')].map((text) => text.textContent?.replaceAll('\u00a0', ' ') ?? '');
  }, svg);
}

/** All that is written in a picture, however its lines are broken. */
async function writingOf(path: string): Promise<string> {
  return (await textsOf((await given.inject(path)).body)).join(' ');
}

/** How many pixels a PNG has, by its header. */
function sizeOf(png: Uint8Array): [number, number] {
  const view = new DataView(png.buffer, png.byteOffset);
  expect(Buffer.from(png.subarray(1, 4)).toString()).toBe('PNG');
  return [view.getUint32(16), view.getUint32(20)];
}

describe('the picture of a region', () => {
  test.each(STATES.flatMap((code) => [280, 600].map((width) => [code, width] as const)))(
    'says of %s, %s pixels wide, all that the tag says',
    async (code, width) => {
      for (const lang of ['id', 'en'] as const) {
        const figure = givenFigure(code);
        if (!('answer' in figure)) throw new Error(`${code} has no figure`);
        const { main, rows, edition } = cardOf(figure, lang, null);
        const writing = await writingOf(`/r/${code}.svg?lang=${lang}&width=${width}`);
        const number = main.isNumber ? [main.qualifier, main.what, main.asAt] : [];
        const said = [main, ...rows].flatMap(({ name, value, details }) => [name, value, details]);
        const missing = [...number, ...said, ...main.remarks, edition].filter((words) => !writing.includes(words));
        expect(missing).toEqual([]);
      }
    },
  );

  test('of a withheld figure has no number and gives no length away', async () => {
    const { body } = await given.inject('/r/99.03.svg');
    const texts = await textsOf(body);
    expect(texts).toContain('dirahasiakan (jumlah kecil)');
    expect(body).toContain('class="hatched"');
    expect(body).not.toContain('class="fill"/><rect');
    const [above = ''] = body.split('class="rule"');
    expect(above).not.toContain('class="fill"');
  });

  test('is full, with a mark, above 100 percent', async () => {
    const { body } = await given.inject('/r/99.02.svg');
    const [above = ''] = body.split('class="rule"');
    expect([above.includes('width="560" height="12" rx="6" class="fill"'), above.includes('class="mark"')]).toEqual([
      true,
      true,
    ]);
  });

  test('holds no text that is more than text', async () => {
    const name = '<script>&"\'\u0000\ud800</text>';
    const app = await serveGiven(undefined, () => ({ name }));
    const texts = await textsOf((await app.inject('/r/99.01.svg')).body);
    expect(texts.join('')).toContain('<script>&"\'</text>');
    await app.close();
  });

  test('keeps all it says within its edges, in the fonts of this system', async () => {
    const outside: string[] = [];
    for (const code of STATES)
      for (const width of [280, 600]) {
        await page.setContent((await given.inject(`/r/${code}.svg?width=${width}`)).body);
        const found = await page.evaluate((edge) => {
          const picture = document.querySelector('svg');
          const { left = 0, bottom = 0 } = picture?.getBoundingClientRect() ?? {};
          const texts = [...document.querySelectorAll('text')].map((text) => [
            text.textContent,
            text.getBoundingClientRect(),
          ]);
          return (texts as [string, DOMRect][]) // pairs, as made above
            .filter(([, box]) => box.right - left > edge || box.bottom > bottom)
            .map(([text]) => text);
        }, width - 10);
        outside.push(...found.map((text) => `${code} ${width}: ${text}`));
      }
    expect(outside).toEqual([]);
  });

  test('follows the theme asked for, and the reader where none is', async () => {
    const [dark, light, auto] = await Promise.all(
      ['dark', 'light', 'auto'].map(async (theme) => (await given.inject(`/r/99.01.svg?theme=${theme}`)).body),
    );
    const inks = (svg = '') => [...svg.matchAll(/\.ink\{fill:(#\w+)/g)].map(([, ink]) => ink);
    expect([inks(dark), inks(light), inks(auto)]).toEqual([['#e9f1ed'], ['#14231f'], ['#14231f', '#e9f1ed']]);
    expect(auto).toContain('@media(prefers-color-scheme:dark)');
  });
});

describe('the PNG of a region', () => {
  test.each([
    ['', 1200, 630],
    ['?width=600', 600, 315],
    ['?width=200&theme=dark', 200, 105],
  ])('has the size it was asked for: %s', async (query, width, height) => {
    const response = await given.inject(`/r/99.05.png${query}`);
    expect([response.headers['content-type'], sizeOf(response.rawPayload)]).toEqual(['image/png', [width, height]]);
  });

  test('shows letters and the bar, dark on light', async () => {
    const png = (await given.inject('/r/99.01.png')).rawPayload.toString('base64');
    const colours = await page.evaluate(async (source) => {
      const image = new Image();
      image.src = `data:image/png;base64,${source}`;
      await image.decode();
      const canvas = Object.assign(document.createElement('canvas'), { width: 1200, height: 630 });
      const context = canvas.getContext('2d');
      context?.drawImage(image, 0, 0);
      const { data = [] } = context?.getImageData(0, 0, 1200, 630) ?? {};
      const counts: Record<string, number> = {};
      for (let i = 0; i < data.length; i += 4) {
        const name = [data[i], data[i + 1], data[i + 2], data[i + 3]].join();
        counts[name] = (counts[name] ?? 0) + 1;
      }
      return counts;
    }, png);
    const [paper, ink, fill] = ['255,255,255,255', '20,35,31,255', '11,122,92,255'].map((name) => colours[name] ?? 0);
    expect([Number(paper) > 400_000, Number(ink) > 5000, Number(fill) > 10_000]).toEqual([true, true, true]);
  });

  test('is drawn once for all who ask, and only what is drawn counts against the rate of an address', async () => {
    const app = await serveGiven(undefined, undefined, 2);
    const ask = async (width: number) => (await app.inject(`/r/99.01.png?width=${width}`)).statusCode;
    const same = await Promise.all(Array.from({ length: 30 }, () => ask(300)));
    const others = [await ask(300), await ask(301), await ask(302), await ask(300)];
    await app.close();
    expect([new Set(same), others]).toEqual([new Set([200]), [200, 200, 429, 200]]);
  });
});

describe('the table of a region', () => {
  test('has its figure and those above it, with what is not stated left blank', async () => {
    const csv = await (await fetch(`${world.url}/r/19.03.csv?as-of=2026-01-01`)).text();
    const [first, ...above] = parse(csv, { columns: true }) as Record<string, string>[]; // rows by column
    expect(first).toMatchObject({
      region_code: '19.03',
      region_name: 'Kabupaten Bangka Selatan',
      date: '2024-10-12',
      percent: '21',
      qualifier: 'ABOUT',
      numerator: '',
      denominator: '',
      indicator: 'unstated',
      obs_status: 'A',
    });
    expect(above.map(({ region_code }) => region_code)).toEqual(['19', '00']);
  });

  test('has no number where one is withheld', async () => {
    const [row] = parse((await given.inject('/r/99.03.csv')).body, { columns: true }) as Record<string, string>[]; // rows
    expect(row).toMatchObject({ region_code: '99.03', percent: '', numerator: '', obs_status: 'Q' });
  });

  test.each(['=1+1', '+1', '-1', '@x', '\t=1', '\r=1', "'=1", 'a,"b"\nc'])('holds no formula: %j', async (name) => {
    const app = await serveGiven(undefined, () => ({ name }));
    const [row] = parse((await app.inject('/r/99.01.csv')).body, { columns: true }) as Record<string, string>[]; // rows
    expect(row?.region_name).toBe(name.startsWith('a') ? name : `'${name}`);
    await app.close();
  });
});

test('the JSON of a region has what the API says, its edition, and the address of every form', async () => {
  const said = (await (await fetch(`${world.url}/r/19.03.json`)).json()) as Record<string, object>; // JSON of ours
  const { data, extensions } = await world.ask(
    '{ region(code: "19.03") { code name kind coverage { percent date release { id } } } }',
  );
  expect(said).toMatchObject({
    region: data?.region,
    edition: extensions?.edition,
    above: [{ code: '19' }, { code: '00' }],
  });
  const base = `${world.url}/r/19.03`;
  const links = {
    page: base,
    frame: `${world.url}/embed/19.03`,
    svg: `${base}.svg`,
    png: `${base}.png`,
    csv: `${base}.csv`,
  };
  expect(said.links).toMatchObject({ ...links, json: `${base}.json` });
});

describe('every form', () => {
  test.each(FORMS)('of what was true then may be kept for a day, of now for a moment: %s', async (form) => {
    const [now, then] = await Promise.all(
      ['', '?as-of=2025-06-30'].map(async (query) => {
        const response = await fetch(`${world.url}/r/19.${form}${query}`);
        return [response.status, response.headers.get('cache-control')];
      }),
    );
    expect([now, then]).toEqual([
      [200, 'public, max-age=0, s-maxage=1, must-revalidate'],
      [200, 'public, max-age=86400'],
    ]);
  });

  test.each(FORMS)(
    'is open to every site, taken for nothing else, and not sent again to who has it: %s',
    async (form) => {
      const { headers } = await fetch(`${world.url}/r/19.03.${form}`);
      const again = await fetch(`${world.url}/r/19.03.${form}`, {
        headers: { 'if-none-match': headers.get('etag') ?? '' },
      });
      const open = ['access-control-allow-origin', 'cross-origin-resource-policy', 'x-content-type-options'];
      expect([open.map((name) => headers.get(name)), again.status]).toEqual([['*', 'cross-origin', 'nosniff'], 304]);
      expect(headers.get('vary')?.toLowerCase()).toContain('accept-encoding');
    },
  );

  test.each(FORMS)('says in its own form that there is no such region: %s', async (form) => {
    const type = (await fetch(`${world.url}/r/19.03.${form}`)).headers.get('content-type');
    const response = await fetch(`${world.url}/r/19.77.${form}`);
    const body = Buffer.from(await response.arrayBuffer());
    expect([response.status, response.headers.get('content-type'), response.headers.get('cache-control')]).toEqual([
      404,
      type,
      'no-store',
    ]);
    if (form === 'png') expect(sizeOf(body)).toEqual([1200, 630]);
    else expect(body.toString()).toContain('19.77');
  });

  test('of a day before any target was kept have the figure of then', async () => {
    const { region } = (await (await fetch(`${world.url}/r/19.03.json?as-of=2024-10-14`)).json()) as {
      region: { coverage: { percent: number; date: string } };
    };
    expect([region.coverage.percent, region.coverage.date]).toEqual([21, '2024-10-12']);
  });

  test.each([
    ['as-of=2099-01-01', 400],
    ['as-of=kemarin', 400],
    ['width=90000', 400],
    ['width=1e3', 400],
    ['indicator=tidak-ada', 404],
  ])('says what is wrong with %s', async (query, status) => {
    const { status: said, headers } = await fetch(`${world.url}/r/19.03.svg?${query}`);
    expect([said, headers.get('content-type')]).toEqual([status, 'image/svg+xml']);
  });
});

test('a picture in a page draws, light and dark, and by itself runs nothing', async () => {
  const { headers } = await fetch(`${world.url}/r/19.03.svg`);
  expect(headers.get('content-security-policy')).toBe("default-src 'none'; style-src 'unsafe-inline'; sandbox");
  const size = await page.evaluate(async (source) => {
    const image = new Image();
    image.src = source;
    await image.decode();
    return [image.naturalWidth, image.naturalHeight > 200];
  }, `${world.url}/r/19.03.svg`);
  expect(size).toEqual([600, true]);
});
