import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort, startProcess } from '../support/processes.js';
import type { Bench } from './bench.js';
import { well } from './site.js';

const run = promisify(execFile);
const HERE = 'test/engines/lighthouse';

interface Mark {
  readonly url: string;
  readonly mark: number;
  readonly failed: readonly string[];
}

/** Lighthouse's mark for accessibility of the pages of a server with the real facts, and of the gallery of states. */
export async function checkLighthouse({ site, report }: Bench): Promise<void> {
  site.behave(well);
  await install();
  const folder = await mkdtemp(join(tmpdir(), 'cakupan-lighthouse-'));
  const port = await freePort();
  const server = await startProcess({
    args: ['--disable-warning=ExperimentalWarning', 'dist/services/cli/main.js', 'start'],
    env: {
      PORT: String(port),
      DATABASE_URL: `sqlite:${join(folder, 'figures.sqlite')}`,
      SPOOL_FOLDER: join(folder, 'spool'),
      LOAD_TOKEN: 'a-token-for-a-check',
      LOG_LEVEL: 'info',
      MAX_DELAY_MS: '0',
    },
    ready: /"event":"server\.started"/,
    readyMs: 120_000,
  });
  try {
    const origin = `http://127.0.0.1:${port}`;
    const urls = [`${origin}/`, `${origin}/r/19.03`, `${site.cdn}/demo/states.html`];
    const { stdout } = await run(process.execPath, [`${HERE}/audit.mjs`, ...urls], { timeout: 300_000 });
    const marks: readonly Mark[] = JSON.parse(stdout);
    for (const { url, mark, failed } of marks) {
      const problem = mark === 100 ? '' : `${mark}: ${failed.join('; ')}`;
      report.note({ check: 'Lighthouse', engine: 'Chromium', subject: new URL(url).pathname, problem });
    }
    report.figures(
      ['Lighthouse, accessibility', 'mark'],
      marks.map(({ url, mark }) => [new URL(url).pathname, String(mark)]),
    );
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Its 200 packages are for this check alone: they are not in the project's lock file. */
async function install(): Promise<void> {
  if (existsSync(`${HERE}/node_modules/lighthouse`)) return;
  await run('npm', ['install', '--no-package-lock', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: HERE });
}
