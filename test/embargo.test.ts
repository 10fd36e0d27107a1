import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { isDeepStrictEqual } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { buildSchema } from 'graphql';
import { dataFolder } from '../services/kit/discover.js';
import { draftFile } from '../services/kit/load.js';
import { silent } from '../services/kit/log.js';
import { createHostApp } from '../services/kit/serve.js';
import { sendFile, tokenFor } from './support/data-client.js';
import { freshSqlite } from './support/databases.js';
import { type ArgumentValues, selectField } from './support/selection.js';
import { shownPages } from './support/shown-pages.js';
import { createWorld, type StartedWorld, startWorld } from './support/world.js';

/** Invented figures that are scheduled: each can be told from every published one. */
const REGION = '19.02';
const SOURCE = 'antara-babel-534790';
const SCHEDULED: Readonly<Record<string, readonly string[]>> = {
  indicator: [],
  region: [],
  stated_coverage: [
    'region_code,date,indicator_id,percent,obs_status,conf_status,source_id',
    `${REGION},2025-12,ucj,77.13,A,F,${SOURCE}`,
    `19,2025-12-14,ucj,33.87,A,F,${SOURCE}`,
  ],
  participant_count: [
    'region_code,date,segment,program,status,value,source_id',
    `${REGION},2025-12,PU,JKK,ACTIVE,8123,${SOURCE}`,
  ],
  population_base: ['region_code,date,concept,value,source_id', `${REGION},2025-12,EMPLOYED,123987,${SOURCE}`],
  target: ['region_code,due,indicator_id,percent,source_id', `${REGION},2027,ucj,81.19,${SOURCE}`],
  series_event: [
    'region_code,date,kind,note_id,note_en,source_id',
    `${REGION},2025-06,RULE_CHANGE,catatan,remark 4711,${SOURCE}`,
  ],
  disbursement: [
    'region_code,period_start,period_end,period_kind,program,benefit_type,segment,basis,cases,amount_rupiah,obs_status,conf_status,source_id',
    `${REGION},2025-01-01,2025-12-31,YEAR,ALL,ALL,NOT_STATED,BRANCH,9391,7000093910,A,F,tribun-babel-2025-02-05`,
  ],
  benefit_rule: [
    'program,segment,parameter,value,unit,valid_from,source_id',
    'JKP,PU,invented_parameter,61,PERCENT_OF_WAGE,2026,okezone-2025-02-17',
  ],
};

const START = Date.parse('2026-03-01T05:00:00Z');
const AT = START + 600_000;
const PAST = '2026-01-01';
/** What tells the scheduled figures of each dataset, or their release, from all others. */
const MARKS: Readonly<Record<string, RegExp>> = {
  indicator: /invented|reason 8844/,
  region: /Nama Rekaan|reason 8844/,
  stated_coverage: /77\.13|33\.87|reason 8844/,
  participant_count: /,8123,|":"?8123|reason 8844/,
  population_base: /123987|reason 8844/,
  target: /81\.19|reason 8844/,
  series_event: /remark 4711|reason 8844/,
  disbursement: /9391|reason 8844/,
  benefit_rule: /invented_parameter|reason 8844/,
};

/** What an answer of the API shows that has none of the figures: the edition it is of. */
const EDITION = /"edition\\":\\"2026-03-01T05:10:00.000Z/;

/** A way by which a reader may learn something. */
interface Path {
  readonly name: string;
  /** What it tells once the instant has come, and not before; null where it tells the same for ever. */
  readonly shows: RegExp | 'something else' | null;
  ask(): Promise<Told>;
}

/** All that a reader gets, but for the time of day and, by POST, the id of the request. */
interface Told {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  /** SHA-256 of the bytes. */
  readonly bytes: string;
}

const queries = buildSchema(await readFile('schema/api.graphql', 'utf8')).getQueryType();
const ROOT_FIELDS = queries?.getFields() ?? {};

/** Every root field, with what is asked of it and what it shows then. */
const ASKED: Readonly<Record<string, readonly (readonly [ArgumentValues, RegExp | null])[]>> = {
  benefitRules: [
    [{ program: 'JKP' }, /invented_parameter/],
    [{ on: '"2026"' }, /invented_parameter/],
  ],
  compare: [[{ codes: '["19.02", "19"]' }, /77\.13/]],
  disbursementHistory: [[{ region: '"19.02"', period: '"2025"' }, /9391/]],
  history: [
    [{ region: '"19.02"', period: '"2025"' }, /77\.13/],
    [{ region: '"19"', period: '"2025"' }, /33\.87/],
  ],
  indicators: [[{}, /invented/]],
  participantHistory: [[{ region: '"19.02"', period: '"2025"' }, /8123/]],
  ranking: [
    [{ level: 'REGENCY' }, /77\.13/],
    [{ level: 'PROVINCE' }, /33\.87/],
  ],
  redactions: [[{}, EDITION]],
  region: [
    [{ code: '"19.02"' }, /77\.13.*8123|8123.*77\.13/],
    [{ code: '"19"' }, /33\.87/],
    [{ code: '"19.03"' }, EDITION],
  ],
  regions: [
    [{ search: '"rekaan"' }, /Nama Rekaan/],
    [{ level: 'PROVINCE' }, /33\.87/],
  ],
  regionsByCode: [],
  releases: [...Object.keys(SCHEDULED), 'participants_source'].map((dataset) => [
    { dataset: `"${dataset}"` },
    dataset in SCHEDULED ? /reason 8844/ : EDITION,
  ]),
};

