import { isIP } from 'node:net';
import { join } from 'node:path';
import type { DoorOptions } from './gateway/door.js';
import { EXECUTORS, type Executor } from './gateway/executors.js';
import { BODY_BYTES } from './gateway/json-bodies.js';
import { DEFAULT_LIMITS, type Limits } from './gateway/limits.js';
import type { RemoteBounds } from './gateway/remote-client.js';
import { type Env, type EnvReader, envReader } from './kit/env.js';
import type { IdentityProvider } from './kit/identity.js';
import { LOG_LEVELS, type LogLevel } from './kit/log.js';
import { ROOT } from './kit/root.js';

/** Every setting of every program, with its default. Read once, at the start. */
export interface Config {
  readonly host: string;
  readonly port: number;
  readonly databaseUrl: string;
  readonly logLevel: LogLevel;
  /** Whether empty datasets are loaded from the data folders at the start. */
  readonly firstLoad: 'facts' | 'none';
  /** What `data load` over HTTP must show; null: none is accepted, or one is made for this machine. */
  readonly loadToken: string | null;
  /** What hosts show the registry to seal; null in one process, which needs none. */
  readonly registryToken: string | null;
  readonly registryUrl: string | null;
  /** Whose JWTs are taken beside tokens of our own; null for nobody's. */
  readonly identity: IdentityProvider | null;
  /** The subgraphs a host serves; null for all. */
  readonly subgraphs: readonly string[] | null;
  /** Where subgraphs answer over HTTP, by name. */
  readonly subgraphUrls: ReadonlyMap<string, string>;
  /** Where a gateway of its own reads its supergraph, and follows it. */
  readonly supergraphFile: string;
  readonly subgraphTimeoutMs: number;
  /** What one subgraph elsewhere may take of a gateway. */
  readonly subgraphBounds: Pick<RemoteBounds, 'maxBytes' | 'calls' | 'waiting' | 'isShared'>;
  /** How long one request may ask subgraphs, all calls together. */
  readonly requestMs: number;
  /** Who runs operations in the gateway. */
  readonly executor: Executor;
  readonly answerCacheBytes: number;
  /** Whether requests for the same at once are answered together. */
  readonly isShared: boolean;
  /** Whether the gateway answers only the documents of `schema/operations/`. */
  readonly trustedOnly: boolean;
  /** How many may listen to live answers at a time. */
  readonly mostListeners: number;
  /** How many of them may come from one address; 0 for any number. */
  readonly mostOfOne: number;
  /** Where files lie while they come in. */
  readonly spoolFolder: string;
  readonly maxUploadBytes: number;
  /** Addresses whose word is taken for the address of who asks, as `proxy-addr` reads them. */
  /** Where readers reach this gateway; null where their requests say it. */
  readonly publicUrl: string | null;
  readonly trustedProxies: readonly string[];
  readonly limits: Limits;
  /** The longest body of a request but for data files, and the longest headers with their address. */
  readonly bodyBytes: number;
  readonly headerBytes: number;
  /** How long a request may take to come in, whole. */
  readonly receiveMs: number;
  /** Whether the gateway answers `/metrics`. */
  readonly hasMetrics: boolean;
  /** The collector of OTLP that traces are sent to; null for none. */
  readonly tracesUrl: string | null;
  /** Whether subgraph hosts tell who asks when each field was resolved. */
  readonly hasFieldTraces: boolean;
  /** Who may have answers computed. */
  readonly door: DoorOptions;
}

const KILOBYTE = 1024;
const MEGABYTE = 1024 * KILOBYTE;

/** Throws ConfigError, naming every bad setting together. */
export function readConfig(env: Env): Config {
  const read = envReader(env);
  const config: Config = {
    host: read.text('HOST', '127.0.0.1'),
    port: read.port('PORT', 4000),
    databaseUrl: readDatabaseUrl(read.text('DATABASE_URL', 'sqlite:./.data/cakupan.sqlite'), read.problem),
    logLevel: read.oneOf('LOG_LEVEL', LOG_LEVELS, 'info'),
    firstLoad: read.oneOf('FIRST_LOAD', ['facts', 'none'], 'facts'),
    loadToken: read.secret('LOAD_TOKEN', 16),
    registryToken: read.secret('REGISTRY_TOKEN', 16),
    registryUrl: readUrl('REGISTRY_URL', read.optional('REGISTRY_URL'), read.problem),
    identity: readIdentity(read),
    subgraphs: listOrNull(read.list('SUBGRAPHS', [])),
    supergraphFile: read.text('SUPERGRAPH_FILE', join(ROOT, 'schema', 'supergraph.graphql')),
    subgraphUrls: readUrls(read.list('SUBGRAPH_URLS', []), read.problem),
    subgraphTimeoutMs: read.integer('SUBGRAPH_TIMEOUT_MS', 5000, [10, 600_000]),
    subgraphBounds: {
      maxBytes: read.integer('MAX_SUBGRAPH_MB', 32, [1, 1024]) * MEGABYTE,
      calls: read.integer('SUBGRAPH_CALLS', 32, [1, 10_000]),
      waiting: read.integer('SUBGRAPH_QUEUE', 256, [0, 100_000]),
      isShared: read.oneOf('SUBGRAPH_SHARING', ['on', 'off'], 'on') === 'on',
    },
    requestMs: read.integer('REQUEST_TIME_MS', 10_000, [10, 600_000]),
    executor: read.oneOf('EXECUTOR', EXECUTORS, 'hive'),
    trustedOnly: read.oneOf('DOCUMENTS', ['all', 'trusted'], 'all') === 'trusted',
    mostListeners: read.integer('MAX_LISTENERS', 20_000, [0, 1_000_000]),
    mostOfOne: read.integer('MAX_LISTENERS_PER_ADDRESS', 1000, [0, 1_000_000]),
    answerCacheBytes: read.integer('ANSWER_CACHE_MB', 64, [0, 65_536]) * MEGABYTE,
    isShared: read.oneOf('REQUEST_SHARING', ['on', 'off'], 'on') === 'on',
    spoolFolder: read.text('SPOOL_FOLDER', './.data/spool'),
    maxUploadBytes: read.integer('MAX_UPLOAD_MB', 4096, [1, 1_048_576]) * MEGABYTE,
    publicUrl: readUrl('PUBLIC_URL', read.optional('PUBLIC_URL'), read.problem),
    trustedProxies: readProxies(read),
    limits: readLimits(read),
    bodyBytes: read.integer('MAX_BODY_KB', BODY_BYTES / KILOBYTE, [1, 65_536]) * KILOBYTE,
    headerBytes: read.integer('MAX_HEADER_KB', 16, [4, 1024]) * KILOBYTE,
    receiveMs: read.integer('RECEIVE_TIME_MS', 30_000, [1000, 600_000]),
    hasMetrics: read.oneOf('METRICS', ['on', 'off'], 'on') === 'on',
    tracesUrl: readTraces(read),
    hasFieldTraces: read.oneOf('FIELD_TRACES', ['on', 'off'], 'off') === 'on',
    door: {
      perMinute: read.integer('RATE_PER_MINUTE', 0, [0, 1_000_000]),
      maxDelayMs: read.integer('MAX_DELAY_MS', 1000, [0, 60_000]),
    },
  };
  read.done();
  return config;
}

