import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The page of those who publish, in a browser of its own. */
export interface Desk {
  readonly page: Page;
  /** What the page did that its policy forbids, and what it threw. */
  readonly faults: string[];
  readonly result: Locator;
  readonly outcome: Locator;
  /** Gives the token and lets a file fall on the page. */
  drop(token: string, name: string, text: string): Promise<void>;
  /** The same, and waits for the result of its check. */
  check(token: string, name: string, text: string): Promise<void>;
  /** Makes a draft of what was checked, standing by every warning, and gives its id. */
  draft(): Promise<string>;
  openReleases(token: string): Promise<void>;
  /** A release of the list. */
  release(id: string): Locator;
  /** What axe finds, by rule and place. */
  violations(): Promise<string[]>;
  /** How many pixels the page is wider than the window. */
  overflow(): Promise<number>;
  close(): Promise<void>;
}

export async function openDesk(
  browser: Browser,
  url: string,
  query = '?dataset=participant_count',
  options: BrowserContextOptions = {},
): Promise<Desk> {
  const context = await browser.newContext({ locale: 'id-ID', timezoneId: 'America/Lima', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000); // what does not come fails at its own line
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) faults.push(message.text());
  });
  await page.goto(`${url}/data${query}`);
  await page.locator('#layout li').first().waitFor();
  const desk: Desk = {
    page,
    faults,
    result: page.locator('#result'),
    outcome: page.locator('#outcome'),
    async drop(token, name, text) {
      await page.locator('#token').fill(token);
      const files = await page.evaluateHandle(
        ([fileName, content]) => {
          const transfer = new DataTransfer();
          transfer.items.add(new File([content], fileName, { type: 'text/csv' }));
          return transfer;
        },
        [name, text] as const,
      );
      await page.locator('#drop').dispatchEvent('drop', { dataTransfer: files });
    },
    async check(token, name, text) {
      await desk.drop(token, name, text);
      await page.locator('#start').click();
      await desk.result.waitFor();
    },
    async draft() {
      for (const box of await page.locator('#acknowledge [required]').all()) await box.check();
      await page.locator('#draft').click();
      await desk.outcome.waitFor();
      return /\w+\/\d+/.exec((await desk.outcome.textContent()) ?? '')?.[0] ?? '';
    },
    async openReleases(token) {
      await page.locator('#token').fill(token);
      await page.locator('#tab-releases').click();
      await page.locator('#release-list li').first().waitFor();
    },
    release: (id) => page.locator('#release-list > li').filter({ has: page.getByRole('heading', { name: `${id} ` }) }),
    async violations() {
      await page.evaluate(axe);
      const found: { id: string; nodes: { target: string[] }[] }[] = await page.evaluate(
        "axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then((r) => r.violations)",
      );
      return found.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} ${target.join(' ')}`));
    },
    overflow: () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
    close: () => context.close(),
  };
  return desk;
}

/** The text of an element as its reader sees it, in one line. */
export async function seen(place: Locator): Promise<string> {
  await place.waitFor();
  return (await place.allInnerTexts()).join(' ').replace(/\s+/g, ' ').trim();
}

/** How much of the page has jumped since it was opened, as browsers count it. */
export function layoutShift(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0;
        const add = (list: PerformanceObserverEntryList) => {
          for (const entry of list.getEntries()) sum += (entry as PerformanceEntry & { value: number }).value; // of layout-shift
        };
        new PerformanceObserver(add).observe({ type: 'layout-shift', buffered: true });
        setTimeout(() => resolve(sum), 300);
      }),
  );
}
