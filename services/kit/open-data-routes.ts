import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteHandlerMethod } from 'fastify';
import { csvHeader } from './csv-line.js';
import type { Database } from './database.js';
import { packagedDatasets, packageOf } from './datapackage.js';
import type { Dataset } from './dataset.js';
import { addressesOf } from './dataset-facts.js';
import { OPEN } from './edition.js';
import { errorText, RequestError } from './errors.js';
import { asksFor, etagOf } from './etag.js';
import { exportCsv } from './export.js';
import { LIFETIMES } from './lifetimes.js';
import type { Log } from './log.js';
import { type Instant, readAsOf } from './period.js';
import { findRelease } from './release.js';
import { createSeals, type Seals } from './seals.js';

export interface OpenDataParts {
  readonly db: Database;
  readonly clock: () => Instant;
  /** Every dataset of this database. */
  readonly datasets: readonly Dataset[];
}

/**
 * The routes by which data go out, to everybody: `/data/<dataset>.csv`, the same as `.csv.gz`, `?asOf=` for a past day
 * or instant, `?release=7` for what that release opened, and `/data/<dataset>/datapackage.json`, in whose folder the
 * CSV lies as well. Nothing of a release is seen before its instant: neither lines nor tags nor that it has a number.
 */
export function addOpenDataRoutes(app: FastifyInstance, { db, clock, datasets }: OpenDataParts, log: Log): void {
  const names = datasets.map(({ name }) => name);
  const office: Office = { db, clock, datasets, seals: createSeals(db, names, clock), log };
  const get = (url: string, handler: RouteHandlerMethod) => app.get(url, { compress: false }, handler);
  get('/data/:dataset.csv', (request, reply) => sendCsv(office, datasetOf(office, request), request, reply));
  get('/data/:dataset.csv.gz', (request, reply) => sendCsv(office, datasetOf(office, request), request, reply, 'file'));
  get('/data/:dataset/:part.csv', (request, reply) => sendCsv(office, partOf(office, request), request, reply));
  get('/data/:dataset/datapackage.json', (request, reply) => sendPackage(office, request, reply));
}

interface Office extends OpenDataParts {
  readonly seals: Seals;
  readonly log: Log;
}

/** What a request asks for of a dataset, made exact. */
interface Wanted {
  /** Null while nothing of the dataset is seen. */
  readonly asOf: Instant | null;
  readonly releaseId?: string;
  /** What the name of the file ends with, such as `-release-7`; nothing for the current state. */
  readonly suffix: string;
  readonly lifetime: string;
}

async function sendCsv(
  { db, seals, clock, log }: Office,
  dataset: Dataset,
  request: FastifyRequest,
  reply: FastifyReply,
  gzip: 'file' | 'encoding' | null = takesGzip(request.headers['accept-encoding']) ? 'encoding' : null,
): Promise<FastifyReply> {
  const wanted = await readWanted(db, seals, clock(), dataset, request.query as Fields); // fastify parses it to an object
  const etag = etagOf(
    dataset.name,
    csvHeader(dataset),
    String(wanted.asOf),
    wanted.releaseId ?? '',
    await redactionsOf(db, dataset),
    gzip ?? '',
  );
  describe(reply, dataset, wanted, etag, gzip);
  if (asksFor(request.headers['if-none-match'], etag)) return reply.code(304).send();
  if (request.method === 'HEAD') return reply.send(Readable.from([]));
  const lines = Readable.from(exportCsv(db, dataset, wanted));
  lines.on('error', (error) => log('error', 'export.failed', { dataset: dataset.name, cause: errorText(error) }));
  if (gzip === null) return reply.send(lines);
  const packed = createGzip();
  lines.on('error', (error) => packed.destroy(error));
  packed.on('close', () => lines.destroy());
  return reply.send(lines.pipe(packed));
}

function describe(
  reply: FastifyReply,
  { name }: Dataset,
  { suffix, lifetime }: Wanted,
  etag: string,
  gzip: 'file' | 'encoding' | null,
): void {
  const { csv, description } = addressesOf(name);
  const file = `${name}${suffix}.csv${gzip === 'file' ? '.gz' : ''}`;
  reply.headers({
    'content-type': gzip === 'file' ? 'application/gzip' : 'text/csv; charset=utf-8; header=present',
    'content-disposition': `attachment; filename="${file}"`,
    'cache-control': lifetime,
    'cross-origin-resource-policy': 'cross-origin',
    'x-content-type-options': 'nosniff',
    link: `<${description}>; rel="describedby"; type="application/json", <${csv}>; rel="canonical"`,
    vary: 'accept-encoding',
    etag,
    ...(gzip === 'encoding' ? { 'content-encoding': 'gzip' } : {}),
  });
}

