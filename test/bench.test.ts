import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';

const run = promisify(execFile);

/** The rows of the tables a bench printed, without their rules. */
async function rowsOf(bench: string): Promise<string[][]> {
  const { stdout } = await run('npm', ['run', '--silent', bench, '--', '--smoke'], { timeout: 120_000 });
  const lines = stdout.split('\n').filter((line) => line.startsWith('| '));
  return lines.map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

test('the bench of the start prints the times, the memory and the statements of the card', async () => {
  const rows = await rowsOf('bench:start');
  expect(rows.map(([name]) => name)).toEqual([
    'start',
    'empty database, facts loaded',
    'database already filled',
    'aim',
    'card query',
    'first after an edition',
    'every later one',
    'aim',
  ]);
  expect(rows.find(([name]) => name === 'every later one')).toEqual(['every later one', '1', '1']);
}, 120_000);

test('the bench of the card finds equal answers and prints a ratio for each contender', async () => {
  const [, stock, ...ours] = await rowsOf('bench:card');
  expect(stock?.at(-1)).toBe('1.00');
  expect(ours.map((row) => Number(row.at(-1)) > 0)).toEqual([true, true, true]);
}, 120_000);
