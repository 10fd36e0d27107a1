import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import libsql from 'libsql';
import {
  DataSource,
  type EntityManager,
  type EntitySchema,
  type MigrationInterface,
  type ObjectLiteral,
} from 'typeorm';
import { ConfigError } from './env.js';
import { type InTurn, oneAtATime } from './in-turn.js';
import type { Tracing } from './tracing.js';

export type Dialect = 'sqlite' | 'mysql';

/** What SQL gives back: columns by name, numbers as the driver made them. Query functions turn them into exact types. */
export type DbRow = Readonly<Record<string, unknown>>;

/** Runs one reading statement; `?` stands for the parameters in order. */
export type Query = (sql: string, parameters?: readonly unknown[]) => Promise<readonly DbRow[]>;

export type OnQuery = (sql: string, parameters: readonly unknown[]) => void;

/**
 * One database: a way to read and a way to write. On SQLite these are two connections, so that a reader never
 * meets half a transaction; writers wait for one another.
 */
export interface Database {
  readonly dialect: Dialect;
  /** True where rows may be sent as a stream of text, which is the fastest way in (MySQL's local_infile). */
  readonly takesStreams: boolean;
  readonly query: Query;
  /** Runs `work` in one transaction; all of it is committed or none. */
  write<T>(work: (tx: EntityManager) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export type MigrationClass = new () => MigrationInterface;

export interface DatabaseOptions {
  readonly url: string;
  readonly entities: readonly EntitySchema<ObjectLiteral>[];
  readonly migrations: readonly MigrationClass[];
  /** Told of each reading statement, for tests that count them and look at their plans. */
  readonly onQuery?: OnQuery;
  /** Makes each reading statement a part of a trace; null or not given where there are none. */
  readonly tracing?: Tracing | null;
}

/** Opens the database, brings it up to date, and refuses one that a newer program has changed. Throws ConfigError. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const dialect = dialectOf(options.url);
  const writer = await connect(options, dialect);
  const reader = dialect === 'sqlite' ? await connect({ ...options, migrations: [] }, dialect) : writer;
  const inTurn = dialect === 'sqlite' ? oneAtATime() : atOnce;
  const { tracing = null } = options;
  const takesStreams = dialect === 'mysql' && (await allowsStreams(writer));
  return {
    dialect,
    takesStreams,
    query(sql, parameters = []) {
      options.onQuery?.(sql, parameters);
      if (tracing === null) return reader.query(sql, [...parameters]);
      return tracing.part('sql', { 'db.query.text': sql }, () => reader.query(sql, [...parameters]));
    },
    write: (work) => inTurn(() => transact(writer, work)),
    async close() {
      if (dialect === 'sqlite') await writer.query('PRAGMA wal_checkpoint(TRUNCATE)'); // the file alone holds everything then
      if (reader !== writer) await reader.destroy();
      await writer.destroy();
    },
  };
}

/** Lets the database look at the rows of a table anew, so that it chooses the right index. To be run after a load. */
export async function analyze({ dialect, query, write }: Database, table: string): Promise<void> {
  await write((tx) => tx.query(dialect === 'sqlite' ? `ANALYZE ${table}` : `ANALYZE TABLE ${table}`));
  if (dialect === 'sqlite') await query('PRAGMA writable_schema = RESET'); // readers, on another connection, look again too
}

/** The statement text of a `?` list of codes as a table: `keys(db, 'k')` reads as table `k` with the column `code`. */
export function keyTable(dialect: Dialect, alias: string, length = 20): string {
  if (dialect === 'sqlite') return `(SELECT value AS code FROM json_each(?)) ${alias}`;
  return `JSON_TABLE(?, '$[*]' COLUMNS (code VARCHAR(${length}) CHARACTER SET ascii COLLATE ascii_bin PATH '$')) ${alias}`;
}

/**
 * SQLite ends a transaction by itself where its disk is full or fails. typeorm, which shares one runner on SQLite, then
 * counts on as if it were open: whatever is written later would lie in a savepoint that nothing ends, and be seen by
 * nobody. After a failure the next transaction therefore gets a runner of its own.
 */
async function transact<T>(writer: DataSource, work: (tx: EntityManager) => Promise<T>): Promise<T> {
  try {
    return await writer.transaction(work);
  } catch (error) {
    if (writer.options.type === 'better-sqlite3') {
      const driver = writer.driver as { queryRunner?: unknown }; // where typeorm's driver keeps the shared runner
      delete driver.queryRunner;
    }
    throw error;
  }
}

function dialectOf(url: string): Dialect {
  if (url.startsWith('sqlite:')) return 'sqlite';
  if (url.startsWith('mysql://')) return 'mysql';
  throw new ConfigError(`DATABASE_URL must begin with sqlite: or mysql://; it begins with "${url.split(':')[0]}:"`);
}

async function connect(options: DatabaseOptions, dialect: Dialect): Promise<DataSource> {
  const source = dialect === 'sqlite' ? sqliteSource(options) : mysqlSource(options);
  try {
    if (dialect === 'sqlite') makeFolder(options.url);
    await source.initialize();
    if (options.migrations.length > 0) await migrate(source, dialect);
    return source;
  } catch (error) {
    if (source.isInitialized) await source.destroy();
    if (error instanceof ConfigError) throw error;
    throw new ConfigError(`Database ${redacted(options.url)} cannot be used: ${reasonOf(error)}`, { cause: error });
  }
}

function sqliteSource({ url, entities, migrations }: DatabaseOptions): DataSource {
  return new DataSource({
    type: 'better-sqlite3',
    driver: libsql,
    database: fileOf(url),
    entities: [...entities],
    migrations: [...migrations],
    prepareDatabase: (connection: { exec(sql: string): void }) =>
      connection.exec(
        'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000; PRAGMA cache_size = -12288',
      ),
  });
}

function makeFolder(url: string): void {
  const folder = dirname(fileOf(url));
  if (!existsSync(folder)) mkdirSync(folder, { recursive: true });
}

function fileOf(url: string): string {
  return url.slice('sqlite:'.length);
}

function mysqlSource({ url, entities, migrations }: DatabaseOptions): DataSource {
  return new DataSource({
    type: 'mysql',
    url,
    charset: 'utf8mb4',
    supportBigNumbers: true,
    bigNumberStrings: true,
    dateStrings: true,
    poolSize: 10,
    flags: ['+LOCAL_FILES'], // only what a statement of ours hands over is ever sent: see bulk.ts
    connectTimeout: 5000,
    entities: [...entities],
    migrations: [...migrations],
  });
}

async function allowsStreams(source: DataSource): Promise<boolean> {
  const [row]: { allowed: unknown }[] = await source.query('SELECT @@local_infile AS allowed');
  return Number(row?.allowed) === 1;
}

/** Brings the tables up to date. Several programs may start at once: on MySQL a named lock lets one go first. */
async function migrate(source: DataSource, dialect: Dialect): Promise<void> {
  const runner = source.createQueryRunner();
  try {
    if (dialect === 'mysql') await runner.query("SELECT GET_LOCK('cakupan_migrations', 60)");
    if (await runner.hasTable('migrations')) refuseNewer(source, await runner.query('SELECT name FROM migrations'));
    await source.runMigrations({ transaction: 'each' });
    if (dialect === 'mysql') await runner.query("SELECT RELEASE_LOCK('cakupan_migrations')");
  } finally {
    await runner.release();
  }
}

/**
 * A database with a migration of ours that we do not know was changed by a newer program: reading it might give wrong
 * figures. Ours are those whose names begin as one we know does: others may share the database.
 */
function refuseNewer(source: DataSource, done: readonly { readonly name: string }[]): void {
  const ownerOf = (name: string) => /^[A-Z][a-z0-9]+/.exec(name)?.[0] ?? '';
  const known = new Set(source.migrations.map((migration) => migration.name ?? migration.constructor.name));
  const owners = new Set([...known].map(ownerOf));
  const unknown = done.map(({ name }) => name).filter((name) => owners.has(ownerOf(name)) && !known.has(name));
  if (unknown.length === 0) return;
  throw new ConfigError(
    `The database was changed by a newer program (${unknown.join(', ')}): start that one, or use another DATABASE_URL`,
  );
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message || ('code' in error ? String(error.code) : error.name) : String(error);
}

/** The address without its password, fit for a message. */
function redacted(url: string): string {
  return url.replace(/\/\/([^:@/]*):[^@]*@/, '//$1:***@');
}

const atOnce: InTurn = (work) => work();
