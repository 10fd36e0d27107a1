import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openDatabase } from '../services/kit/database.js';
import { openSubgraphDatabase } from '../services/kit/subgraph-database.js';
import { freshSqlite } from './support/databases.js';
import { freshMariaDb } from './support/mariadb.js';
import { freePort, type Running, startProcess } from './support/processes.js';

const PROGRAM = ['--disable-warning=ExperimentalWarning', 'dist/services/cli/main.js'];
const LOAD_TOKEN = 'load token of a test';
const REGISTRY_TOKEN = 'registry token of a test';

type Env = Readonly<Record<string, string>>;

/** What a command wrote, and its exit code. */
interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command of Cakupan to its end, which is soon; a server that came up would be killed and end with -1. */
function run(words: readonly string[], env: Env = {}): Promise<Ended> {
  const options = { env: { ...process.env, PORT: '0', LOAD_TOKEN, ...env }, timeout: 25_000 };
  return new Promise((resolve) => {
    execFile(process.execPath, [...PROGRAM, ...words], options, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code ?? -1), stdout, stderr }),
    );
  });
}

/** Refused: one line on stderr, nothing on stdout. */
function refusal(line: string, code = 1): object {
  return { code, stdout: '', stderr: expect.stringMatching(new RegExp(`^cakupan: ${line}\\n$`)) };
}

async function freshFolder(): Promise<string> {
  return mkdtemp(join(process.env.TEST_FOLDER ?? '', 'start-'));
}

describe('a bad start', () => {
  test('names every bad setting together, and makes no file', async () => {
    const folder = await freshFolder();
    const env = {
      PORT: '99999',
      LOG_LEVEL: 'loud',
      MAX_DEPTH: '0',
      LOAD_TOKEN: 'short',
      REGISTRY_URL: 'registry:4002',
    };
    expect(await run(['start'], { ...env, DATABASE_URL: `sqlite:${folder}/new/x.sqlite` })).toEqual(
      refusal(
        [
          'PORT must be a port \\(0 to 65535\\); it is "99999"',
          'LOG_LEVEL must be one of debug, info, warn, error, silent; it is "loud"',
          'LOAD_TOKEN must have at least 16 characters',
          'REGISTRY_URL must be an http or https address; it is "registry:4002"',
          'MAX_DEPTH must be a whole number \\(1 to 100\\); it is "0"',
        ].join('; '),
      ),
    );
    expect(await readdir(folder)).toEqual([]);
  });

  test.each([
    [['start', 'nothing'], {}, 'there is no service "nothing": choose one of all, registry, subgraphs, gateway'],
    [
      ['start'],
      { SUBGRAPHS: 'regions,nothing' },
      'there is no subgraph "nothing": SUBGRAPHS may name regions, .+, with commas between',
    ],
    [['start', 'gateway'], {}, 'REGISTRY_URL must be set: .+'],
    [['start', 'subgraphs'], {}, 'REGISTRY_URL must be set: .+'],
    [
      ['start', 'subgraphs'],
      { REGISTRY_URL: 'http://127.0.0.1:1', SUBGRAPHS: 'participants' },
      'SUBGRAPH_URLS must name regions, .+',
    ],
  ])('of %j with %j says what is missing', async (words, env, line) => {
    const folder = await freshFolder();
    expect(await run(words, { ...env, DATABASE_URL: `sqlite:${folder}/x.sqlite` })).toEqual(refusal(line));
    expect(await readdir(folder)).toEqual([]);
  });

  test('on a port in use says which, and leaves the one that has it alone', async () => {
    const other = await listen(createServer((_, answer) => answer.end('other')));
    const env = { PORT: String(portOf(other)), FIRST_LOAD: 'none', DATABASE_URL: await freshSqlite() };
    expect(await run(['start'], env)).toEqual(
      refusal(`port ${portOf(other)} is in use: stop what listens there, or set PORT to another`),
    );
    expect(await fetch(urlOf(other)).then((answer) => answer.text())).toBe('other');
    other.close();
  });

  test('without its database says why, and hides the password', async () => {
    const folder = await freshFolder();
    await writeFile(join(folder, 'file'), '');
    const port = await freePort();
    expect(await run(['start'], { DATABASE_URL: `mysql://cakupan:hidden@127.0.0.1:${port}/cakupan` })).toEqual(
      refusal(
        `Database mysql://cakupan:\\*\\*\\*@127.0.0.1:${port}/cakupan cannot be used: .*ECONNREFUSED 127.0.0.1:${port}`,
      ),
    );
    expect(await run(['start'], { DATABASE_URL: `sqlite:${folder}/file/below/x.sqlite` })).toEqual(
      refusal(`Database sqlite:${folder}/file/below/x.sqlite cannot be used: ENOTDIR: .+`),
    );
  });

  test('on a file that is no database leaves it as it was', async () => {
    const folder = await freshFolder();
    const bytes = Buffer.from(Array.from({ length: 8192 }, (_, index) => (index * 7919) % 251));
    await writeFile(join(folder, 'x.sqlite'), bytes);
    expect(await run(['start'], { DATABASE_URL: `sqlite:${folder}/x.sqlite` })).toEqual(
      refusal(`Database sqlite:${folder}/x.sqlite cannot be used: file is not a database`),
    );
    expect(await readdir(folder)).toEqual(['x.sqlite']);
    expect((await readFile(join(folder, 'x.sqlite'))).equals(bytes)).toBe(true);
  });

  test.each([
    ['SQLite', freshSqlite],
    ['MariaDB', freshMariaDb],
  ])('on a %s database of a newer program names what it does not know, and changes nothing', async (_, makeUrl) => {
    const url = await makeUrl();
    await changeByNewer(url);
    const before = await findMigrations(url);
    expect(await run(['start'], { DATABASE_URL: url })).toEqual(
      refusal('The database was changed by a newer program \\(KitFuture9999999999999\\): .+'),
    );
    expect(await findMigrations(url)).toEqual(before);
  });
});

