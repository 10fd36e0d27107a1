import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { openChromium } from '../support/chromium.js';
import { type StartedWorld, startWorld } from '../support/world.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const NOW = '2026-11-28T01:30:20.000Z'; // half past eight in WIB

let world: StartedWorld;
let browser: Browser;
beforeAll(async () => {
  [world, browser] = await Promise.all([startWorld({ clock: () => Date.parse(NOW) }), openChromium()]);
}, 60_000);
afterAll(async () => {
  await browser.close();
  await world.stop();
});

let contexts: BrowserContext[] = [];
afterEach(async () => {
  await Promise.all(contexts.map((context) => context.close()));
  contexts = [];
});

interface Builder {
  readonly page: Page;
  /** What the policy of the page stopped, and errors of its script. */
  readonly troubles: readonly string[];
}

async function open(query = '', options: BrowserContextOptions = {}): Promise<Builder> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  contexts.push(context);
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on('pageerror', ({ message }) => troubles.push(message));
  page.on('console', (message) => {
    if (/content security policy|refused to/i.test(message.text())) troubles.push(message.text());
  });
  await page.goto(`${world.url}/builder${query}`);
  return { page, troubles };
}

const code = (page: Page, form: string) => page.locator(`#code-${form}`).inputValue();
const pinned = (page: Page, until = '') => page.getByRole('radio', { name: `Menurut terbitan s.d. ${until}` });
const tagIn = (text: string) => /<coverage-widget[^>]*>/.exec(text)?.[0];

describe('the builder without JavaScript', () => {
  const plain = { javaScriptEnabled: false };

  test('makes the codes of what was chosen when its button is pressed', async () => {
    const { page } = await open('', plain);
    await page.getByLabel('Daerah', { exact: true }).fill('Kepulauan Bangka Belitung (19)');
    await page.getByLabel('Tampilan').selectOption('trend');
    await page.getByLabel('Warna').selectOption('dark');
    await page.getByLabel('Tanggal terbitan').fill('2025-06-30');
    await pinned(page).check();
    await page.getByRole('button', { name: 'Buat kode' }).click();
    expect([
      tagIn(await code(page, 'tag-newest')),
      tagIn(await code(page, 'tag-pinned')),
      await pinned(page, '30 Jun 2025').isChecked(),
      await page.getByLabel('Daerah', { exact: true }).inputValue(),
    ]).toEqual([
      '<coverage-widget region="19" view="trend" theme="dark">',
      '<coverage-widget region="19" view="trend" as-of="2025-06-30" theme="dark">',
      true,
      'Kepulauan Bangka Belitung (19)',
    ]);
  });

  test('shows of the two codes the one that is chosen, and both can be reached', async () => {
    const { page } = await open('', plain);
    const seen = async () => [
      await page.locator('#code-tag-newest').isVisible(),
      await page.locator('#code-tag-pinned').isVisible(),
    ];
    const before = await seen();
    await pinned(page).check();
    expect([before, await seen()]).toEqual([
      [true, false],
      [false, true],
    ]);
  });

  test('shows the number as a link where the card would be, and no button that does nothing', async () => {
    const { page } = await open('?region=19.03', plain);
    expect([
      await page.locator('#stage a').textContent(),
      await page.getByRole('button', { name: /^Salin/ }).count(),
    ]).toEqual(['Kabupaten Bangka Selatan: sekitar 21% pekerja terlindungi, per 12 Okt 2024', 0]);
  });
});

describe('a region', () => {
  test.each([
    ['19.03', '19.03'],
    ['Kabupaten Bangka Selatan (19.03)', '19.03'],
    ['kabupaten bangka selatan', '19.03'],
    ['pangkalpinang', '19.71'],
    ['19.03.01', '19.03.01'],
    [' 00 ', '00'],
  ])('is understood as it is written: %s', async (written, region) => {
    const html = await (await fetch(`${world.url}/builder?region=${encodeURIComponent(written)}`)).text();
    expect(tagIn(html)).toBe(`<coverage-widget region="${region}">`);
  });

  test('of a name that several have is chosen from them', async () => {
    const { page } = await open('?region=bangka');
    const trouble = page.locator('#region-trouble');
    const before = [await trouble.locator('p').textContent(), await page.locator('#code-tag-newest').count()];
    await trouble.getByRole('link', { name: 'Kabupaten Bangka Barat' }).click();
    await page.locator('#code-tag-newest').waitFor({ state: 'attached' });
    expect([before, tagIn(await code(page, 'tag-newest')), await trouble.textContent()]).toEqual([
      ['Maksud Anda:', 0],
      '<coverage-widget region="19.05">',
      '',
    ]);
  });

  test.each([
    ['99.99', 404, 'Tidak ada daerah seperti yang ditulis: “99.99”.'],
    ['9999', 404, 'Tidak ada daerah seperti yang ditulis: “9999”.'],
    ['1903', 404, 'Maksud Anda:'],
    ['', 200, 'Pilih daerah dulu.'],
  ])('that there is not has no code, and a reason: %s', async (written, status, reason) => {
    const response = await fetch(`${world.url}/builder?region=${written}`);
    const html = await response.text();
    expect([response.status, html.includes(`<p>${reason}</p>`), html.includes('id="code-tag')]).toEqual([
      status,
      true,
      false,
    ]);
  });
});

