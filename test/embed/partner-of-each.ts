import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { openChromium } from '../support/chromium.js';
import { openPartner, type Partner } from './partner.js';

/** Opens a partner's page of its own before each test of a file, all in one browser, and closes it after. */
export function partnerOfEach(take: (partner: Partner) => void): void {
  let browser: Browser;
  let partner: Partner;
  beforeAll(async () => {
    browser = await openChromium();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    partner = await openPartner(browser);
    take(partner);
  });
  afterEach(() => partner.close());
}