const DATA = 'services/subgraphs/participants/data';

describe('data load', () => {
  let server: Running;
  let url: string;

  beforeAll(async () => {
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    const env = {
      PORT: String(port),
      DATABASE_URL: await freshSqlite(),
      FIRST_LOAD: 'none',
      LOAD_TOKEN,
      SPOOL_FOLDER: await freshFolder(),
    };
    server = await startProcess({ args: [...PROGRAM, 'start'], env, ready: `${url}/readyz` });
  });

  afterAll(async () => {
    await server.stop();
  });

  const load = (dataset: string, file: string, env: Env = {}, more: readonly string[] = []) =>
    run(['data', 'load', dataset, file, ...more], { CAKUPAN_URL: url, ...env });

  test('says that no server answers, which dataset or file is not there, and that the token is wrong', async () => {
    const file = `${DATA}/source.csv`;
    const nowhere = `http://127.0.0.1:${await freePort()}`;
    expect(await load('region', file, { CAKUPAN_URL: nowhere })).toEqual(
      refusal(`the server at ${nowhere} did not answer: start it, or give its address with --url`, 3),
    );
    expect(await load('region', 'missing.csv')).toEqual(refusal('there is no file "missing.csv" that can be read', 2));
    expect(await load('nothing', file)).toEqual(refusal('There is no dataset "nothing": choose one of region, .+'));
    expect(await load('region', file, { LOAD_TOKEN: 'another token, also long' })).toEqual(
      refusal('A first load needs the load token: .+'),
    );
  });

  test('brings a file in after those it refers to, and the card is answered', async () => {
    const files = [
      ['region', 'services/subgraphs/regions/data/region.csv', /^region\/1: \d+ rows, seen from 1970-01-01T00:00:00/],
      ['participants_source', `${DATA}/source.csv`, /^participants_source\/1: \d+ rows, seen from 1970/],
      ['indicator', `${DATA}/indicator.csv`, /^indicator\/1: 10 rows, seen from 1970/],
      ['stated_coverage', `${DATA}/stated_coverage.csv`, /^stated_coverage\/4: 1 row, seen from 2024-10-13T16:59:59/m],
    ] as const;
    for (const [dataset, file, line] of files.slice(0, 3))
      expect(await load(dataset, file)).toEqual({ code: 0, stderr: '', stdout: expect.stringMatching(line) });
    const [figures, figuresFile, figuresLine] = files[3];
    expect((await load(figures, figuresFile)).stderr).toContain('stated_coverage.csv has warnings: W2 (1)');
    expect(await load(figures, figuresFile, {}, ['--acknowledge', 'W2'])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(figuresLine),
    });
    expect(await untilCovered(url)).toEqual({ name: 'Kabupaten Bangka Selatan', coverage: { percent: 21 } });
    const [dataset, file] = files[3];
    expect(await load(dataset, file)).toEqual(refusal('Dataset stated_coverage has releases already; .+'));
  }, 30_000);

  test('lists what is wrong with a file in both languages, and publishes nothing of it', async () => {
    const file = join(await freshFolder(), 'target.csv');
    const [header] = (await readFile(`${DATA}/target.csv`, 'utf8')).split('\n');
    const rows = ['1903,2025,ucj,50,,,,,,nothing,', '19.99,2025,ucj,50,,,,,,antara-babel-471081,'];
    await writeFile(file, `${[header, ...rows].join('\n')}\n`);
    const { code, stdout, stderr } = await load('target', file);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr.trimEnd().split('\n')).toEqual([
      expect.stringMatching(
        /^cakupan: target\.csv is not a target file we can publish: 2 problems; the first, line 2: ./,
      ),
      expect.stringMatching(/^ {2}target\.csv:2:region_code E2 {2}.*"1903" bukan .+ \/ .*"1903" is not ./),
      expect.stringMatching(/^ {6}-> .+ \/ ./),
      '  target.csv:3:region_code E2  wilayah 19.99 tidak dikenal / there is no region 19.99',
      expect.stringMatching(/^ {6}-> cari kodenya .+ \/ look it up ./),
    ]);
    expect(await ask(url, '{ releases(dataset: "target") { id } }')).toMatchObject({ data: { releases: [] } });
  });

  test('stops the server with 0 when it is told to', async () => {
    expect(await server.stop()).toEqual({ code: 0, signal: null });
  });
});