type Fields = Readonly<Record<string, unknown>>;

/** Throws BAD_AS_OF, AS_OF_IN_FUTURE, NOT_YET_KEPT, UNKNOWN_RELEASE or BAD_ARGUMENT. */
async function readWanted(
  db: Database,
  seals: Seals,
  now: Instant,
  dataset: Dataset,
  { asOf, release }: Fields,
): Promise<Wanted> {
  if (release !== undefined && asOf !== undefined)
    throw new RequestError('BAD_ARGUMENT', 'asOf and release were both given: a release is itself, at every asOf.');
  if (release !== undefined) return readRelease(db, seals, dataset, String(release));
  const newest = await seals.pick(dataset.name, OPEN);
  const at = asOf === undefined ? now : readAsOf(String(asOf), now);
  if (at === now || newest === null) return { asOf: newest, suffix: '', lifetime: LIFETIMES.current };
  const instant = await seals.pick(dataset.name, at);
  if (instant === null) refuseUnkept(dataset, seals.firstOf(dataset.name) ?? newest);
  const stamp = new Date(instant).toISOString().replace(/[-:.]/g, '');
  return { asOf: instant, suffix: `-${stamp}`, lifetime: LIFETIMES.pinned };
}

async function readRelease(db: Database, seals: Seals, { name }: Dataset, text: string): Promise<Wanted> {
  const release = /^\d{1,9}$/.test(text) ? await findRelease(db, `${name}/${Number(text)}`) : null;
  const instant = release?.instant ?? null;
  const isSeen = instant !== null && (await seals.pick(name, instant)) === instant;
  if (release && isSeen)
    return { asOf: instant, releaseId: release.id, suffix: `-release-${release.number}`, lifetime: LIFETIMES.pinned };
  throw new RequestError(
    'UNKNOWN_RELEASE',
    `${name} has no published release "${text.slice(0, 80)}": write the number of one that is published, as in ?release=1.`,
  );
}

function refuseUnkept({ name }: Dataset, first: Instant): never {
  const since = new Date(first).toISOString();
  throw new RequestError(
    'NOT_YET_KEPT',
    `${name} is kept from ${since} on and asOf is older: ask for that instant or a later one.`,
    { dataset: name, keptFrom: since },
  );
}

/** How often figures of the dataset were redacted: that alone changes what was already published. */
async function redactionsOf({ query }: Database, { name }: Dataset): Promise<string> {
  const [row] = await query('SELECT COUNT(*) AS redactions FROM redaction WHERE dataset = ?', [name]);
  return String(row?.redactions);
}

function sendPackage(office: Office, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const body = `${JSON.stringify(packageOf(datasetOf(office, request), office.datasets), null, 2)}\n`;
  const etag = etagOf(body);
  reply.headers({ etag, 'cache-control': LIFETIMES.current, 'cross-origin-resource-policy': 'cross-origin' });
  if (asksFor(request.headers['if-none-match'], etag)) return reply.code(304).send();
  return reply.type('application/json; charset=utf-8').send(body);
}

function datasetOf({ datasets }: Office, { params }: FastifyRequest): Dataset {
  const { dataset } = params as { readonly dataset: string }; // the route has it
  return find(datasets, dataset);
}

/** A dataset in the package of another, or of itself. */
function partOf(office: Office, request: FastifyRequest): Dataset {
  const { part } = request.params as { readonly part: string }; // the route has it
  return find(packagedDatasets(datasetOf(office, request), office.datasets), part);
}

function find(datasets: readonly Dataset[], name: string): Dataset {
  const found = datasets.find((one) => one.name === name);
  if (found) return found;
  const names = datasets.map((one) => one.name).join(', ');
  throw new RequestError('UNKNOWN_DATASET', `There is no dataset "${name.slice(0, 80)}": choose one of ${names}.`);
}

function takesGzip(header: string | readonly string[] | undefined): boolean {
  return String(header ?? '')
    .split(',')
    .map((one) => one.trim().split(/\s*;\s*q=/))
    .some(([name, quality = '1']) => (name === 'gzip' || name === '*') && Number(quality) > 0);
}
