import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, test } from '@jest/globals';
import { answerTo } from './far-end.js';
import { FALLBACK, type Partner, SCRIPT, TAG } from './partner.js';
import { partnerOfEach } from './partner-of-each.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let partner: Partner;
partnerOfEach((opened) => {
  partner = opened;
});

describe('the card', () => {
  test('shows the figure with its qualifier, its date, its context and its source', async () => {
    await partner.open(TAG);
    await partner.shown();
    const tree = await partner.page.locator('coverage-widget').ariaSnapshot();
    expect(tree.replace(/ *- \/url: .*\n/g, '')).toMatchInlineSnapshot(`
"- paragraph: Jaminan sosial ketenagakerjaan
- heading "Kabupaten Bangka Selatan" [level=2]
- paragraph: sekitar 21% pekerja terlindungi, per 12 Okt 2024
- img "sekitar 21% / 100%"
- paragraph: Definisi dan penyebut tidak disebutkan oleh sumber
- term: Kepulauan Bangka Belitung
- definition: 33,10%
- definition: UCJ · 189.742 peserta · per 14 Des 2025 · tidak sebanding langsung
- term: Indonesia
- definition: 35,68%
- definition: UCJ · per Apr 2025 · tidak sebanding langsung
- text: "Sumber: ANTARA Babel,"
- link "Tribun/Babel News":
- link "Data CSV":
- link "Sematkan":
- text: Edisi 22 Nov 2026 08.30 WIB
- group: Tabel"
`);
  });

  test('is Indonesian on an English page, and English when asked', async () => {
    await partner.open(
      '<script>document.documentElement.lang = "en"</script><coverage-widget region="19"></coverage-widget>',
    );
    await partner.shown();
    expect(await partner.part('what').textContent()).toBe('pekerja terlindungi, per 14 Des 2025');
    await partner.set('lang', 'en');
    await partner.part('what').filter({ hasText: 'of workers covered' }).waitFor();
    expect([await partner.number(), await partner.part('card').getAttribute('lang')]).toEqual(['33.10%', 'en']);
    expect(partner.far.asked).toHaveLength(1);
  });

  test('draws the share to its length, full with a mark above a hundred', async () => {
    await partner.open('<coverage-widget region="19.03"></coverage-widget>');
    await partner.shown();
    const bar = partner.part('bar').first();
    expect(await bar.locator('rect').getAttribute('width')).toBe('21%');
    await partner.set('region', '99.02');
    await partner.part('number').filter({ hasText: '105,26%' }).waitFor();
    expect(await bar.locator('rect').getAttribute('width')).toBe('100%');
    expect(await partner.part('note').allTextContents()).toContainEqual(expect.stringContaining('Di atas 100%'));
  });

  test('hides a withheld figure and its size', async () => {
    await partner.open('<coverage-widget region="99.03"></coverage-widget>');
    await partner.shown();
    expect(await partner.number()).toBe('dirahasiakan (jumlah kecil)');
    expect(await partner.part('bar').first().locator('rect').getAttribute('width')).toBe('0%');
  });

  test('says that there is no figure where none was published', async () => {
    await partner.open('<coverage-widget region="99.04"></coverage-widget>');
    await partner.shown();
    expect(await partner.number()).toBe('Belum ada angka yang diterbitkan');
    expect(await partner.part('bar').count()).toBe(0);
  });

  test('draws the regions above only where the definition is the same', async () => {
    await partner.open('<coverage-widget region="99.01"></coverage-widget>');
    await partner.shown();
    expect(
      await partner
        .part('row')
        .locator('rect')
        .evaluateAll((rects) => rects.map((rect) => rect.getAttribute('width'))),
    ).toEqual(['48.25%', '35.68%']);
    await partner.set('region', '19.03');
    await partner.part('name').filter({ hasText: 'Bangka Selatan' }).waitFor();
    expect(await partner.part('row').locator('rect').count()).toBe(0);
  });

  test('has the heading level of its place on the page', async () => {
    await partner.open('<coverage-widget region="19" heading-level="4"></coverage-widget>');
    await partner.page.getByRole('heading', { level: 4, name: 'Kepulauan Bangka Belitung' }).waitFor();
    await partner.set('heading-level', 'seven');
    await partner.page.getByRole('heading', { level: 3, name: 'Kepulauan Bangka Belitung' }).waitFor();
  });

  test('links to nothing but the web', async () => {
    partner.far.behave((codes, response) => {
      response.writeHead(200).end(JSON.stringify(answerTo(codes)).replace(/https:[^"]+/g, 'javascript:alert(1)'));
    });
    await partner.open('<coverage-widget region="19"></coverage-widget>');
    await partner.shown();
    expect(await partner.part('source').textContent()).toBe('Sumber: ANTARA Babel');
    expect(await partner.part('source').locator('a').count()).toBe(0);
  });

  test('shows names as text, whatever they hold', async () => {
    partner.far.behave((codes, response) => {
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify(answerTo(codes)).replace('Kabupaten Bangka Selatan', '<img src=x>&amp;'));
    });
    await partner.open(TAG);
    await partner.shown();
    expect(await partner.part('name').textContent()).toBe('<img src=x>&amp;');
  });

  test('takes the properties a page set before the module was there', async () => {
    await partner.open(
      '<script>const w = document.createElement("coverage-widget"); w.region = "19"; w.headingLevel = 2; document.querySelector("main").append(w)</script>',
    );
    await partner.page.getByRole('heading', { level: 2, name: 'Kepulauan Bangka Belitung' }).waitFor();
  });

  test('is told what it shows by an event that leaves the shadow', async () => {
    partner.far.show(
      `<script>window.heard = []; for (const t of ['ready', 'stale', 'error']) document.addEventListener('coverage-' + t, (e) => heard.push([t, e.detail.region?.code ?? e.detail.code, e.target.tagName]))</script>${TAG}<coverage-widget region="99.99"></coverage-widget>${SCRIPT}`,
    );
    await partner.page.goto(partner.far.origin);
    await partner.page.waitForFunction('heard.length === 2');
    const heard: unknown[] = await partner.page.evaluate('heard.sort()');
    expect(heard).toEqual([
      ['error', 'UNKNOWN_REGION', 'COVERAGE-WIDGET'],
      ['ready', '19.03', 'COVERAGE-WIDGET'],
    ]);
  });
});

describe('accessibility', () => {
  const states = ['19.03', '19', '99.01', '99.02', '99.03', '99.04', '99.05', '99.99', ''];

  test.each([
    ['light', 'id'],
    ['dark', 'id'],
    ['light', 'en'],
    ['dark', 'en'],
  ])('axe finds nothing in any state, %s, %s', async (theme, lang) => {
    const tags = states.map(
      (region) =>
        `<coverage-widget region="${region}" theme="${theme}" lang="${lang}" heading-level="2"></coverage-widget>`,
    );
    await partner.open(
      `${tags.join('')}<coverage-widget region="19.03" theme="${theme}" lang="${lang}" api="/nowhere">${FALLBACK}</coverage-widget>`,
    );
    await partner.part('number').nth(6).waitFor();
    await partner.part('status').last().filter({ hasText: /\S/ }).waitFor();
    await partner.page.evaluate(axe);
    const violations: { id: string; nodes: { target: unknown }[] }[] = await partner.page.evaluate(
      "axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then((r) => r.violations)",
    );
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([]);
  });

  test.each([
    ['of a light page is light, whatever the reader likes', 'light', 'dark', 'rgb(255, 255, 255)'],
    ['of a page that knows no dark is light', 'normal', 'dark', 'rgb(255, 255, 255)'],
    ['of a dark page is dark, whatever the reader likes', 'dark', 'light', 'rgb(18, 26, 23)'],
    ['of a page that follows the reader does so too', 'light dark', 'dark', 'rgb(18, 26, 23)'],
  ] as const)('the theme %s, and an attribute overrules', async (_, page, reader, expected) => {
    await partner.page.emulateMedia({ colorScheme: reader });
    await partner.open(`<meta name="color-scheme" content="${page}">${TAG}`);
    await partner.shown();
    const paper = () => partner.part('card').evaluate((card) => getComputedStyle(card).backgroundColor);
    expect(await paper()).toBe(expected);
    await partner.set('theme', 'light');
    expect(await paper()).toBe('rgb(255, 255, 255)');
    await partner.set('theme', 'dark');
    expect(await paper()).toBe('rgb(18, 26, 23)');
  });
});