describe('a pinned code', () => {
  test.each([
    ['', '2026-11-28T01:30Z', ''],
    ['as-of=2026-11-28', '2026-11-28T01:30Z', ''],
    ['as-of=2026-11-27', '2026-11-27', ''],
    ['as-of=2026-11-27T10:00Z', '2026-11-27T10:00Z', ''],
    ['asOf=2026-11-27', '2026-11-27', ''],
    ['as-of=2026-11-29', '2026-11-28T01:30Z', 'Tanggal terbitan belum tiba; dipakai saat ini'],
    ['as-of=kemarin', '2026-11-28T01:30Z', 'Bukan tanggal; dipakai saat ini'],
  ])('is never of a day to come: %s', async (query, asOf, reason) => {
    const html = await (await fetch(`${world.url}/builder?region=19.03&${query}`)).text();
    const [, said = ''] = /class="trouble mistake"[^>]*>([^:]*)/.exec(html) ?? [];
    expect([html.includes(`region=&quot;19.03&quot; as-of=&quot;${asOf}&quot;&gt;`), said]).toEqual([true, reason]);
  });

  test('before there was anything says so', async () => {
    const html = await (await fetch(`${world.url}/builder?region=19.03&as-of=2001-01-01`)).text();
    const [, said] = /<p class="trouble for-pinned">([^:]*)/.exec(html) ?? [];
    expect(said).toBe('Untuk pilihan ini belum ada yang terbit pada saat itu');
  });
});

