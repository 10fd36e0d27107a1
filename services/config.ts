import type { Limits } from './gateway/limits.js';
import { type Env, envReader } from './kit/env.js';
import { LOG_LEVELS, type LogLevel } from './kit/log.js';

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
  /** The subgraphs a host serves; null for all. */
  readonly subgraphs: readonly string[] | null;
  /** Where subgraphs answer over HTTP, by name. */
  readonly subgraphUrls: ReadonlyMap<string, string>;
  readonly subgraphTimeoutMs: number;
  readonly answerCacheBytes: number;
  readonly limits: Limits;
}

const MEGABYTE = 1024 * 1024;

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
    subgraphs: listOrNull(read.list('SUBGRAPHS', [])),
    subgraphUrls: readUrls(read.list('SUBGRAPH_URLS', []), read.problem),
    subgraphTimeoutMs: read.integer('SUBGRAPH_TIMEOUT_MS', 5000, [10, 600_000]),
    answerCacheBytes: read.integer('ANSWER_CACHE_MB', 64, [0, 65_536]) * MEGABYTE,
    limits: {
      depth: read.integer('MAX_DEPTH', 12, [1, 100]),
      fields: read.integer('MAX_FIELDS', 500, [1, 100_000]),
      cost: read.integer('MAX_COST', 50_000, [1, 1_000_000_000]),
    },
  };
  read.done();
  return config;
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
