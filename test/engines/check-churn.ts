import { type Browser, type CDPSession, chromium } from 'playwright-core';
import type { Bench } from './bench.js';
import { well } from './site.js';

const BATCH = 100;

interface Counters {
  readonly documents: number;
  readonly nodes: number;
  readonly jsEventListeners: number;
}

/** Tags that are put into a page and taken out again, before their figure is there and after, leave nothing behind. */
export async function checkChurn({ site, report, mounts }: Bench): Promise<void> {
  site.behave(well);
  const browser = await openWithGc();
  try {
    const page = await browser.newPage();
    const session = await page.context().newCDPSession(page);
    await page.goto(site.show({ body: '<div id="place"></div>' }));
    await churn(BATCH * 2); // what is made once is made
    const before = await countersOf(session);
    await churn(mounts);
    const after = await countersOf(session);
    const rows = (Object.keys(before) as (keyof Counters)[]).map((name) => [
      name,
      String(before[name]),
      String(after[name]),
    ]);
    report.figures([`${mounts} mounts and unmounts`, 'before', 'after'], rows);
    const finding = { check: 'churn', engine: 'Chromium' };
    report.same({ ...finding, subject: 'back to the start' }, after, before);
    const more = after.nodes - before.nodes + after.jsEventListeners - before.jsEventListeners;
    const problem = more > mounts / 20 ? `${more} nodes and listeners more after ${mounts} tags` : '';
    report.note({ ...finding, subject: 'growth with the number of tags', problem });

    async function churn(count: number): Promise<void> {
      for (let done = 0; done < count; done += BATCH) {
        const isAwaited = (done / BATCH) % 2 === 0;
        await page.evaluate(`(async () => {
          const place = document.querySelector('#place');
          place.innerHTML = '<coverage-widget region="19.03"></coverage-widget>'.repeat(${BATCH});
          await new Promise((resolve) => setTimeout(resolve, ${isAwaited ? 400 : 0}));
          place.replaceChildren();
        })()`);
      }
      await page.waitForTimeout(1_000);
    }
  } finally {
    await browser.close();
  }
}

function openWithGc(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--js-flags=--expose-gc', '--disable-background-networking'],
  });
}

/** After collections of garbage over five seconds: timers that run out and answers that come late hold what they know. */
async function countersOf(session: CDPSession): Promise<Counters> {
  const expression = 'new Promise((resolve) => setTimeout(() => resolve(gc()), 250))';
  for (let round = 0; round < 20; round += 1)
    await session.send('Runtime.evaluate', { expression, awaitPromise: true });
  return session.send('Memory.getDOMCounters');
}
