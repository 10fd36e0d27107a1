import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { openChromium } from '../support/chromium.js';
import { figure, placesOf, withheld } from '../support/views.js';
import { openView, type ViewPage } from './view-page.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** As the seven regions of Kepulauan Bangka Belitung lie. */
const TILES = [
  [0, 0],
  [1, 0],
  [2, 1],
  [1, 2],
  [4, 2],
  [5, 2],
  [2, 3],
];
const FIGURES = {
  'Kabupaten Contoh Barat': null,
  'Kabupaten Contoh': figure(105.26),
  'Kota Contoh': figure(33.1, { asPrinted: '33,10', qualifier: 'ABOUT' }),
  'Kabupaten Contoh Tengah': withheld,
  'Kabupaten Pulau': figure(61.33),
  'Kabupaten Pulau Timur': figure(48.2),
  'Kabupaten Contoh Selatan yang Bernama Panjang': figure(12.34, { date: '2024-10-12' }),
};

let browser: Browser;
let view: ViewPage;

beforeAll(async () => {
  browser = await openChromium();
});
afterAll(() => browser.close());
beforeEach(async () => {
  view = await openView(browser, 'map');
  await view.show(placesOf(FIGURES, TILES));
});
afterEach(() => view.close());

const press = async (...keys: readonly string[]) => {
  for (const key of keys) await view.page.keyboard.press(key);
};
/** What the tile that has the focus says; the text of another element. */
const focused = () =>
  view.page.evaluate(() => {
    const inner = document.querySelector('#host')?.shadowRoot?.activeElement ?? document.activeElement;
    return (inner?.querySelector('.said') ?? inner)?.textContent;
  });
const line = async () =>
  ((await view.page.locator('.line > :not([hidden])').textContent()) ?? '').replace(/\s+/g, ' ').trim();

