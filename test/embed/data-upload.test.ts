import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { openChromium } from '../support/chromium.js';
import { askData, tokenFor } from '../support/data-client.js';
import { type StartedWorld, startWorld } from '../support/world.js';
import { startCuttingProxy } from './cutting-proxy.js';
import { type Desk, openDesk, seen } from './desk.js';

const HEADER = 'region_code,date,segment,program,status,value,source_id,note';
const SOURCE = 'antara-babel-534790';
const csv = (...rows: readonly string[]) => `${[HEADER, ...rows].join('\n')}\n`;

let browser: Browser;
let world: StartedWorld;
let publisher: string;
let desk: Desk;

beforeAll(async () => {
  browser = await openChromium();
  world = await startWorld({});
  publisher = await tokenFor(world.office, { role: 'publisher' });
}, 60_000);
afterAll(async () => {
  await browser.close();
  await world.stop();
});
beforeEach(async () => {
  desk = await openDesk(browser, world.url);
});
afterEach(async () => {
  expect(desk.faults).toEqual([]);
  await desk.close();
});

describe('an upload', () => {
  test('that the server has let go, since another tab had its answer, is brought again', async () => {
    const files: unknown[] = [];
    await desk.page.route('**/participant_count/check', async (route) => {
      const body = route.request().postDataJSON();
      if (files.length === 0) await askData(world.url, 'participant_count/check', publisher, body);
      files.push(body.file);
      await route.continue();
    });
    await desk.check(publisher, 'peserta.csv', csv(`19.03,2019-09,PU,JHT,ACTIVE,1200,${SOURCE},`));
    expect([await seen(desk.result.locator('h2')), files.length]).toEqual(['Tidak ada masalah', 2]);
  });

  test('that breaks goes on where it broke, by itself', async () => {
    const rows = Array.from(
      { length: 4000 },
      (_, index) => `19.03,${3000 + index},PU,JHT,ACTIVE,${1200 + index},${SOURCE},`,
    );
    const text = csv(...rows);
    const line = await startCuttingProxy(world.url, 60_000);
    const other = await openDesk(browser, line.url);
    const offsets: number[] = [];
    other.page.on('request', (request) => {
      if (request.method() === 'PATCH') offsets.push(Number(request.headers()['upload-offset']));
    });
    try {
      await other.check(publisher, 'peserta.csv', text);
      expect(await seen(other.result.locator('.file-name'))).toContain('4.000 baris terbaca');
      expect([line.cuts(), offsets[0], (offsets.at(-1) ?? 0) > 0]).toEqual([1, 0, true]);
      expect(other.faults).toEqual([]);
    } finally {
      await other.close();
      await line.close();
    }
  });
});
