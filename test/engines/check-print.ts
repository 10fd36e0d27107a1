import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openChromium } from '../support/chromium.js';
import type { Bench } from './bench.js';
import { well } from './site.js';

const run = promisify(execFile);
const TAGS = 20;

/** A long page of twenty tags is printed as soon as it has loaded, and nobody has scrolled: all numbers are in the PDF. */
export async function checkPrint({ site, report }: Bench): Promise<void> {
  site.behave(well);
  const folder = await mkdtemp(join(tmpdir(), 'cakupan-print-'));
  const browser = await openChromium();
  try {
    const page = await browser.newPage({ viewport: { width: 800, height: 600 } });
    const tag = '<p>Teks</p><div style="height:900px"></div><coverage-widget region="19.03"></coverage-widget>';
    await page.goto(site.show({ body: tag.repeat(TAGS) }), { waitUntil: 'networkidle' });
    const file = join(folder, 'page.pdf');
    await page.pdf({ path: file });
    const { stdout } = await run('pdftotext', ['-layout', file, '-']);
    const numbers = stdout.match(/\b21%/g)?.length ?? 0;
    report.figures(['printed without scrolling', 'numbers'], [[`${TAGS} tags`, String(numbers)]]);
    report.same({ check: 'print', engine: 'Chromium', subject: 'numbers in the PDF' }, numbers, TAGS);
  } finally {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  }
}