describe('the map', () => {
  test('is one stop of the tab key, forward and back', async () => {
    await press('Tab', 'Tab');
    const inMap = await focused();
    await press('Tab');
    const after = await focused();
    await press('Shift+Tab', 'Shift+Tab');
    expect([inMap, after, await focused()]).toEqual([
      'Kabupaten Contoh Barat: Belum ada angka yang diterbitkan',
      'sesudah',
      'sebelum',
    ]);
  });

  test('moves with the arrow keys as the tiles lie, and returns to the tile that was left', async () => {
    await press('Tab', 'Tab');
    const seen: unknown[] = [];
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown', 'ArrowLeft', 'End', 'Home', 'ArrowLeft']) {
      await press(key);
      seen.push((await focused())?.split(':')[0]);
    }
    await press('Tab', 'Shift+Tab');
    seen.push((await focused())?.split(':')[0]);
    expect(seen).toEqual([
      'Kabupaten Contoh',
      'Kota Contoh',
      'Kabupaten Contoh Selatan yang Bernama Panjang',
      'Kabupaten Contoh Tengah',
      'Kabupaten Pulau Timur',
      'Kabupaten Contoh Tengah',
      'Kabupaten Contoh Barat',
      'Kabupaten Contoh Barat',
    ]);
  });

  test('says below the grid what is known of the tile that is focused or pointed at', async () => {
    await press('Tab', 'Tab', 'ArrowRight', 'ArrowRight');
    const ofFocused = await line();
    await view.page.locator('.tiles .tile').last().hover();
    expect([ofFocused, await line(), await focused()]).toEqual([
      'Kota Contoh: sekitar 33,10% Des 2025 · UCJ',
      'Kabupaten Contoh Selatan yang Bernama Panjang: 12,34% 12 Okt 2024 · UCJ',
      'Kota Contoh: sekitar 33,10%',
    ]);
  });

  test('keeps the tile and renews what it says when new figures are drawn', async () => {
    await press('Tab', 'Tab', 'ArrowRight', 'ArrowRight');
    await view.show(placesOf({ ...FIGURES, 'Kota Contoh': figure(40) }, TILES));
    expect([await line(), await focused()]).toEqual(['Kota Contoh: 40% Des 2025 · UCJ', 'Kota Contoh: 40%']);
  });

  test('stays reachable when the tile that was left is gone', async () => {
    await press('Tab', 'Tab', 'ArrowDown', 'ArrowDown', 'Tab');
    await view.show(placesOf({ A: figure(1), B: figure(2) }, TILES));
    await press('Shift+Tab');
    expect([await focused(), await line()]).toEqual(['A: 1%', 'A: 1% Des 2025 · UCJ']);
  });

  test('is told to a screen reader as a grid of cells with names', async () => {
    expect(await view.page.locator('.tiles').ariaSnapshot()).toMatchInlineSnapshot(`
"- grid "Peta cakupan, Provinsi Contoh":
  - 'row "Kabupaten Contoh Barat: Belum ada angka yang diterbitkan Kabupaten Contoh: 105,26%"':
    - 'gridcell "Kabupaten Contoh Barat: Belum ada angka yang diterbitkan"'
    - 'gridcell "Kabupaten Contoh: 105,26%"'
    - gridcell
    - gridcell
    - gridcell
    - gridcell
  - 'row "Kota Contoh: sekitar 33,10%"':
    - gridcell
    - gridcell
    - 'gridcell "Kota Contoh: sekitar 33,10%"'
    - gridcell
    - gridcell
    - gridcell
  - 'row "Kabupaten Contoh Tengah: dirahasiakan (jumlah kecil) Kabupaten Pulau: 61,33% Kabupaten Pulau Timur: 48,2%"':
    - gridcell
    - 'gridcell "Kabupaten Contoh Tengah: dirahasiakan (jumlah kecil)"'
    - gridcell
    - gridcell
    - 'gridcell "Kabupaten Pulau: 61,33%"'
    - 'gridcell "Kabupaten Pulau Timur: 48,2%"'
  - 'row "Kabupaten Contoh Selatan yang Bernama Panjang: 12,34%"':
    - gridcell
    - gridcell
    - 'gridcell "Kabupaten Contoh Selatan yang Bernama Panjang: 12,34%"'
    - gridcell
    - gridcell
    - gridcell"
`);
  });

  test('has no violation of axe, in light, dark and forced colours', async () => {
    await view.page.addScriptTag({ content: axe });
    for (const [theme, forcedColors] of [
      ['light', 'none'],
      ['dark', 'none'],
      ['light', 'active'],
    ] as const) {
      await view.page.emulateMedia({ forcedColors });
      const violations = await view.page.evaluate(async (name) => {
        document.querySelector('#host')?.setAttribute('theme', name);
        // axe is put on the page by the line above
        const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string }[] }> } };
        return (await axe.run()).violations.map(({ id }) => id);
      }, theme);
      expect([theme, forcedColors, violations]).toEqual([theme, forcedColors, []]);
    }
  });

  test.each([280, 400])(
    'shows every number whole at %i pixels, in letters of 11 at least, and is not mirrored',
    async (width) => {
      await view.page.setViewportSize({ width: width + 16, height: 800 }); // 8 pixels of margin on either side
      await view.page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'));
      const shown = await view.page.locator('.tiles').evaluate((grid) => {
        const room = grid.getBoundingClientRect();
        return [...grid.querySelectorAll<HTMLElement>('.tile')].map((tile) => {
          const { left, right, bottom } = tile.getBoundingClientRect();
          const texts = [...tile.children].filter((each) => each.getClientRects().length > 0 && !each.matches('.said'));
          const number = texts.at(-1) as Element; // it has one
          return {
            isInGrid: left >= room.left && right <= room.right + 1,
            isWhole: number.scrollWidth <= number.clientWidth && number.getBoundingClientRect().bottom <= bottom,
            smallest: Math.min(...texts.map((text) => Number.parseFloat(getComputedStyle(text).fontSize))) >= 11,
          };
        });
      });
      expect(shown).toEqual(TILES.map(() => ({ isInGrid: true, isWhole: true, smallest: true })));
      const lefts = await view.page
        .locator('.tiles .tile')
        .evaluateAll((tiles) => tiles.map((tile) => tile.getBoundingClientRect().left));
      expect((lefts[0] as number) < (lefts[1] as number)).toBe(true); // two tiles of the first row
    },
  );
});