test('every root field is asked', () => {
  expect(Object.keys(ASKED)).toEqual(Object.keys(ROOT_FIELDS));
});

describe.each([
  ['with its answers kept', '64'],
  ['with every answer computed anew', '0'],
])('a release that is scheduled, %s', (_, cache) => {
  const clock = { now: START };
  let world: StartedWorld;
  let host: FastifyInstance;
  const closers: (() => Promise<unknown>)[] = [];
  const before = new Map<string, Told>();
  let paths: readonly Path[] = [];
  let ids: string[] = [];

  beforeAll(async () => {
    const url = await freshSqlite();
    const env = { MAX_COST: '1000000000', MAX_FIELDS: '100000', ANSWER_CACHE_MB: cache };
    world = await startWorld({ url, clock: () => clock.now, env });
    closers.push(world.stop);
    const same = await createWorld({ url, clock: () => clock.now, load: false });
    const hosted = same.subgraphs.map(({ name }) => same.hosted(name));
    host = createHostApp({ hosted, office: same.office, loadToken: null, isReady: () => true, log: silent });
    closers.push(same.close, () => host.close());
    paths = [...(await apiPaths(world)), ...(await dataPaths(world)), ...pagePaths(world), ...hostPaths(host)];
    paths = [...paths, ...(await knownPaths(world)), ...(await senderPaths(world))];
    for (const path of paths) before.set(path.name, await path.ask());
  }, 60_000);
  afterAll(async () => {
    for (const close of closers.reverse()) await close();
  });

  const MOMENTS: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['drafted', async () => (ids = await draftAll(world))],
    ['approved', () => world.office.publication.approve(ids, 'tok_test0002 approver', AT, ids)],
    [
      'armed and sealed',
      async () => {
        clock.now = AT - 12_000;
        await world.office.publication.tick();
        const { seals } = await world.loader.log.read(0);
        expect(seals.filter(({ instant }) => instant === AT).length).toBe(ids.length);
      },
    ],
    [
      'due in three seconds',
      async () => {
        clock.now = AT - 3000; // the gateway counts on between two looks at the log
      },
    ],
  ];

  test.each(MOMENTS)(
    'is on no path when it is %s: not a byte and not a header differs',
    async (_moment, act) => {
      await act();
      await world.poll();
      for (const path of paths) expect([path.name, await path.ask()]).toEqual([path.name, before.get(path.name)]);
    },
    60_000,
  );

  test('is on every path from its instant on, and the past is as it was', async () => {
    clock.now = AT;
    await world.poll();
    const wrong: unknown[] = [];
    for (const { name, shows, ask } of paths) {
      const [told, was] = [await ask(), before.get(name)];
      const isChanged = !isDeepStrictEqual(told, was);
      if (shows instanceof RegExp ? isShown(shows, told) && !isShown(shows, was) : isChanged === (shows !== null))
        continue;
      wrong.push([name, told.status, told.text.slice(0, 500), was?.text.slice(0, 500)]);
    }
    expect(wrong).toEqual([]);
  }, 60_000);
});

function isShown(shows: RegExp, told: Told | undefined): boolean {
  return shows.test(JSON.stringify(told));
}

async function tell(url: string, init: RequestInit = {}): Promise<Told> {
  const response = await fetch(url, { ...init, headers: { 'accept-encoding': 'identity', ...init.headers } });
  const { date: _date, ...headers } = Object.fromEntries(response.headers);
  if (init.method === 'POST') delete headers['x-request-id'];
  return told(response.status, headers, Buffer.from(await response.arrayBuffer()));
}

function told(status: number, headers: Told['headers'], bytes: Buffer): Told {
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const text = (isGzip ? gunzipSync(bytes) : bytes).toString().replaceAll(/now \([^)]*\)/g, 'now');
  return { status, headers, text, bytes: createHash('sha256').update(text).digest('hex') };
}

