import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { readConfig } from '../../services/config.js';
import { silent } from '../../services/kit/log.js';
import { stopAll } from '../../services/kit/stop.js';
import { type RunningAll, startAll } from '../../services/main.js';
import { openChromium } from '../support/chromium.js';
import { freshSqlite } from '../support/databases.js';
import { coverageDraft } from '../support/drafts.js';
import { publishTogether } from '../support/publish.js';

let running: RunningAll;
let browser: Browser;
let partner: Server;
let partnerUrl: string;

/** A partner's site on an origin of its own, whose page holds three cards: one that follows editions, one that is live, one of a past day. */
const partnerPage = (
  api: string,
) => `<!doctype html><html lang="id"><meta charset="utf-8"><title>Berita</title><h1>Berita</h1>
<script type="module" src="${api}/widget/v1/coverage-widget.js"></script>
<coverage-widget id="now" region="19.06" refresh="5">memuat</coverage-widget>
<coverage-widget id="live" region="19.06" refresh="3600" live>memuat</coverage-widget>
<coverage-widget id="then" region="19" as-of="2025-07-01">memuat</coverage-widget></html>`;

beforeAll(async () => {
  const config = readConfig({
    PORT: '0',
    LOG_LEVEL: 'silent',
    DATABASE_URL: await freshSqlite(),
    LOAD_TOKEN: 'a-token-for-tests',
  });
  running = await startAll(config, silent);
  partner = createServer((_request, response) =>
    response.setHeader('content-type', 'text/html').end(partnerPage(running.url)),
  );
  await new Promise<void>((resolve) => partner.listen(0, '127.0.0.1', resolve));
  partnerUrl = `http://localhost:${(partner.address() as AddressInfo).port}/`; // it listens on a port
  browser = await openChromium();
}, 60_000);

afterAll(async () => {
  await browser.close();
  partner.closeAllConnections();
  partner.close();
  await stopAll(running.stoppers, silent);
});

const numberOf = (page: Page, tag: string) => page.locator(`${tag} [part~=number]`).first();
/** Non-breaking spaces read as spaces. */
const textOf = async (page: Page, selector: string) =>
  ((await page.locator(selector).first().textContent()) ?? '').replace(/\s+/g, ' ').trim();

describe('the start page', () => {
  test('shows the real figures of Bangka Selatan and its province, with what they mean', async () => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.goto(running.url);
    await numberOf(page, 'coverage-widget[region="19.03"]').waitFor();
    await numberOf(page, 'coverage-widget[region="19"]').waitFor();
    const [south, province] = [
      await textOf(page, 'coverage-widget[region="19.03"] [part~=card]'),
      await textOf(page, 'coverage-widget[region="19"] [part~=card]'),
    ];
    expect(south).toMatch(
      /Kabupaten Bangka Selatan.*sekitar ?21%.*12 Okt 2024.*Definisi dan penyebut tidak disebutkan oleh sumber.*tidak sebanding langsung/,
    );
    expect(province).toMatch(
      /Kepulauan Bangka Belitung.*33,10%.*14 Des 2025.*UCJ.*189\.742 peserta.*penyebut tidak disebutkan sumber.*35,68%/,
    );
    await page.close();
  });

  test('finds a region by another spelling of its name and shows its card and code to copy', async () => {
    const page = await browser.newPage({ viewport: { width: 768, height: 900 } });
    await page.goto(running.url);
    await page.locator('#search').fill('pangkal pinang');
    await page.locator('#found [role=option]').first().click();
    await page.locator('coverage-widget[region="19.71"]').waitFor();
    expect(await page.locator('#snippet').inputValue()).toContain('<coverage-widget region="19.71">');
    await page.close();
  });
});

test.each(['/', '/assets/docs.html'])(
  'the page at %s is never wider than its window, and breaks no rule of its own policy',
  async (path) => {
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    const widths: number[] = [];
    for (const width of [280, 320, 768, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(`${running.url}${path}`, { waitUntil: 'networkidle' });
      widths.push(await page.evaluate(() => document.documentElement.scrollWidth));
    }
    await page.close();
    expect({ widths, complaints }).toEqual({ widths: [280, 320, 768, 1280], complaints: [] });
  },
);

test('the picker never writes a region that was not asked for', async () => {
  const page = await browser.newPage();
  await page.goto(running.url);
  const search = page.locator('#search');
  await search.fill('basel');
  await page.locator('#found [role=option]').first().waitFor();
  await search.fill('medan');
  await search.press('Enter');
  await page.locator('coverage-widget[region="12.71"]').waitFor();
  expect(await page.locator('#snippet').inputValue()).toContain('<coverage-widget region="12.71">');
  await page.close();
});

describe('a card on a partner site', () => {
  test('shows a new edition while the page is open, a live one at its instant; a card of a past day stays', async () => {
    const page = await browser.newPage();
    const streams: string[] = [];
    page.on('request', (request) => {
      if (request.resourceType() === 'eventsource') streams.push(new URL(request.url()).pathname);
    });
    await page.goto(partnerUrl);
    await numberOf(page, '#now').filter({ hasText: 'Belum ada angka yang diterbitkan' }).waitFor();
    await numberOf(page, '#then').waitFor();
    const before = await textOf(page, '#then [part~=number]');
    const draft = coverageDraft(12.5, '19.06', '2026-10');
    const instant = Date.now() + 12_000;
    await publishTogether(running.office, [draft], instant);
    await page.locator('#live').getByText('12,5%').first().waitFor({ timeout: 25_000 });
    const late = Date.now() - instant;
    await page.locator('#now').getByText('12,5%').first().waitFor({ timeout: 25_000 });
    expect([late > 0 && late < 5000, streams]).toEqual([true, ['/live']]); // two seconds where nothing else runs
    expect([before, await textOf(page, '#then [part~=number]')]).toEqual(['27,24%', '27,24%']);
    await page.close();
  }, 40_000);
});
