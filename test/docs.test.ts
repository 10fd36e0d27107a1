import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { freePort, type Running, startProcess } from './support/processes.js';
import { exists, listPaths, readText } from './support/sources.js';

const run = promisify(execFile);
const README = readFileSync('README.md', 'utf8');

/** The command lines of the README's `sh` blocks, in order. */
const COMMANDS = [...README.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block = '']) => block.trim().split('\n'));

/** Commands that are run whole elsewhere: by `.ci/run`, and by the test of docker-compose.yml. */
const RUN_ELSEWHERE = ['npm ci', 'npm test', 'docker compose up --build'];

const isStart = (command: string) => command.endsWith('npm start');
const servers: Running[] = [];
let folder: string;
let ports: Readonly<Record<string, number>>;

/** The command with its ports replaced by free ones and its files in a folder of its own. */
const adapt = (command: string) =>
  command
    .replace(/(localhost:|PORT=)(400[01])/g, (_all, before: string, port: string) => `${before}${ports[port]}`)
    .replaceAll(/(?<![\w/])(\.\/)?\.data\//g, `${folder}/`);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cakupan-readme-'));
  ports = { 4000: await freePort(), 4001: await freePort() };
  for (const command of COMMANDS.filter(isStart)) {
    const port = command.includes('PORT=4001') ? ports[4001] : ports[4000];
    const env = {
      PORT: String(port),
      DATABASE_URL: `sqlite:${folder}/first.sqlite`,
      SPOOL_FOLDER: `${folder}/spool`,
      LOG_LEVEL: 'warn',
    };
    servers.push(
      await startProcess({
        command: 'bash',
        group: true,
        args: ['-c', adapt(command)],
        env,
        ready: `http://localhost:${port}/readyz`,
        readyMs: 60_000,
      }),
    );
  }
}, 120_000);

afterAll(async () => {
  for (const server of servers) await server.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('the README', () => {
  test('starts two servers with the commands it names', () => {
    expect(servers.map((server) => server.output().includes('Cakupan is at'))).toEqual([true, true]);
  });

  const others = COMMANDS.filter((command) => !isStart(command) && !RUN_ELSEWHERE.includes(command));
  test.each(others)(
    'works as written: %s',
    async (command) => {
      const isLive = command.includes('/live'); // it ends by its own time, which curl tells by 28
      const line = isLive ? `${adapt(command)} || test $? = 28` : adapt(command);
      const { stdout, stderr } = await run('bash', ['-c', line], { timeout: 60_000 });
      if (isLive) expect(stdout).toMatch(/^data: \{"data":\{"region":\{"coverage":/m);
      else if (command.startsWith('curl'))
        expect(JSON.parse(stdout)).toEqual(expect.not.objectContaining({ errors: expect.anything() }));
      if (command.includes('data load')) expect(stdout).toMatch(/seen from/);
      expect(stderr.replace(/^npm warn .*\n/gm, '')).toBe(''); // npm tells of its own settings there
    },
    90_000,
  );

  test('names no other command than those that are run', () => {
    expect(COMMANDS.filter((command) => !/^(npm |curl |head |docker compose |[A-Z_]+=)/.test(command))).toEqual([]);
    expect(readText('.ci/run')).toContain('npm ci');
    expect(readText('package.json')).toContain('"check":');
  });

  test('has a line for every setting, and for no other', () => {
    const named = [...README.matchAll(/^\| (`[A-Z_`, ]+`)/gm)].flatMap(([, cell = '']) =>
      [...cell.matchAll(/[A-Z_]{3,}/g)].map(([name]) => name),
    );
    const read = [...readText('services/config.ts').matchAll(/'([A-Z][A-Z_]+)'/g)].map(([, name]) => name);
    expect(new Set(named)).toEqual(new Set(read));
  });

  test('and every page it belongs to links to what exists', () => {
    const pages = listPaths().filter((path) => path.endsWith('.md'));
    const broken = pages.flatMap((page) =>
      [...readText(page).matchAll(/\]\((?!https?:|#|mailto:)([^)#]+)/g)].flatMap(([, link = '']) => {
        const target = join(page, '..', link);
        return exists(target) ? [] : [`${page} links to ${link}`];
      }),
    );
    expect(broken).toEqual([]);
  });
});
