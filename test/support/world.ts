import type { ExecutionResult } from 'graphql';
import { readConfig } from '../../services/config.js';
import { createDataOffice, type DataOffice } from '../../services/kit/data-office.js';
import type { Database } from '../../services/kit/database.js';
import { discover } from '../../services/kit/discover.js';
import type { EditionLog } from '../../services/kit/edition.js';
import { loadEmptyDatasets } from '../../services/kit/first-start.js';
import { type HostedSubgraph, hostSubgraph } from '../../services/kit/host.js';
import type { Loader } from '../../services/kit/load.js';
import { type Log, silent } from '../../services/kit/log.js';
import type { Instant } from '../../services/kit/period.js';
import { createSpool } from '../../services/kit/spool.js';
import { stopAll } from '../../services/kit/stop.js';
import type { Subgraph } from '../../services/kit/subgraph.js';
import { openSubgraphDatabase } from '../../services/kit/subgraph-database.js';
import { startAll } from '../../services/main.js';
import { createEditionLog } from '../../services/registry/log.js';
import { REGISTRY_MIGRATIONS } from '../../services/registry/registry.js';
import { freshFolder, freshSqlite } from './databases.js';

/** An answer as JSON has it: plain objects, to be compared as whole values. */
export interface Result {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly ResultError[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

export interface ResultError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** The reading statements that were sent since the last reset, in order, with their parameters. */
export interface Statements {
  count(): number;
  texts(): readonly string[];
  all(): readonly Statement[];
  reset(): void;
}

export interface Statement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

export interface WorldOptions {
  /** Address of the database; it may hold a world already. */
  readonly url: string;
  readonly clock?: () => Instant;
  /** Every folder but `_example` when not given. Without `regions` among them nothing can be loaded. */
  readonly subgraphs?: readonly Subgraph[];
  /** Whether the files of the data folders are loaded, as at the first start; true when not given. */
  readonly load?: boolean;
  /** Whether its subgraphs may be asked when each field was resolved; false when not given. */
  readonly hasFieldTraces?: boolean;
}

/** Subgraphs on one database, in this process and without a gateway. */
export interface World {
  readonly db: Database;
  readonly log: EditionLog;
  readonly loader: Loader;
  readonly office: DataOffice;
  readonly subgraphs: readonly Subgraph[];
  hosted(name: string): HostedSubgraph;
  /** Asks one subgraph, at a sealed instant or at the newest. */
  ask(name: string, query: string, variables?: Readonly<Record<string, unknown>>, asOf?: Instant): Promise<Result>;
  /** The newest instant of a subgraph: the one a gateway sends it. */
  newest(name: string): Promise<Instant>;
  readonly statements: Statements;
  close(): Promise<void>;
}

export async function createWorld(options: WorldOptions): Promise<World> {
  const { url, clock = Date.now, subgraphs, load = true, hasFieldTraces = false } = options;
  const folders = subgraphs ?? (await discover());
  const [statements, onQuery] = watchStatements();
  const db = await openSubgraphDatabase({ url, subgraphs: folders, migrations: REGISTRY_MIGRATIONS, onQuery });
  const log = createEditionLog(db, clock);
  const all = await Promise.all(
    folders.map((folder) => hostSubgraph(folder, { db, log: silent, clock, hasFieldTraces })),
  );
  const hosted = (name: string) => find(all, name);
  const office = createDataOffice({
    db,
    editionLog: log,
    clock,
    subgraphs: folders,
    askRegions: async (request) => (await hosted('regions').execute(request, null)).result,
    identity: null,
    spool: createSpool({ folder: await freshFolder(), maxBytes: MAX_UPLOAD, clock }),
    writeLog: silent,
  });
  const { loader } = office;
  if (load) await loadEmptyDatasets(loader, folders, silent);
  return {
    db,
    log,
    loader,
    office,
    subgraphs: folders,
    hosted,
    ask: async (name, query, variables = {}, asOf) =>
      plain((await hosted(name).execute({ query, variables }, asOf ?? null)).result),
    newest: async (name) => (await hosted(name).execute({ query: '{ __typename }' }, null)).asOf,
    statements,
    close: () => db.close(),
  };
}

const MAX_UPLOAD = 100_000_000;

export const LOAD_TOKEN = 'a-token-for-tests';

export interface Question {
  readonly variables?: Readonly<Record<string, unknown>>;
  /** A day or an instant, as a caller writes it. */
  readonly asOf?: string;
}

/** Every service in one process behind its address, on the real facts: what `npm start` runs. */
export interface StartedWorld {
  readonly url: string;
  /** Posts a query to `/graphql`. */
  ask(query: string, question?: Question): Promise<Result>;
  /** Makes the gateway read the edition log at once. */
  readonly poll: () => Promise<void>;
  readonly loader: Loader;
  readonly office: DataOffice;
  stop(): Promise<void>;
}

export interface StartedWorldOptions {
  /** Address of the database; a new SQLite file when not given. */
  readonly url?: string;
  readonly clock?: () => Instant;
  /** More settings, as in the environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Given every line of the log; nobody reads them when not given. */
  readonly log?: Log;
}

export async function startWorld({ url, clock, env, log = silent }: StartedWorldOptions = {}): Promise<StartedWorld> {
  const settings = {
    PORT: '0',
    LOG_LEVEL: 'silent',
    MAX_DELAY_MS: '0', // many tests share the processor
    DATABASE_URL: url ?? (await freshSqlite()),
    LOAD_TOKEN,
    SPOOL_FOLDER: await freshFolder(),
    ...env,
  };
  const running = await startAll(readConfig(settings), log, clock ? { clock } : {});
  return {
    url: running.url,
    poll: running.poll,
    loader: running.office.loader,
    office: running.office,
    async ask(query, { variables = {}, asOf } = {}) {
      const response = await fetch(`${running.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables, ...(asOf === undefined ? {} : { extensions: { asOf } }) }),
      });
      return (await response.json()) as Result; // what a GraphQL server sends
    },
    stop: () => stopAll(running.stoppers, silent),
  };
}

function watchStatements(): [Statements, (sql: string, parameters: readonly unknown[]) => void] {
  let seen: Statement[] = [];
  const statements: Statements = {
    count: () => seen.length,
    texts: () => seen.map(({ sql }) => sql),
    all: () => seen,
    reset() {
      seen = [];
    },
  };
  return [statements, (sql, parameters) => void seen.push({ sql, parameters })];
}

function find(hosted: readonly HostedSubgraph[], wanted: string): HostedSubgraph {
  const found = hosted.find(({ name }) => name === wanted);
  if (found) return found;
  throw new Error(`subgraph ${wanted} is not in this world`);
}

/** graphql-js answers with objects without a prototype; a reader of JSON gets plain ones. */
function plain(result: ExecutionResult): Result {
  return JSON.parse(JSON.stringify(result));
}
