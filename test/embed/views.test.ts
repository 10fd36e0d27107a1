import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { readConfig } from '../../services/config.js';
import { silent } from '../../services/kit/log.js';
import { stopAll } from '../../services/kit/stop.js';
import { type RunningAll, startAll } from '../../services/main.js';
import { openChromium } from '../support/chromium.js';
import { freshSqlite } from '../support/databases.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const VIEWS = ['trend', 'breakdown', 'ranking', 'map', 'benefits'];

let running: RunningAll;
let browser: Browser;

beforeAll(async () => {
  const config = readConfig({
    PORT: '0',
    LOG_LEVEL: 'silent',
    DATABASE_URL: await freshSqlite(),
    LOAD_TOKEN: 'a-token-for-tests',
  });
  running = await startAll(config, silent);
  browser = await openChromium();
}, 60_000);

afterAll(async () => {
  await browser.close();
  await stopAll(running.stoppers, silent);
});

/** A page of a partner on our own origin, that allows what the contract asks for and no more. */
async function openPage(tags: readonly string[], width = 800, more = ''): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  await page.route(`${running.url}/mitra`, (route) =>
    route.fulfill({
      contentType: 'text/html',
      headers: { 'content-security-policy': `default-src 'none'; script-src 'self'; connect-src 'self'${more}` },
      body: `<!doctype html><html lang="id"><meta charset="utf-8"><title>Mitra</title><link rel="icon" href="data:,">
        <script type="module" src="/widget/v1/coverage-widget.js"></script><main><h1>Mitra</h1>${tags.join('')}</main>`,
    }),
  );
  await page.goto(`${running.url}/mitra`);
  return page;
}

const tagOf = (view: string, more = '') =>
  `<coverage-widget region="19" view="${view}" heading-level="2" ${more}></coverage-widget>`;

describe.each(VIEWS)('the view %s', (view) => {
  test('shows the real figures of the province as a picture and as a table', async () => {
    const page = await openPage([tagOf(view)]);
    await page.locator('[part~=picture]').waitFor();
    await page.locator('summary').press('Enter');
    await page.locator('coverage-widget tr').nth(2).waitFor();
    expect((await page.locator('[part~=picture]').textContent())?.trim()).not.toBe('');
    expect(await page.locator('[part~=status]').textContent()).toBe('');
    await page.close();
  });

  test('is no wider than its page, breaks no policy, and axe finds nothing, light, dark and in English', async () => {
    const page = await openPage([tagOf(view), tagOf(view, 'theme="dark" lang="en"')], 280);
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    await page.locator('[part~=picture]').nth(1).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(280);
    await page.evaluate(axe);
    const violations: { id: string; nodes: { target: unknown }[] }[] = await page.evaluate(
      "axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then((r) => r.violations)",
    );
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([]);
    expect(complaints.filter((text) => /Content Security/.test(text))).toEqual([]);
    await page.close();
  });

  test('keeps its room from the first moment', async () => {
    const page = await openPage([]);
    await page.waitForFunction(() => customElements.get('coverage-widget'));
    await page.evaluate(
      (html) => {
        Object.assign(window, { moved: 0 });
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries())
            Object.assign(window, { moved: Reflect.get(window, 'moved') + Reflect.get(entry, 'value') });
        }).observe({ type: 'layout-shift', buffered: false });
        document.querySelector('main')?.insertAdjacentHTML('beforeend', html);
      },
      `${tagOf(view)}<p>Teks sesudahnya</p>`,
    );
    await page.locator('[part~=picture]').waitFor();
    expect(await page.evaluate('moved')).toBe(0);
    await page.close();
  });
});

test('all views of a page ask one question together', async () => {
  const page = await openPage([]);
  const asked: string[] = [];
  page.on('request', (request) => request.url().includes('/graphql') && asked.push(request.url()));
  await page.evaluate(
    (html) => document.querySelector('main')?.insertAdjacentHTML('beforeend', html),
    ['card', ...VIEWS].map((view) => tagOf(view)).join(''),
  );
  await page.locator('[part~=picture]').nth(4).waitFor();
  expect(asked).toHaveLength(1);
  await page.close();
});

test('a view whose module cannot be had says so, and shows no wrong figure', async () => {
  const page = await openPage([]);
  await page.route('**/trend-*.js', (route) => route.abort());
  await page.evaluate(
    (html) => document.querySelector('main')?.insertAdjacentHTML('beforeend', html),
    tagOf('trend').replace('></', '>Cakupan Babel</'),
  );
  await page.locator('[part~=status]').filter({ hasText: 'Angka belum dapat dimuat' }).waitFor();
  expect(await page.getByText('Cakupan Babel').isVisible()).toBe(true);
  await page.close();
});

test('a view says its rows on a page that lets nobody write markup, and never that there is no figure', async () => {
  const page = await openPage([tagOf('trend')], 800, "; require-trusted-types-for 'script'; trusted-types 'none'");
  await page.locator('[part~=what]').first().waitFor();
  const said = await page.locator('coverage-widget section').textContent();
  expect(said).toMatch(/^Tren cakupan · UCJ: Kepulauan Bangka Belitung.*14 Des 2025 · 33,10% · UCJ/);
  expect(said).not.toContain('Belum ada angka');
  await page.close();
});
