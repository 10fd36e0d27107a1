import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { openChromium } from '../support/chromium.js';
import { type StartedWorld, startWorld } from '../support/world.js';
import { type PartnerHost, type PartnerLook, type PartnerPage, startPartnerHost } from './partner-host.js';

let world: StartedWorld;
let browser: Browser;
let host: PartnerHost;
let reader: Page;
beforeAll(async () => {
  [world, browser, host] = await Promise.all([startWorld(), openChromium(), startPartnerHost()]);
  reader = await browser.newPage();
  await reader.goto(`${world.url}/assets/icon.svg`);
}, 60_000);
afterAll(async () => {
  host.stop();
  await browser.close();
  await world.stop();
});

let opened: PartnerPage[] = [];
afterEach(async () => {
  await Promise.all(opened.map((one) => one.close()));
  opened = [];
});

/** The texts of the builder's boxes for these choices, by their ids without `code-`: `tag-newest`. */
function codesFor(query: string): Promise<Readonly<Record<string, string>>> {
  return reader.evaluate(async (address) => {
    const page = new DOMParser().parseFromString(await (await fetch(address)).text(), 'text/html');
    const areas = [...page.querySelectorAll('textarea')].filter(({ id }) => id.startsWith('code-'));
    return Object.fromEntries(areas.map((area) => [area.id.slice('code-'.length), area.value]));
  }, `/builder?${query}`);
}

async function open(body: string, look: PartnerLook = {}): Promise<PartnerPage> {
  const partner = await host.open(browser, body, look);
  opened.push(partner);
  return partner;
}

/** A day at which the province had another newest figure than now. */
const THEN = 'as-of=2025-06-30';

