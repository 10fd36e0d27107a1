import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { openChromium } from '../support/chromium.js';
import { type StartedWorld, startWorld } from '../support/world.js';
import { startWordPress, type WordPress } from './wordpress.js';

/** How often the post is opened; not at all in the usual tests, which have no WordPress: `npm run nightly:wordpress`. */
const LOADS = Number(process.env.WORDPRESS_LOADS ?? 0);
const SECOND = 1000;
const TITLE = 'Kabupaten Bangka Selatan: sekitar 21% pekerja terlindungi, per 12 Okt 2024';

(LOADS > 0 ? describe : describe.skip)('in WordPress, an Author', () => {
  let world: StartedWorld;
  let browser: Browser;
  let wordpress: WordPress | undefined;
  beforeAll(async () => {
    [world, browser] = await Promise.all([startWorld(), openChromium()]);
    const tag = `<script type="module" src="${world.url}/widget/v1/coverage-widget.js"></script><coverage-widget region="19.03"><a href="${world.url}/r/19.03">${TITLE}</a></coverage-widget>`;
    wordpress = await startWordPress(`${world.url}/r/19.03`, tag);
  }, 180 * SECOND);
  afterAll(async () => {
    await browser.close();
    await wordpress?.stop(); // it may not have started
    await world.stop();
  });

  test(
    'who pastes the address of a region gets its live number, each time at the right height',
    async () => {
      const seen: unknown[] = [];
      for (let load = 0; load < LOADS; load += 1) {
        const page = await browser.newPage();
        await page.goto(wordpress?.posts.address ?? '');
        const frame = page.frameLocator('iframe.wp-embedded-content');
        await frame.locator('coverage-widget [part=number]').waitFor();
        await page.locator('blockquote.wp-embedded-content').waitFor({ state: 'hidden' }); // once WordPress's script is there
        await page.waitForTimeout(SECOND);
        const content = await frame.locator('body').evaluate((body) => Math.ceil(body.getBoundingClientRect().height));
        const shown = await page.locator('iframe.wp-embedded-content').evaluate((element) => element.clientHeight);
        seen.push([await frame.locator('[part=number]').textContent(), shown - content]);
        await page.close();
      }
      expect(seen).toEqual(Array(LOADS).fill(['21%', 0]));
    },
    LOADS * 30 * SECOND + SECOND,
  );

  test('who pastes the tag gets a link with the number and its date', async () => {
    const page = await browser.newPage();
    await page.goto(wordpress?.posts.tag ?? '');
    const link = page.getByRole('link', { name: TITLE });
    expect([await link.getAttribute('href'), await page.locator('coverage-widget').count()]).toEqual([
      `${world.url}/r/19.03`,
      0,
    ]);
    await page.close();
  }, 60_000);
});
