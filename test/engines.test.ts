import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { freshFolder } from './support/databases.js';

const run = promisify(execFile);

test('the checks in real engines find nothing new in the bars and the ARIA trees of Chromium', async () => {
  const words = [
    'dist/test/engines/nightly.js',
    'pixels',
    'aria',
    '--engine',
    'chromium',
    '--screenshots',
    await freshFolder(),
  ];
  const { stdout } = await run(process.execPath, words, { timeout: 120_000 });
  const tallies = [...stdout.matchAll(/^\| (\S+) +\| Chromium.*$/gm)].map(([line]) => line.replace(/\s+/g, ' '));
  expect(tallies).toEqual([
    expect.stringMatching(/^\| pixels \| Chromium \d+ \| 3 \| 0 \| 0 \|$/),
    '| ARIA | Chromium | 34 | 0 | 0 |',
  ]);
}, 130_000);