describe('the tag of the builder, on the page of a partner', () => {
  /** Shown by a card: number, date and edition. */
  async function shownBy(code: string, look: PartnerLook = {}) {
    const { page, stopped } = await open(code, look);
    await page.locator('[part=number]').waitFor();
    const text = async (part: string) => (await page.locator(`[part~=${part}]`).allTextContents()).join().trim();
    return { number: await text('number'), edition: await text('edition'), update: await text('update'), stopped };
  }

  test('follows the newest figure, or stays at an edition and links to the newest', async () => {
    const codes = await codesFor(`region=19&${THEN}`);
    const [newest, pinned] = [await shownBy(codes['tag-newest'] ?? ''), await shownBy(codes['tag-pinned'] ?? '')];
    expect([newest, pinned]).toEqual([
      { number: '33,10%', edition: expect.stringContaining('Edisi'), update: '', stopped: [] },
      {
        number: '27,24%',
        edition: 'menurut terbitan s.d. 30 Jun 2025',
        update: expect.stringMatching(/^diperbarui: 33,10%.* per 14 Des 2025$/),
        stopped: [],
      },
    ]);
  });

  test.each(["default-src 'none'", "default-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'"])(
    'runs under the policy that the builder mended, and nothing is stopped: %s',
    async (given) => {
      const codes = await codesFor(`region=19.03&view=card&policy=${encodeURIComponent(given)}`);
      const partner = await shownBy(`<link rel="icon" href="data:,">${codes['tag-newest']}`, {
        policy: `${codes.policy} data:`, // for the icon: the last directive is that of pictures
      });
      expect([partner.number, partner.stopped]).toEqual(['21%', []]);
    },
  );

  test('is found wanting on the page by the policy that the builder found wanting', async () => {
    const { 'tag-newest': code = '' } = await codesFor('region=19.03');
    const { page, stopped } = await open(code, { policy: "default-src 'none'" });
    await page.waitForTimeout(500);
    expect([await page.locator('[part=number]').count(), stopped.length > 0]).toEqual([0, true]);
  });

  test.each(['trend', 'breakdown', 'ranking', 'map', 'benefits'])(
    'shows the view %s, newest and pinned',
    async (view) => {
      const codes = await codesFor(`region=19&view=${view}&${THEN}`);
      const { page } = await open(`${codes['tag-newest']}${codes['tag-pinned']}`);
      await page.locator('[part~=picture]').nth(1).waitFor();
      const tags = await page
        .locator('coverage-widget')
        .evaluateAll((all) => all.map((tag) => [tag.getAttribute('view'), tag.getAttribute('as-of')]));
      expect(tags).toEqual([
        [view, null],
        [view, '2025-06-30'],
      ]);
    },
  );

  test('takes every choice there is', async () => {
    const query = `region=19.03&lang=en&theme=dark&heading-level=2&compare=19.01+19&indicator=unstated&live=true&${THEN}`;
    const codes = await codesFor(query);
    const tagOf = (code = '') => /<coverage-widget[^>]*>/.exec(code)?.[0];
    const card = 'region="19.03" indicator="unstated"';
    const look = 'compare="19.01 19" lang="en" theme="dark" heading-level="2"';
    expect([tagOf(codes['tag-newest']), tagOf(codes['tag-pinned'])]).toEqual([
      `<coverage-widget ${card} ${look} live>`,
      `<coverage-widget ${card} as-of="2025-06-30" ${look}>`,
    ]);
    const { page } = await open(codes['tag-newest'] ?? '');
    await page.locator('[part=number]').waitFor();
    expect([await page.locator('h2').textContent(), await page.locator('[part=row]').count()]).toEqual([
      'Kabupaten Bangka Selatan',
      2,
    ]);
  });

  test('stays what it is at a fixed version, whose hash the browser checks', async () => {
    const { 'tag-newest': code = '' } = await codesFor('region=19.03&script=fixed');
    expect(code).toMatch(
      /src="[^"]*\/widget\/\d+\.\d+\.\d+\/coverage-widget\.js" integrity="sha384-[\w+/]{64}" crossorigin="anonymous"/,
    );
    expect((await shownBy(code)).number).toBe('21%');
    const { page } = await open(code.replace('sha384-', 'sha384-A').replace(/(integrity="[^"]*)."/, '$1"'));
    await page.waitForTimeout(500);
    expect(await page.locator('[part=number]').count()).toBe(0);
  });

  test('is a link with number, date and definition where no script runs', async () => {
    const { 'tag-newest': code = '' } = await codesFor('region=19.03');
    const { page } = await open(code, { isScripted: false });
    const link = page.getByRole('link');
    expect([await link.textContent(), await link.getAttribute('href'), await page.locator('p').textContent()]).toEqual([
      'Kabupaten Bangka Selatan: sekitar 21% pekerja terlindungi, per 12 Okt 2024',
      `${world.url}/r/19.03`,
      expect.stringContaining('Definisi dan penyebut tidak disebutkan oleh sumber'),
    ]);
  });
});

describe('the frame of the builder', () => {
  test.each([
    ['region=19', '33,10%'],
    ['region=19.03', '21%'],
    ['region=19.03&compact=true', '21%'],
    ['region=19.03&compare=19.01+19+00', '21%'],
  ])('shows the number and is as high as what is in it, or a little more: %s', async (query, number) => {
    const { 'frame-newest': code = '' } = await codesFor(query);
    const { page } = await open(`<div style="width:600px">${code}</div>`);
    const frame = page.frameLocator('iframe');
    await frame.locator('[part=number]').waitFor();
    const content = await frame.locator('body').evaluate((body) => Math.ceil(body.getBoundingClientRect().height));
    const box = await page.locator('iframe').boundingBox();
    expect([await frame.locator('[part=number]').textContent(), box?.width]).toEqual([number, 600]);
    expect((box?.height ?? 0) - content).toBeGreaterThanOrEqual(0);
    expect((box?.height ?? 0) - content).toBeLessThanOrEqual(25);
  });

  test.each(['trend', 'breakdown', 'ranking', 'map', 'benefits'])('has room for the view %s', async (view) => {
    const { 'frame-newest': code = '' } = await codesFor(`region=19&view=${view}`);
    const { page } = await open(`<div style="width:600px">${code}</div>`);
    const frame = page.frameLocator('iframe');
    await frame.locator('[part~=picture]').waitFor();
    const content = await frame.locator('body').evaluate((body) => Math.ceil(body.getBoundingClientRect().height));
    const excess = ((await page.locator('iframe').boundingBox())?.height ?? 0) - content;
    expect([excess >= 0, excess <= 25]).toEqual([true, true]);
  });

  test('stays at its edition, breaks no policy, and with its script is as high as it needs in a narrow place', async () => {
    const codes = await codesFor(`region=19&${THEN}`);
    const policy = `default-src 'none'; frame-src ${new URL(world.url).origin}; script-src 'unsafe-inline'; img-src 'self'`;
    const { page, stopped } = await open(`${codes.listener}${codes['frame-pinned']}`, { policy, width: 320 });
    const frame = page.frameLocator('iframe');
    await frame.locator('[part=number]').waitFor();
    const heights = async () => [
      await frame.locator('body').evaluate((body) => Math.ceil(body.getBoundingClientRect().height)),
      await page.locator('iframe').evaluate((element) => element.clientHeight),
    ];
    await page.waitForFunction(() => document.querySelector('iframe')?.height !== '382');
    await page.waitForTimeout(600);
    const [content, shown] = await heights();
    expect([await frame.locator('[part=number]').textContent(), shown, stopped]).toEqual(['27,24%', content, []]);
  });
});

