import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { openChromium } from '../support/chromium.js';
import type { Bench } from './bench.js';
import { well } from './site.js';
import { type Language, STATES, type State, tagOf } from './states.js';
import { until } from './wait.js';

const FOLDER = 'test/engines/aria';

/** What a screen reader is told of each state, beside what it was told when the file was committed; `--update` writes anew. */
export async function checkAria({ site, report, isUpdating }: Bench): Promise<void> {
  site.behave(well);
  await mkdir(FOLDER, { recursive: true });
  const browser = await openChromium();
  const page = await browser.newPage();
  try {
    for (const state of STATES) {
      for (const language of ['id', 'en'] as const) await compare(state, language);
    }
  } finally {
    await browser.close();
  }

  async function compare(state: State, language: Language): Promise<void> {
    await page.goto(site.show({ body: tagOf(state, language, 'light', site) }));
    const read = async () => String(await page.evaluate('probe.text()'));
    await until(read, (text) => state.words[language].every((each) => each.test(text)));
    const tree = await page.locator('coverage-widget').ariaSnapshot();
    const seen = `${tree.replace(/http:\/\/[\w.]+localhost:\d+/g, '').replace(/(\/graphql)\?.*/g, '$1')}\n`;
    const file = `${FOLDER}/${state.name.replace(/\W+/g, '-')}.${language}.txt`;
    if (isUpdating) await writeFile(file, seen);
    const kept = existsSync(file) ? await readFile(file, 'utf8') : '';
    report.note({
      check: 'ARIA',
      engine: 'Chromium',
      subject: `${state.name}, ${language}`,
      problem: difference(kept, seen),
    });
  }
}

/** The first line that is not as it was. */
function difference(kept: string, seen: string): string {
  const [before, after] = [kept.split('\n'), seen.split('\n')];
  const index = Array.from({ length: Math.max(before.length, after.length) }, (_, line) => line).find(
    (line) => before[line] !== after[line],
  );
  return index === undefined ? '' : `line ${index + 1}: "${after[index] ?? ''}" instead of "${before[index] ?? ''}"`;
}
