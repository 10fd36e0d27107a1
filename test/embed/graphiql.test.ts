import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { openChromium } from '../support/chromium.js';
import { type StartedWorld, startWorld } from '../support/world.js';

let world: StartedWorld;
let browser: Browser;
beforeAll(async () => {
  [world, browser] = await Promise.all([startWorld(), openChromium()]);
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});

test('GraphiQL shows how an answer comes about where its switch is on', async () => {
  const page = await browser.newPage({ viewport: { width: 1200, height: 1600 } });
  await page.goto(`${world.url}/graphiql`);
  const shown = async () => {
    await page.getByRole('button', { name: /execute query/i }).click();
    await page.waitForFunction(() => document.querySelector('.result-window')?.textContent?.includes('"edition"'));
    return (await page.locator('.result-window').textContent()) ?? '';
  };
  await page.locator('.graphiql-query-editor').click();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText('query Province { region(code: "19") { code } }');
  await page.getByRole('tab', { name: 'Province' }).waitFor(); // GraphiQL reads the operation's name a moment later
  const without = await shown();
  await page.getByLabel('Explain').check();
  await page.getByRole('button', { name: /execute query/i }).click();
  await page.waitForFunction(() => document.querySelector('.result-window')?.textContent?.includes('"explain"'));
  const explained = (await page.locator('.result-window').textContent()) ?? '';
  expect([without.includes('"explain"'), explained.includes('"fetch regions",')]).toEqual([false, true]);
});