describe('what else the builder gives', () => {
  test.each([
    ['newest', '33,10%', '14 Des 2025'],
    ['pinned', '27,24%', '1 Jun 2025'],
  ])('is a picture in its own size that says number, date and definition: %s', async (edition, number, date) => {
    const codes = await codesFor(`region=19&${THEN}`);
    const { page } = await open(codes[`image-${edition}`] ?? '');
    const image = page.locator('img');
    await image.evaluate((element: HTMLImageElement) => element.decode());
    const [natural, written] = await image.evaluate((element: HTMLImageElement) => [
      [element.naturalWidth, element.naturalHeight],
      [element.width, element.height],
    ]);
    const alt = (await image.getAttribute('alt')) ?? '';
    expect([written, [number, `per ${date}`, 'UCJ'].filter((word) => !alt.includes(word))]).toEqual([natural, []]);
    const svg = await (await fetch((await image.getAttribute('src')) ?? '')).text();
    expect(svg).toContain(`<title>${alt.split('. ')[0]}</title>`);
  });

  test('is an address that oEmbed turns into the frame with every choice', async () => {
    const { 'address-pinned': address = '' } = await codesFor(`region=19&view=trend&lang=en&theme=dark&${THEN}`);
    const head = await (await fetch(address)).text();
    const [, link = ''] = /type="application\/json\+oembed" href="([^"]*)"/.exec(head) ?? [];
    const answer = (await (await fetch(link.replaceAll('&amp;', '&'))).json()) as { html: string; title: string };
    const { page } = await open(answer.html);
    const frame = page.frameLocator('iframe');
    await frame.locator('[part~=picture]').waitFor();
    expect([answer.title, await frame.locator('[part~=edition]').textContent()]).toEqual([
      'Kepulauan Bangka Belitung: 27.24% of workers covered, as at 1 Jun 2025',
      'as published by 30 Jun 2025',
    ]);
  });

  test('are addresses of the same figure as a table and for programs', async () => {
    const codes = await codesFor(`region=19&indicator=ucj&${THEN}`);
    const csv = await (await fetch(codes['csv-pinned'] ?? '')).text();
    const json = (await (await fetch(codes['json-pinned'] ?? '')).json()) as {
      region: { coverage: { percent: number } };
    };
    expect([csv.split('\n')[1]?.split(',').slice(0, 4), json.region.coverage.percent]).toEqual([
      ['19', 'Kepulauan Bangka Belitung', '2025-06-01', '27.24'],
      27.24,
    ]);
  });

  test('is a rule that keeps the room of a card before its script has come', async () => {
    const codes = await codesFor('region=19.03');
    const { page } = await open(`<style>${codes.room}</style><coverage-widget region="19.03"></coverage-widget>`);
    expect(await page.locator('coverage-widget').evaluate((tag) => tag.getBoundingClientRect().height)).toBe(444);
  });
});
