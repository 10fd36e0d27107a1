import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createConnection } from 'mysql2/promise';
import { readConfig } from '../services/config.js';
import {
  type Addresses,
  checkHealth,
  demandedNames,
  findAddresses,
  programsOf,
  readCompose,
  type Settings,
  startService,
  startServices,
} from './support/compose.js';
import { codeOf, sendFile } from './support/data-client.js';
import { freshMariaDb } from './support/mariadb.js';
import { startNginx } from './support/nginx.js';
import type { Running } from './support/processes.js';
import { listPaths, readText } from './support/sources.js';

const OPERATOR = {
  DATABASE_PASSWORD: 'passwordOfATest',
  REGISTRY_TOKEN: 'registry token of a test',
  LOAD_TOKEN: 'load token of a test',
};
const GATEWAYS = ['gateway-1', 'gateway-2'] as const;

const compose = readCompose(OPERATOR);
const programs = programsOf(compose);
const subgraphs = listPaths('schema/subgraphs').map((path) => path.replace(/^.*\/|\.graphql$/g, ''));

describe('docker-compose.yml', () => {
  test('tells the operator each value that must be set, and is not read without it', () => {
    const [head = ''] = readText('docker-compose.yml').split(/^[^#]/m);
    const described = [...head.matchAll(/^# {3}([A-Z_]+) {2,}\S/gm)].map(([, name]) => name);
    expect(demandedNames()).toEqual(Object.keys(OPERATOR).sort());
    expect(described).toEqual(expect.arrayContaining(demandedNames()));
    for (const name of demandedNames()) expect(() => readCompose({ ...OPERATOR, [name]: '' })).toThrow(name);
  });

  test('holds no secret: each is a value of the operator', () => {
    const marked = readCompose({ DATABASE_PASSWORD: '<1>', REGISTRY_TOKEN: '<2>', LOAD_TOKEN: '<3>' });
    const secrets = settingsOf(Object.values(marked.services).map(({ environment = {} }) => environment));
    const ours = secrets.filter(([name]) => /TOKEN|PASSWORD$|DATABASE_URL/.test(name) && !/RANDOM/.test(name));
    expect(ours.map(([, value]) => value.match(/<\d>/g))).toEqual(ours.map(() => [expect.any(String)]));
    expect(ours.length).toBeGreaterThan(5);
  });

  test('gives programs only settings that they read, and values that they accept', () => {
    for (const [, { environment = {} }] of programs) {
      expect(unknownNames(environment)).toEqual([]);
      expect(() => readConfig(environment)).not.toThrow();
    }
    expect(unknownNames({ PORT: '4000', SUBGRAPH_URL: 'regions=http://x' })).toEqual(['SUBGRAPH_URL']);
  });

  test('hosts every subgraph once, and tells the gateways where each is', () => {
    const hosts = programs.filter(([, { command }]) => command?.includes('subgraphs'));
    const places = hosts.flatMap(([name, { environment = {} }]) => {
      const { subgraphs: hosted, port } = readConfig(environment);
      return (hosted ?? []).map((one) => [one, `http://${name}:${port}/${one}/graphql`] as const);
    });
    expect(places.map(([name]) => name).sort()).toEqual(subgraphs);
    for (const name of GATEWAYS) {
      const { subgraphUrls } = readConfig(compose.services[name]?.environment ?? {});
      expect(Object.fromEntries(subgraphUrls)).toEqual(Object.fromEntries(places));
    }
  });

  test('publishes a port of nginx and of nothing else', () => {
    const published = Object.entries(compose.services).filter(([, { ports }]) => ports !== undefined);
    expect(published.map(([name, { ports }]) => [name, ports])).toEqual([['nginx', ['4000:8080']]]);
  });
});

describe('the services of docker-compose.yml, run as processes', () => {
  let addresses: Addresses;
  let running: Map<string, Running>;
  let nginx: Running;
  let front: string;
  const urls: string[] = [];

  beforeAll(async () => {
    const database = ['mariadb:3306/cakupan', await makeDatabase()] as const;
    addresses = new Map([...(await findAddresses(compose)), database]);
    running = await startServices(compose, addresses);
    urls.push(...GATEWAYS.map((name) => `http://${addresses.get(`${name}:4000`)}`));
    ({ url: front, running: nginx } = await startNginx(compose, addresses));
  }, 60_000);

  afterAll(() => Promise.all([...running.values(), nginx].map((one) => one.stop('SIGKILL'))));

  const stop = (name: string, signal?: NodeJS.Signals) => running.get(name)?.stop(signal);
  const start = async (name: string) => running.set(name, await startService(compose, name, addresses));

  test('are healthy by the health check of the file', async () => {
    const codes = await Promise.all(programs.map(([name]) => checkHealth(compose, name, addresses)));
    expect(codes).toEqual(programs.map(() => 0));
  });

  test('answer the card query with whole figures, the same bytes through each gateway and through nginx', async () => {
    const answers = await Promise.all([...urls, front].map((url) => askCard(url, ['19.03', '19', '00'])));
    expect(answers[0]?.body).toEqual({
      data: { regionsByCode: [BANGKA_SELATAN, BABEL, INDONESIA] },
      extensions: { edition: expect.stringMatching(/^\d{4}-/) },
    });
    expect(answers.map(({ text, etag }) => [text, etag])).toEqual(
      answers.map(() => [answers[0]?.text, answers[0]?.etag]),
    );
  });

  test('pass a file on to the host that keeps its dataset', async () => {
    const file = readText('services/subgraphs/participants/data/stated_coverage.csv');
    const [one = ''] = urls;
    expect(await load(one, 'stated_coverage', OPERATOR.LOAD_TOKEN, file)).toEqual([400, 'DATASET_NOT_EMPTY']);
    expect(await load(front, 'stated_coverage', 'another-token-also-long', file)).toEqual([401, 'BAD_TOKEN']);
    expect(await load(front, 'region', 'a-third-token-also-long', file)).toEqual([401, 'BAD_TOKEN']);
    expect(await load(front, 'nothing', OPERATOR.LOAD_TOKEN, file)).toEqual([400, 'UNKNOWN_DATASET']);
  });

  test('answer in part while a host is down, naming the subgraph, and whole again when it is back', async () => {
    const [one = '', other = ''] = urls;
    await stop('host-figures', 'SIGKILL');
    for (const url of urls) expect((await askCard(url, ['19.03'])).body).toMatchObject(WITHOUT_PARTICIPANTS);
    expect(await load(one, 'stated_coverage', OPERATOR.LOAD_TOKEN, '')).toEqual([400, 'SUBGRAPH_UNAVAILABLE']);
    expect(await checkHealth(compose, 'host-figures', addresses)).toBe(1);
    await start('host-figures');
    for (const url of [one, other]) {
      expect((await askCard(url, ['19.03'])).body).toMatchObject({ data: { regionsByCode: [BANGKA_SELATAN] } });
    }
  }, 20_000);

  test('lose no request while one gateway after the other is restarted', async () => {
    const load = keepAsking(front);
    for (const name of GATEWAYS) {
      expect(await stop(name)).toEqual({ code: 0, signal: null });
      await start(name);
      await delay(2_100); // nginx, counting whole seconds, tries a gateway again within two
    }
    const { asked, refused } = await load.stop();
    expect(refused).toEqual([]);
    expect(asked).toBeGreaterThan(100);
  }, 30_000);

  test('end with 0 on SIGTERM, every one, also while their clients are connected', async () => {
    const names = [...running.keys()];
    const exits = await Promise.all(names.map((name) => stop(name)));
    expect(Object.fromEntries(names.map((name, index) => [name, exits[index]]))).toEqual(
      Object.fromEntries(names.map((name) => [name, { code: 0, signal: null }])),
    );
  });
});

/** A database and a user with the rights that the image of MariaDB gives; the place of the database in an address. */
async function makeDatabase(): Promise<string> {
  const url = new URL(await freshMariaDb());
  const connection = await createConnection(url.href);
  await connection.query(`CREATE USER IF NOT EXISTS cakupan IDENTIFIED BY '${OPERATOR.DATABASE_PASSWORD}'`);
  await connection.query(`GRANT ALL ON ${url.pathname.slice(1)}.* TO cakupan`);
  await connection.end();
  return `${url.host}${url.pathname}`;
}

function settingsOf(environments: readonly Settings[]): [string, string][] {
  return environments.flatMap((environment) => Object.entries(environment));
}

/** Names that no program asks its environment for. */
function unknownNames(environment: Settings): string[] {
  const asked = new Set<string | symbol>();
  const recorder = {
    get: (_: object, name: string | symbol) => {
      asked.add(name);
      return undefined;
    },
  };
  readConfig(new Proxy({}, recorder));
  return Object.keys(environment).filter((name) => !asked.has(name));
}

interface CardAnswer {
  readonly text: string;
  readonly body: unknown;
  readonly etag: string | null;
}

async function askCard(url: string, codes: readonly string[]): Promise<CardAnswer> {
  const documentId = createHash('sha256').update(readText('schema/operations/coverage-card.graphql')).digest('hex');
  const search = new URLSearchParams({ documentId, variables: JSON.stringify({ codes }) });
  const response = await fetch(`${url}/graphql?${search}`);
  const text = await response.text();
  return { text, body: JSON.parse(text), etag: response.headers.get('etag') };
}

/** Sends a file as a first load; gives the status and the code of the refusal. */
async function load(url: string, dataset: string, token: string, file: string): Promise<[number, unknown]> {
  const said = await sendFile(url, `${dataset}/load`, token, file);
  return [said.status, codeOf(said)];
}

interface Load {
  stop(): Promise<{ readonly asked: number; readonly refused: readonly string[] }>;
}

/** Asks by GET and by POST in turn, four at a time, until stopped; tells what was not answered. */
function keepAsking(url: string): Load {
  const query = '{ region(code: "19.03") { name } }';
  const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query }) };
  const refused: string[] = [];
  let asked = 0;
  let isStopped = false;
  const ask = async () => {
    const answer =
      asked++ % 2 ? fetch(`${url}/graphql`, post) : fetch(`${url}/graphql?${new URLSearchParams({ query })}`);
    const text = await answer.then((response) => response.text()).catch(String);
    if (!text.includes('Kabupaten Bangka Selatan')) refused.push(text);
    await delay(10); // leaves the machine time to start a gateway
  };
  const keepOn = async () => {
    while (!isStopped) await ask();
  };
  const asking = Promise.all([1, 2, 3, 4].map(keepOn));
  return {
    async stop() {
      isStopped = true;
      await asking;
      return { asked, refused };
    },
  };
}

const WITHOUT_PARTICIPANTS = {
  data: { regionsByCode: [{ code: '19.03', name: 'Kabupaten Bangka Selatan', kind: 'KABUPATEN', coverage: null }] },
  errors: [{ extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'participants' } }],
};