function readLimits(read: EnvReader): Limits {
  const most = (name: string, limit: keyof Limits, highest: number) =>
    read.integer(name, DEFAULT_LIMITS[limit], [1, highest]);
  return {
    ...DEFAULT_LIMITS,
    tokens: most('MAX_TOKENS', 'tokens', 100_000),
    depth: most('MAX_DEPTH', 'depth', 100),
    fields: most('MAX_FIELDS', 'fields', 100_000),
    aliases: most('MAX_ALIASES', 'aliases', 100_000),
    roots: most('MAX_ROOT_FIELDS', 'roots', 100_000),
    directives: most('MAX_DIRECTIVES', 'directives', 100_000),
    listSize: most('MAX_LIST', 'listSize', 1_000_000),
    cost: most('MAX_COST', 'cost', 1_000_000_000),
  };
}

function readDatabaseUrl(text: string, problem: (text: string) => void): string {
  if (!/^(sqlite:.+|mysql:\/\/.+)$/.test(text))
    problem(`DATABASE_URL must begin with sqlite: or mysql://; it begins with "${text.slice(0, 8)}"`);
  return text;
}

function readUrl(name: string, text: string | null, problem: (text: string) => void): string | null {
  if (text !== null && !(URL.canParse(text) && /^https?:/.test(text)))
    problem(`${name} must be an http or https address; it is "${text}"`);
  return text;
}

/** The three settings go together: a JWT whose issuer or audience is not looked at might be meant for anybody. */
function readIdentity(read: EnvReader): IdentityProvider | null {
  const jwksUrl = readUrl('JWKS_URL', read.optional('JWKS_URL'), read.problem);
  const issuer = read.optional('JWT_ISSUER');
  const audience = read.optional('JWT_AUDIENCE');
  if (jwksUrl !== null && issuer !== null && audience !== null) return { jwksUrl, issuer, audience };
  if (jwksUrl !== null || issuer !== null || audience !== null)
    read.problem('JWKS_URL, JWT_ISSUER and JWT_AUDIENCE must be set together, or none of them');
  return null;
}

/** Traces go to the collector that is named, or to the usual one where they are wanted without a name. */
function readTraces(read: EnvReader): string | null {
  const name = 'OTEL_EXPORTER_OTLP_ENDPOINT';
  const endpoint = readUrl(name, read.optional(name), read.problem);
  const wanted = read.oneOf('TRACES', ['auto', 'on', 'off'], 'auto');
  if (wanted === 'off') return null;
  return endpoint ?? (wanted === 'on' ? 'http://localhost:4318' : null);
}

/** Addresses, ranges (`10.0.0.0/8`), or the names of the ranges that no reader comes from; `none` for nobody. */
function readProxies(read: EnvReader): readonly string[] {
  const list = read.list('TRUSTED_PROXIES', ['loopback', 'uniquelocal']);
  if (list.join() === 'none') return [];
  for (const one of list.filter((name) => !isProxy(name)))
    read.problem(
      `TRUSTED_PROXIES must be addresses, ranges, loopback, linklocal, uniquelocal, or none; it has "${one}"`,
    );
  return list;
}

function isProxy(text: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(text)) return true;
  const [address = '', bits, ...rest] = text.split('/');
  const most = isIP(address) === 6 ? 128 : 32;
  return (
    isIP(address) !== 0 && rest.length === 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most))
  );
}

/** `regions=http://regions:4001/regions/graphql,...` */
function readUrls(entries: readonly string[], problem: (text: string) => void): ReadonlyMap<string, string> {
  const pairs = entries.map((entry) => {
    const [name = '', ...rest] = entry.split('=');
    const url = readUrl(`SUBGRAPH_URLS (${name})`, rest.join('='), problem);
    return [name, url ?? ''] as const;
  });
  return new Map(pairs);
}

function listOrNull(list: readonly string[]): readonly string[] | null {
  return list.length > 0 ? list : null;
}
