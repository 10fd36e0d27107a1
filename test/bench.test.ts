import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';

const run = promisify(execFile);

/** The rows of the tables a bench printed, without their rules. */
async function rowsOf(bench: string): Promise<string[][]> {
  const { stdout } = await run('npm', ['run', '--silent', bench, '--', '--smoke'], { timeout: 240_000 });
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

test('the bench of past editions prints a ratio to the smallest for every size, on both databases', async () => {
  const rows = await rowsOf('bench:asof');
  const sizes = [
    ['10,000', '10'],
    ['50,000', '10'],
  ];
  expect(rows.map(([observations, releases]) => [observations, releases])).toEqual([
    ['SQLite: observations', 'releases'],
    ...sizes,
    ['MariaDB: observations', 'releases'],
    ...sizes,
  ]);
  const ratios = rows.filter(([first]) => !first?.includes(':')).map((row) => Number(row.at(-1)));
  expect(ratios.every((ratio) => ratio > 0)).toBe(true);
}, 120_000);

test('the bench of a load prints the rate of each way in against the baseline, on both databases', async () => {
  const rows = await rowsOf('bench:load');
  const named = (text: string) => rows.filter(([name]) => name?.startsWith(text));
  expect(named('ours: check and publish').map((row) => Number(row[3]) > 0)).toEqual([true, true]);
  expect(named('baseline').map((row) => row[3])).toEqual(['1.00', '1.00']);
}, 120_000);

test('the bench of memory finds nothing that a process keeps of each row', async () => {
  const [, small, large] = await rowsOf('nightly:memory');
  const [before, after] = [small, large].map((row) => Number(row?.at(-1)));
  expect(after).toBeLessThan(300); // the aim for a gigabyte holds for less
  expect(Number(after) - Number(before)).toBeLessThan(150); // MB; all rows as they were read would be 260
}, 240_000);

test('the bench of hostile requests prints what each costs, and none as much as ten cards', async () => {
  const [, cards, ...refused] = await rowsOf('bench:hostile');
  expect(cards?.at(-1)).toBe('1.00');
  expect(refused.length).toBeGreaterThan(30);
  expect(refused.filter((row) => !(Number(row.at(-1)) < 1))).toEqual([]);
}, 120_000);

test('the bench of gateways finds equal answers, and prints the rate and the CPU time of each', async () => {
  const rows = (await rowsOf('bench:gateways')).filter((row) => !row[0]?.startsWith('-'));
  const titles = rows.filter(([, rate]) => rate === 'requests/s').map(([title = '']) => title);
  expect(titles).toEqual([
    expect.stringMatching(/^card: 3\.\d kB, 2 to 2 calls/),
    expect.stringMatching(/^big: 1\d\d\.\d kB, \d+ to \d+ calls/),
  ]);
  expect(rows.filter(([name]) => name === 'ours').map((row) => Number(row.at(-1)) < 1)).toEqual([true, true]);
}, 240_000);

test('the bench of the kept card sends the same bytes as a bare server', async () => {
  const rows = await rowsOf('bench:cached');
  expect(rows.map(([name]) => name)).toEqual([
    expect.stringMatching(/^card, /),
    'bare node:http, the same bytes',
    'ours, kept',
    'stock Apollo Server and gateway, uncached',
  ]);
}, 240_000);

test('the bench of live answers reaches every listener', async () => {
  const [, bare, ours] = await rowsOf('bench:live');
  expect([bare?.length, ours?.length, Number(ours?.[3]) < 5000]).toEqual([7, 7, true]);
}, 240_000);

test('the bench of endurance sees no answer that failed or mixed editions, and no growth', async () => {
  const rows = await rowsOf('bench:endurance');
  expect(Number(rows.find(([name]) => name === 'ratio')?.[1])).toBeLessThan(1.5);
}, 240_000);
