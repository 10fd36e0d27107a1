import { openChromium } from '../support/chromium.js';
import type { Engine, Scheme } from './engine.js';

/**
 * Chromium of the system. Expressions go through the DevTools protocol itself: Playwright's own `evaluate` calls `eval`,
 * which a page's policy or its Trusted Types may forbid.
 */
export async function startChromium(scheme: Scheme): Promise<Engine> {
  const browser = await openChromium();
  const page = await browser.newPage({ colorScheme: scheme, viewport: { width: 1280, height: 900 } });
  const session = await page.context().newCDPSession(page);
  return {
    name: `Chromium ${browser.version().split('.')[0]}`,
    open: async (url) => {
      await page.goto(url);
    },
    evaluate: async <T>(expression: string) => {
      const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
        expression,
        awaitPromise: true,
        returnByValue: true,
      });
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value as T; // the caller knows what the expression gives
    },
    screenshot: async (path) => {
      await page.screenshot({ path, fullPage: true });
    },
    close: () => browser.close(),
  };
}
