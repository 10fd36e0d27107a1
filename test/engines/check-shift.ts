import type { Page } from 'playwright-core';
import { openChromium } from '../support/chromium.js';
import type { Bench } from './bench.js';
import { well } from './site.js';
import { STATES, type State, tagOf } from './states.js';

const WIDTHS = [280, 320, 768, 1440];
/** The line that docs/contracts/0001-tag.md gives to partners, for the time before the module is there. */
const ROOM = '<style>coverage-widget:not(:defined) { display: block; min-height: 420px; }</style>';
const ANSWER_MS = 300;

/** How much a partner's page moves while the module and the figure come, in Chromium, for every state and width. */
export async function checkShift({ site, report }: Bench): Promise<void> {
  const browser = await openChromium();
  site.behave((question, response) => void setTimeout(() => void well(question, response), ANSWER_MS));
  const page = await browser.newPage();
  const rows: string[][] = [];
  try {
    for (const state of STATES) {
      const shifts: number[] = [];
      for (const width of WIDTHS) shifts.push(await shiftOf(page, pageOf(state), width));
      rows.push([state.name, ...shifts.map((shift) => shift.toFixed(4))]);
      for (const [index, shift] of shifts.entries()) {
        const subject = `${state.name}, ${WIDTHS[index]} px`;
        report.note({ check: 'layout shift', engine: 'Chromium', subject, problem: shift > 0 ? shift.toFixed(4) : '' });
      }
    }
  } finally {
    await browser.close();
    site.behave(well);
  }
  report.figures(['layout shift', ...WIDTHS.map((width) => `${width} px`)], rows);

  function pageOf(state: State): string {
    return site.show({ head: ROOM, body: `<p>Teks</p>${tagOf(state, 'id', 'light', site)}<p>Teks sesudahnya</p>` });
  }
}

async function shiftOf(page: Page, url: string, width: number): Promise<number> {
  await page.setViewportSize({ width, height: 900 });
  await page.goto(url);
  await page.waitForTimeout(ANSWER_MS + 400);
  return Number(await page.evaluate('probe.moved()'));
}
