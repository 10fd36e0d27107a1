import puppeteer from 'puppeteer-core';
import type { Engine, Scheme } from './engine.js';

/** Debian's Firefox ESR, over WebDriver BiDi. `FIREFOX` names another program. */
export async function startFirefox(scheme: Scheme): Promise<Engine> {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr',
    headless: true,
    protocolTimeout: 60_000,
    defaultViewport: { width: 1280, height: 900 },
    extraPrefsFirefox: {
      'layout.css.prefers-color-scheme.content-override': scheme === 'dark' ? 0 : 1,
      'ui.systemUsesDarkTheme': scheme === 'dark' ? 1 : 0,
    },
  });
  const page = await browser.newPage();
  const version = (await browser.version()).split('/')[1]?.split('.')[0];
  return {
    name: `Firefox ${version}`,
    open: async (url) => {
      await page.goto(url);
    },
    evaluate: async <T>(expression: string) => (await page.evaluate(expression)) as T, // the caller knows what it gives
    screenshot: async (file) => {
      await page.screenshot({ path: file as `${string}.png`, fullPage: true });
    },
    close: () => browser.close(),
  };
}