describe('the builder with JavaScript', () => {
  test('updates codes, preview and address at once, and leaves the field alone', async () => {
    const { page, troubles } = await open('?region=19.03');
    const region = page.getByLabel('Daerah', { exact: true });
    await region.fill('19');
    await page.locator('#stage [part=number]').filter({ hasText: '33,10%' }).waitFor();
    await page.getByLabel('Tampilan').selectOption('map');
    await page.locator('#stage [part~=picture]').waitFor();
    expect([
      tagIn(await code(page, 'tag-newest')),
      new URL(page.url()).searchParams.get('view'),
      await region.inputValue(),
      await page.getByLabel('Definisi').locator('option').count(),
      troubles,
    ]).toEqual(['<coverage-widget region="19" view="map">', 'map', '19', 4, []]);
  });

  test('pins the preview by a day, without a press on anything else', async () => {
    const { page } = await open('?region=19');
    await page.getByLabel('Tanggal terbitan').fill('2025-06-30');
    await page.locator('#stage [part=number]').filter({ hasText: '27,24%' }).waitFor();
    expect([await pinned(page, '30 Jun 2025').isChecked(), tagIn(await code(page, 'tag-pinned'))]).toEqual([
      true,
      '<coverage-widget region="19" as-of="2025-06-30">',
    ]);
  });

  test('copies, and says so politely', async () => {
    const { page } = await open('?region=19.03', { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.getByRole('button', { name: 'Salin: Tag, ikuti angka terbaru' }).click();
    await page.getByText('Disalin.').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await code(page, 'tag-newest'));
  });

  test('selects the code where it may not write to the clipboard', async () => {
    const { page } = await open('?region=19.03');
    const written = await code(page, 'tag-newest');
    await page.evaluate(() => Object.assign(navigator.clipboard, { writeText: () => Promise.reject(new Error('no')) }));
    await page.getByRole('button', { name: 'Salin: Tag, ikuti angka terbaru' }).click();
    await page.getByText('Sudah dipilih: salin dengan Ctrl+C.').waitFor();
    expect(await page.evaluate(() => getSelection()?.toString())).toBe(written);
  });

  test('says that its codes are of before when it cannot be reached', async () => {
    const { page } = await open('?region=19.03');
    const before = await code(page, 'tag-newest');
    await page.route('**/builder?*', (route) => route.abort());
    await page.getByLabel('Tampilan').selectOption('trend');
    await page.getByText('Kode di bawah masih untuk pilihan sebelumnya.').waitFor();
    expect(await code(page, 'tag-newest')).toBe(before);
  });

  test('reads a policy and says what to add, and keeps it out of the address', async () => {
    const { page } = await open('?region=19.03');
    await page.getByLabel('Tempel tajuk').fill("default-src 'self'; connect-src *; img-src *; frame-src *");
    await page.locator('#code-policy').waitFor();
    expect([
      await page.locator('#verdict li').allTextContents(),
      await code(page, 'policy'),
      page.url().includes('policy'),
    ]).toEqual([
      [
        `Tag: skripnya: tambahkan ${world.url} pada script-src`,
        'Tag: angkanya: diizinkan',
        'Bingkai dan alamat WordPress: diizinkan',
        'Gambar: diizinkan',
      ],
      `default-src 'self'; connect-src *; img-src *; frame-src *; script-src 'self' ${world.url}`,
      false,
    ]);
  });
});

test.each([
  ['id', 'light'],
  ['id', 'dark'],
  ['en', 'light'],
  ['en', 'dark'],
] as const)('axe finds nothing, and nothing is stopped or wider than 280 pixels: %s, %s', async (lang, colorScheme) => {
  const query = `?region=19&lang=${lang}&compare=19.01&as-of=2999-01-01&policy=default-src`;
  const { page, troubles } = await open(query, { colorScheme, viewport: { width: 280, height: 800 } });
  await page.locator('#stage [part=number]').waitFor();
  const widths = [];
  for (const width of [280, 320, 768, 1280, 1440]) {
    await page.setViewportSize({ width, height: 800 });
    widths.push((await page.evaluate(() => document.documentElement.scrollWidth)) - width);
  }
  await page.evaluate(axe);
  const violations: { id: string; nodes: { target: unknown }[] }[] = await page.evaluate(
    "axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then((r) => r.violations)",
  );
  expect([violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)]), troubles, widths]).toEqual([
    [],
    [],
    [0, 0, 0, 0, 0],
  ]);
  expect(await page.locator('html').getAttribute('lang')).toBe(lang);
});

describe('what somebody writes into an address', () => {
  const HOSTILE = `"'></textarea></script><script>window.hit=1</script><img src=x onerror=window.hit=1>&lt;`;
  const NAMES = [
    'region',
    'view',
    'indicator',
    'theme',
    'lang',
    'as-of',
    'heading-level',
    'compare',
    'compact',
    'live',
  ];

  test.each([...NAMES, 'edition', 'script', 'policy', 'page-lang'])(
    'passes neither into page nor codes: %s',
    async (name) => {
      const { page, troubles } = await open(`?${new URLSearchParams({ region: '19.03', [name]: HOSTILE })}`);
      const codes = await page.locator('textarea[id^=code-]:not(#code-policy, #code-listener)').evaluateAll(
        (areas) => areas.map((area) => (area as HTMLTextAreaElement).value).join(), // the page has no other
      );
      expect([
        await page.evaluate(() => [
          Reflect.get(window, 'hit'),
          document.querySelectorAll('main script, main img').length,
        ]),
        /hit|onerror/.test(codes),
        troubles,
      ]).toEqual([[undefined, 0], false, []]);
    },
  );

  test('and twice is taken once', async () => {
    const html = await (await fetch(`${world.url}/builder?region=19&region=19.03&view=map&view=x`)).text();
    expect(tagIn(html)).toBe('<coverage-widget region="19" view="map">');
  });
});

test('the page of a region and the start page lead there with their region', async () => {
  const { page } = await open();
  await page.goto(`${world.url}/r/19.01`);
  await page.getByRole('link', { name: 'Sematkan di situs Anda' }).click();
  const first = tagIn(await code(page, 'tag-newest'));
  await page.goto(world.url);
  await page.getByLabel('Cari daerah').fill('19.03');
  await page.getByLabel('Cari daerah').press('Enter');
  await page.getByRole('link', { name: 'Tampilan lain, WordPress, bingkai, dan gambar' }).click();
  await page.waitForURL('**/builder?*');
  expect([first, tagIn(await code(page, 'tag-newest'))]).toEqual([
    '<coverage-widget region="19.01">',
    '<coverage-widget region="19.03">',
  ]);
});
