import { readFile } from 'node:fs/promises';
import type { Bench } from './bench.js';
import { type Picture, readPng } from './png.js';
import { well } from './site.js';
import { until } from './wait.js';

const PERCENT = 21;
const SLACK = 2; // percent: the ends are round and their pixels mixed

/** The bar as it was painted, where an engine gives screenshots: colours it does not know once drew 21 percent full. */
export async function checkPixels({ site, report, inEach, folder }: Bench): Promise<void> {
  site.behave(well);
  const rows: string[][] = [];
  await inEach('light', async (engine) => {
    if (!engine.screenshot) return;
    for (const theme of ['light', 'dark', 'auto']) {
      await engine.open(site.show({ body: `<coverage-widget region="19.03" theme="${theme}"></coverage-widget>` }));
      await until(
        () => engine.evaluate<string>('probe.text()'),
        (text) => text.includes('21%'),
      );
      const box = await engine.evaluate<number[]>('probe.bars()[0].box');
      const file = `${folder}/bar-${engine.name.replaceAll(' ', '-')}-${theme}.png`;
      await engine.screenshot(file);
      const share = paintedShare(readPng(await readFile(file)), box);
      rows.push([engine.name, theme, share.toFixed(1)]);
      const problem = Math.abs(share - PERCENT) > SLACK ? `${share.toFixed(1)} percent painted, see ${file}` : '';
      report.note({
        check: 'pixels',
        engine: engine.name,
        subject: `a bar of ${PERCENT} percent`,
        look: theme,
        problem,
      });
    }
  });
  report.figures(['painted bar', 'theme', 'percent of the track'], rows);
}

/** How far the colour of the bar's beginning reaches along the middle of its box, in percent of the box. */
function paintedShare(
  { rows, channels }: Picture,
  [left = 0, top = 0, width = 0, height = 0]: readonly number[],
): number {
  const row = rows[Math.round(top + height / 2)] ?? new Uint8Array();
  const colorAt = (x: number) => row.subarray(Math.round(x) * channels, Math.round(x) * channels + 3).join();
  const start = left + height; // past the round end
  let end = start;
  while (end < left + width && colorAt(end) === colorAt(start)) end += 1;
  return (100 * (end - left)) / width;
}