const UCJ = {
  id: 'ucj',
  comparabilityGroup: 'ucj',
  name: {
    id: 'Cakupan semesta jaminan sosial ketenagakerjaan (Universal Coverage Jamsostek)',
    en: 'Universal Coverage Jamsostek',
  },
  shortName: { id: 'UCJ', en: 'UCJ' },
  denominatorText: { id: expect.stringContaining('penduduk bekerja'), en: expect.stringContaining('persons employed') },
};

const STATED = { origin: 'STATED', denominator: null, obsStatus: 'A' };

const BANGKA_SELATAN = {
  code: '19.03',
  name: 'Kabupaten Bangka Selatan',
  kind: 'KABUPATEN',
  coverage: {
    ...STATED,
    percent: 21,
    asPrinted: '21',
    qualifier: 'ABOUT',
    approximate: true,
    date: '2024-10-12',
    numerator: null,
    flags: ['APPROXIMATE'],
    indicator: {
      id: 'unstated',
      comparabilityGroup: null,
      name: {
        id: 'Persentase tanpa definisi yang disebutkan',
        en: 'A percentage whose definition no source states',
      },
      shortName: { id: 'definisi tak disebutkan', en: 'definition not stated' },
      denominatorText: { id: 'Tidak disebutkan', en: 'Not stated' },
    },
    sources: [
      { publisher: 'ANTARA Babel', title: null, url: null, publishedOn: '2024-10-12' },
      {
        publisher: 'Tribun/Babel News',
        title: null,
        url: expect.stringMatching(/^https:\/\/babel\.tribunnews\.com\/2024\/10\/13\//),
        publishedOn: '2024-10-13',
      },
    ],
    release: releaseOf('2024-10-13'),
  },
};

const BABEL = {
  code: '19',
  name: 'Kepulauan Bangka Belitung',
  kind: 'PROVINSI',
  coverage: {
    ...STATED,
    percent: 33.1,
    asPrinted: '33,10',
    qualifier: null,
    approximate: false,
    date: '2025-12-14',
    numerator: 189742,
    flags: [],
    indicator: UCJ,
    sources: [
      {
        publisher: 'ANTARA Babel',
        title: null,
        url: expect.stringContaining('/534790/'),
        publishedOn: '2025-12-17',
      },
    ],
    release: releaseOf('2025-12-17'),
  },
};

const INDONESIA = {
  code: '00',
  name: 'Indonesia',
  kind: 'NEGARA',
  coverage: {
    ...STATED,
    percent: 35.68,
    asPrinted: '35,68',
    qualifier: null,
    approximate: false,
    date: '2025-04',
    numerator: null,
    flags: [],
    indicator: UCJ,
    sources: [
      {
        publisher: 'Ayo Nusa/Kemendagri',
        title: null,
        url: expect.stringMatching(/^https:\/\/ayonusa\.com\//),
        publishedOn: '2025-05-15',
      },
    ],
    release: releaseOf('2025-05-15'),
  },
};

/** A release of the first load: seen from the end of that day in Jakarta on. */
function releaseOf(day: string) {
  return { id: expect.stringMatching(/^stated_coverage\/\d+$/), publishedAt: `${day}T16:59:59.999Z` };
}