/** Asks by GET, as pages do, what an address can hold. */
function tellAnswer(url: string, text: string, asOf?: string): Promise<Told> {
  if (text.length < MOST_IN_ADDRESS)
    return tell(`${url}/graphql?${new URLSearchParams({ query: text, ...(asOf === undefined ? {} : { asOf }) })}`);
  const body = JSON.stringify({ query: text, ...(asOf === undefined ? {} : { extensions: { asOf } }) });
  return tell(`${url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
}

const MOST_IN_ADDRESS = 6000;
const COMMON: ArgumentValues = { indicator: '"ucj"' };
const DEPTH = 3;

function questionOf(field: string, values: ArgumentValues, depth = DEPTH): string {
  const found = ROOT_FIELDS[field];
  if (!found) throw new Error(`there is no root field ${field}`);
  return `{ ${selectField(found, depth, { ...COMMON, ...values })} }`;
}

/** The API, by every root field, and every region of the list; now and at instants asked for. */
async function apiPaths({ url, ask }: StartedWorld): Promise<Path[]> {
  const { data } = await ask('{ regions(first: 1000) { nodes { code } } }');
  const { nodes } = (data as { regions: { nodes: { code: string }[] } }).regions; // as asked
  const codes = nodes.map(({ code }) => code);
  const lists = Array.from({ length: Math.ceil(codes.length / 100) }, (_, n) => codes.slice(100 * n, 100 * (n + 1)));
  const asked = Object.entries(ASKED).flatMap(([field, variants]) =>
    variants.map(([values, shows]) => ({
      name: `${field} ${JSON.stringify(values)}`,
      text: questionOf(field, values),
      shows,
    })),
  );
  const ofRegions = lists.map((list, index) => ({
    name: `regionsByCode ${index}`,
    text: questionOf('regionsByCode', { codes: JSON.stringify(list) }, 2),
    shows: list.includes('19') ? /33\.87/ : list.includes(REGION) ? /77\.13/ : EDITION,
  }));
  return [...asked, ...ofRegions].flatMap(({ name, text, shows }) => [
    { name, shows, ask: () => tellAnswer(url, text) },
    { name: `${name} of the past`, shows: null, ask: () => tellAnswer(url, text, PAST) },
    { name: `${name} ahead`, shows, ask: () => tellAnswer(url, text, new Date(AT).toISOString()) },
  ]);
}

/** The files and lists of each dataset, and its releases by their numbers, those to come included. */
async function dataPaths({ url, loader }: StartedWorld): Promise<Path[]> {
  const paths: Path[] = [];
  const add = (address: string, shows: Path['shows'], init?: RequestInit) =>
    paths.push({
      name: `${init?.method ?? 'GET'} ${address}`,
      shows,
      ask: () => tell(`${url}/data${address}`, init),
    });
  add('', null);
  for (const { name } of loader.datasets) {
    const shows = MARKS[name] ?? null;
    const [row] = await loader.db.query('SELECT MAX(number) AS number FROM data_release WHERE dataset = ?', [name]);
    const next = Number(row?.number) + 1;
    for (const file of [`/${name}.csv`, `/${name}.csv.gz`, `/${name}/${name}.csv`]) add(file, shows);
    add(`/${name}.csv`, shows && 'something else', { method: 'HEAD' });
    add(`/${name}.csv?asOf=${PAST}`, null);
    add(`/${name}.csv?asOf=${new Date(AT).toISOString()}`, shows ?? 'something else');
    add(`/${name}.csv?release=${next}`, shows);
    add(`/${name}/datapackage.json`, null);
    add(`/${name}/releases`, shows);
    add(`/${name}/releases/${next}`, shows);
    add(`/${name}/releases/${next + 1}`, null);
    add(`/${name}/releases/${next}/changes`, null);
    add(`/${name}/diff/${next - 1}/${next}`, shows && 'something else');
    add(`/${name}/diff/${PAST}/${new Date(AT).toISOString()}`, 'something else');
    add(`/${name}/verify`, null);
  }
  return paths;
}

function pagePaths({ url }: StartedWorld): Path[] {
  const pages = shownPages({ url, region: REGION, past: PAST });
  return pages.map(([address, shows]) => ({ name: address, shows, ask: () => tell(`${url}${address}`) }));
}

/** A host of subgraphs asked directly, past the gateway. */
function hostPaths(host: FastifyInstance): Path[] {
  const text = '{ _entities(representations: [{ __typename: "Region", code: "19.02" }]) { ... on Region { FIELDS } } }';
  const asked = [
    ['participants', text.replace('FIELDS', 'coverage(indicator: "ucj") { percent } participants { value }'), /77\.13/],
    ['benefits', text.replace('FIELDS', 'disbursements { cases }'), /9391/],
    ['catalog', '{ releases(dataset: "stated_coverage") { id reason } }', /reason 8844/],
    ['regions', '{ region(code: "19.02") { aliases } }', /Nama Rekaan/],
  ] as const;
  const post = async (name: string, question: string, headers: Record<string, string>): Promise<Told> => {
    const url = `/${name}/graphql`;
    const response = await host.inject({ method: 'POST', url, headers, payload: { query: question } });
    const { date: _date, ...rest } = response.headers;
    return told(response.statusCode, rest, response.rawPayload);
  };
  return asked.flatMap(([name, question, shows]) => [
    { name: `host of ${name}`, shows, ask: () => post(name, question, {}) },
    { name: `host of ${name} ahead`, shows, ask: () => post(name, question, { 'as-of': String(AT) }) },
  ]);
}

/** Asked with the tag of what was seen before: that is not changed until the instant, and changed then. */
function knownPaths({ url }: StartedWorld): Promise<Path[]> {
  const question = '{ region(code: "19.02") { coverage(indicator: "ucj") { percent } participants { value } } }';
  const asked = [
    [`/graphql?${new URLSearchParams({ query: question })}`, /77\.13/],
    ['/data/stated_coverage.csv', MARKS.stated_coverage],
    ['/data/disbursement.csv.gz', MARKS.disbursement],
  ] as const;
  return Promise.all(
    asked.map(async ([address, shows = null]) => {
      const { etag } = (await tell(`${url}${address}`)).headers;
      const headers = { 'if-none-match': String(etag) };
      return { name: `${address} unless changed`, shows, ask: () => tell(`${url}${address}`, { headers }) };
    }),
  );
}

/** What rules say of it depends on what is published for its regions in this dataset and in others. */
const COMPARED = `region_code,date,segment,program,status,category,value,source_id
19.02,2025-05,PU,JHT,ACTIVE,,1013,${SOURCE}
19.02,2025-07,PU,JHT,ACTIVE,,2027,${SOURCE}
19.02,2025-12,PU,JP,ACTIVE,,130001,${SOURCE}
19.03,2025-12,PU,JHT,ACTIVE,PNS,5003,${SOURCE}
`;
const NEARBY = `region_code,date,segment,program,status,category,value,source_id
19.03,2025-12,PU,JKK,ACTIVE,PNS,8129,${SOURCE}
`;

/**
 * Files of those who publish another dataset, or for another region, checked and sent to be drafts. None becomes one: it is
 * told a warning that it does not acknowledge.
 */
async function senderPaths({ url, office }: StartedWorld): Promise<Path[]> {
  const ofCounts = await tokenFor(office, { role: 'publisher', datasets: ['participant_count'] });
  const ofRegion = await tokenFor(office, { role: 'publisher', region: '19.03' });
  const asked = [
    ['participant_count', ofCounts, COMPARED, /EMPLOYED 123987.*VANISHED/],
    ['participant_count', ofRegion, NEARBY, null],
  ] as const;
  return asked.flatMap(([dataset, token, text, shows], index) =>
    ['check', 'releases'].map((act) => ({
      name: `${act} of ${dataset} ${index}`,
      shows,
      ask: async () => {
        const { status, body } = await sendFile(url, `${dataset}/${act}`, token, text);
        return told(status, {}, Buffer.from(JSON.stringify(body)));
      },
    })),
  );
}

/** The text of the file of a dataset: a row of what is published, with another name, where no row is given. */
async function fileOf(dataset: string, subgraph: string): Promise<string> {
  const lines = SCHEDULED[dataset] ?? [];
  if (lines.length > 0) return `${lines.join('\n')}\n`;
  const text = await readFile(join(dataFolder(subgraph), `${dataset}.csv`), 'utf8');
  const [header = '', ...rows] = text.split('\n');
  const row = rows.find((one) => one.startsWith(dataset === 'region' ? `${REGION},` : 'ucj,')) ?? '';
  const changed =
    dataset === 'region' ? row.replace(/Kabupaten [^,]*,/, '$&Nama Rekaan') : row.replace('ucj', 'invented');
  return `${header}\n${changed}\n`;
}

/** Makes a draft of each file, by the way in that offices use. Gives their ids. */
async function draftAll({ loader }: StartedWorld): Promise<string[]> {
  const ids: string[] = [];
  for (const dataset of loader.datasets.filter(({ name }) => name in SCHEDULED)) {
    const { name, subgraph } = dataset;
    const facts = { name: `${name}.csv`, kind: 'REGULAR', reason: 'reason 8844', supersedes: null } as const;
    const more = { acknowledged: WARNINGS, keepsMissing: true, createdBy: 'tok_test0001 publisher' };
    const input = Readable.from([Buffer.from(await fileOf(name, subgraph))]);
    const { release } = await draftFile(loader, dataset, { ...facts, ...more }, input);
    ids.push(release?.id ?? `nothing new in ${name}`);
  }
  return ids;
}

const WARNINGS = Array.from({ length: 20 }, (_, index) => `W${index + 1}`);