describe('a server told to stop', () => {
  test('gives the answer it is at, takes no other request, and ends with 0', async () => {
    const registryPort = await freePort();
    const registryUrl = `http://127.0.0.1:${registryPort}`;
    const registry = await startProcess({
      args: [...PROGRAM, 'start', 'registry'],
      env: { PORT: String(registryPort), DATABASE_URL: await freshSqlite(), REGISTRY_TOKEN },
      ready: `${registryUrl}/readyz`,
    });
    const asked = signal();
    const slow = await listen(slowRegions(asked.give));
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const gateway = await startProcess({
      args: [...PROGRAM, 'start', 'gateway'],
      env: { PORT: String(port), REGISTRY_URL: registryUrl, SUBGRAPH_URLS: `regions=${urlOf(slow)}/graphql` },
      ready: `${url}/readyz`,
    });
    const answer = ask(url, '{ region(code: "19.03") { name } }');
    await asked.given;
    const exit = gateway.stop('SIGTERM');
    const first = await Promise.race([answer, untilRefused(url)]);
    expect(first).toBe('refused');
    expect(await answer).toEqual({ data: { region: { name: 'Slow' } }, extensions: { edition: null } });
    expect(await exit).toEqual({ code: 0, signal: null });
    expect(await registry.stop('SIGINT')).toEqual({ code: 0, signal: null });
    slow.close();
  });
});

/** An outside subgraph that takes its time: regions, each named Slow. */
function slowRegions(onAsked: () => void): Server {
  return createServer((request, answer) => {
    onAsked();
    answer.setHeader('as-of', String(request.headers['as-of']));
    answer.setHeader('content-type', 'application/json');
    setTimeout(() => answer.end(JSON.stringify({ data: { region: { name: 'Slow' } } })), 1500);
  });
}

function listen(server: Server): Promise<Server> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port; // a string only for pipes
}

function urlOf(server: Server): string {
  return `http://127.0.0.1:${portOf(server)}`;
}

/** Something to wait for. */
function signal() {
  let give = () => {};
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { given, give };
}

async function ask(url: string, query: string): Promise<unknown> {
  const response = await fetch(`${url}/graphql?${new URLSearchParams({ query })}`);
  return response.json();
}

/** Says so when new connections are refused. */
async function untilRefused(url: string): Promise<'refused'> {
  const isOpen = await fetch(`${url}/livez`).then(
    ({ ok }) => ok,
    () => false,
  );
  return isOpen ? untilRefused(url) : 'refused';
}

/** The region with its coverage, once the gateway has heard of the figures: within a second or so. */
async function untilCovered(url: string): Promise<unknown> {
  const { data } = (await ask(url, COVERAGE)) as Covered; // the shape asked for
  return data.region.coverage ? data.region : untilCovered(url);
}

interface Covered {
  readonly data: { readonly region: { readonly coverage: object | null } };
}

const COVERAGE = '{ region(code: "19.03") { name coverage { percent } } }';

/** A newer program has made its tables here, and one more change that we do not know. */
async function changeByNewer(url: string): Promise<void> {
  const db = await openSubgraphDatabase({ url, subgraphs: [] });
  await db.write((tx) =>
    tx.query("INSERT INTO migrations (timestamp, name) VALUES (9999999999999, 'KitFuture9999999999999')"),
  );
  await db.close();
}

async function findMigrations(url: string): Promise<unknown> {
  const db = await openDatabase({ url, entities: [], migrations: [] });
  const rows = await db.query('SELECT name FROM migrations ORDER BY id');
  await db.close();
  return rows;
}
