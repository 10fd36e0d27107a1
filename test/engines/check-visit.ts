import { setTimeout as delay } from 'node:timers/promises';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { openChromium } from '../support/chromium.js';
import type { Bench } from './bench.js';
import { answerTo } from './canned.js';
import { sendJson, well } from './site.js';
import { until } from './wait.js';

const TAG = '<coverage-widget region="19.03" refresh="5"></coverage-widget>';
const RETURN_MS = 5_000;

/** A reader who goes back, one whose network goes, and every host that is asked meanwhile, in Chromium. */
export async function checkVisit(bench: Bench): Promise<void> {
  await checkReturn(bench);
  await checkOffline(bench);
}

/** Puppeteer's Chromium, as Playwright's `goBack` hangs while the back-forward cache is on. */
async function checkReturn({ site, report }: Bench): Promise<void> {
  site.behave(well);
  const browser = await puppeteer.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  });
  try {
    const hosts = new Set<string>();
    const page = await openPage(browser, hosts);
    await page.goto(site.show({ body: TAG }));
    await until(
      () => textOf(page),
      (text) => text.includes('21%'),
    );
    const own = [...hosts].sort();
    await page.evaluate(`addEventListener('pageshow', ({ persisted }) => { globalThis.persisted = persisted; })`);
    await page.goto(`${site.cdn}/page/elsewhere.html`);
    site.behave(async (question, response) => {
      const text = JSON.stringify(await answerTo(question));
      sendJson(response, JSON.parse(text.replaceAll('"percent":21,', '"percent":24,')));
    });
    await delay(500);
    await page.goBack();
    const start = Date.now();
    const kept = await page.evaluate('globalThis.persisted === true');
    const reasons = await page.evaluate(
      `JSON.stringify(performance.getEntriesByType('navigation')[0]?.notRestoredReasons ?? null)`,
    );
    const finding = { engine: 'Chromium', subject: 'back and forward' };
    report.note({ check: 'kept page', ...finding, problem: kept ? '' : `loaded anew: ${reasons}` });
    const text = await until(
      () => textOf(page),
      (each) => each.includes('24%'),
      RETURN_MS,
    );
    const returnMs = Date.now() - start;
    report.note({ check: 'return', ...finding, problem: text.includes('24%') ? '' : `still shows "${text}"` });
    const expected = [site.cdn, site.partner].map((origin) => new URL(origin).host).sort();
    report.same({ check: 'hosts', engine: 'Chromium', subject: 'a page with a tag' }, own, expected);
    report.figures(
      ['a visit', 'seen'],
      [
        ['kept in the back-forward cache', String(kept)],
        ['new figure after the return, ms', String(returnMs)],
        ['hosts asked', own.join(', ')],
      ],
    );
  } finally {
    await browser.close();
  }
}

async function openPage(browser: Browser, hosts: Set<string>): Promise<Page> {
  const page = await browser.newPage();
  page.on('request', (request) => /^http/.test(request.url()) && hosts.add(new URL(request.url()).host));
  return page;
}

async function textOf(page: Page): Promise<string> {
  return String(await page.evaluate('probe.text()'));
}

/** The network of the browser itself goes, as in a tunnel, at the start and later. */
async function checkOffline({ site, report }: Bench): Promise<void> {
  site.behave(well);
  const browser = await openChromium();
  try {
    const page = await browser.newPage();
    const read = async () => String(await page.evaluate('probe.text()'));
    await page.goto(site.show({ body: TAG }));
    await until(read, (text) => text.includes('21%'));
    await page.context().setOffline(true);
    const told = await until(read, (text) => text.includes('belum dapat diperbarui'), 15_000);
    const from = site.asked.length;
    await page.context().setOffline(false);
    const start = Date.now();
    const back = await until(read, (text) => !text.includes('belum dapat'), RETURN_MS);
    const seen = {
      told: /21%.*belum dapat diperbarui/.test(told),
      back: /21%/.test(back) && !/belum dapat/.test(back),
    };
    report.same({ check: 'offline', engine: 'Chromium', subject: 'later' }, seen, { told: true, back: true });
    const requests = site.asked.length - from;
    report.figures(
      ['offline', 'seen'],
      [
        ['back after, ms', String(Date.now() - start)],
        ['requests', String(requests)],
      ],
    );
    report.note({
      check: 'offline',
      engine: 'Chromium',
      subject: 'requests',
      problem: requests > 3 ? `${requests}` : '',
    });
  } finally {
    await browser.close();
  }
}
