import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
import libsql from 'libsql';
import { createConnection } from 'mysql2/promise';

/**
 * What a program without checks and releases does with the same file: csv-parse feeding multi-row inserts straight into
 * a table of the same columns, key and index as the published one. And the fastest way in that each database has.
 */

const OPEN = Number.MAX_SAFE_INTEGER;
const COLUMNS =
  'series, date, region_code, value, as_printed, rounded_to, qualifier, obs_status, conf_status, subsidy_end, source_id, note, published_from, published_to, release_id';
const WIDTH = COLUMNS.split(',').length;
const INDEX = 'CREATE INDEX baseline_1 ON baseline (series, region_code, date, published_from, published_to)';

/** Rows of the file as cells of the table; the series gets its number from a map, as any program would do. */
async function* cells(path: string): AsyncGenerator<(string | number | null)[]> {
  const series = new Map<string, number>();
  const parser = createReadStream(path).pipe(parse({ from_line: 2 }));
  for await (const record of parser as AsyncIterable<string[]>) {
    const [region, date, ...rest] = record;
    const name = rest.slice(0, 7).join('\u0001');
    const id = series.get(name) ?? series.size + 1;
    series.set(name, id);
    const [value, printed, rounded, qualifier, obs, conf, subsidy, source, note] = rest.slice(7);
    const blank = (text: string | undefined) => text || null;
    const figures = [Number(value), blank(printed), blank(rounded), blank(qualifier), obs ?? null, conf ?? null];
    yield [id, date ?? '', region ?? '', ...figures, blank(subsidy), source ?? '', blank(note), 1, OPEN, 'baseline/1'];
  }
}

async function* batches(path: string, size: number): AsyncGenerator<(string | number | null)[][]> {
  let batch: (string | number | null)[][] = [];
  for await (const row of cells(path)) {
    batch.push(row);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** Milliseconds to bring the file in, by multi-row inserts or by single prepared ones, which are SQLite's fastest. */
export async function loadSqlite(path: string, database: string, isFastest: boolean): Promise<number> {
  const db = new libsql(database);
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -12288');
  db.exec(`CREATE TABLE baseline (series INTEGER, date TEXT, region_code TEXT, value INTEGER, as_printed TEXT,
    rounded_to REAL, qualifier TEXT, obs_status TEXT, conf_status TEXT, subsidy_end TEXT, source_id TEXT, note TEXT,
    published_from INTEGER, published_to INTEGER, release_id TEXT,
    PRIMARY KEY (series, date, region_code, published_from)) WITHOUT ROWID; ${INDEX}`);
  const size = isFastest ? 1 : 1000;
  const row = `(${Array.from({ length: WIDTH }, () => '?').join(', ')})`;
  const insertOf = (rows: number) =>
    db.prepare(`INSERT INTO baseline (${COLUMNS}) VALUES ${Array.from({ length: rows }, () => row).join(', ')}`);
  const full = insertOf(size);
  const startedAt = performance.now();
  db.exec('BEGIN');
  for await (const batch of batches(path, size))
    (batch.length === size ? full : insertOf(batch.length)).run(batch.flat());
  db.exec('COMMIT');
  const ms = performance.now() - startedAt;
  db.close();
  return ms;
}

const MYSQL_TABLE = `CREATE TABLE baseline (series INT NOT NULL, date CHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  region_code CHAR(13) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, value BIGINT, as_printed VARCHAR(1000),
  rounded_to DECIMAL(20,6), qualifier VARCHAR(80) CHARACTER SET ascii, obs_status VARCHAR(80) CHARACTER SET ascii,
  conf_status VARCHAR(80) CHARACTER SET ascii, subsidy_end CHAR(10) CHARACTER SET ascii, source_id VARCHAR(1000),
  note VARCHAR(1000), published_from BIGINT NOT NULL, published_to BIGINT NOT NULL,
  release_id VARCHAR(80) CHARACTER SET ascii NOT NULL, PRIMARY KEY (series, date, region_code, published_from))
  DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`;

/** The same on MySQL's side; the fastest is LOAD DATA of the file as it lies, which parses it in the server. */
export async function loadMysql(path: string, url: string, isFastest: boolean): Promise<number> {
  const connection = await createConnection(url);
  await connection.query('DROP TABLE IF EXISTS baseline');
  await connection.query(MYSQL_TABLE);
  await connection.query(INDEX);
  const startedAt = performance.now();
  await connection.query('START TRANSACTION');
  if (isFastest) await loadData(connection, path);
  else
    for await (const batch of batches(path, 1000))
      await connection.query(`INSERT INTO baseline (${COLUMNS}) VALUES ?`, [batch]);
  await connection.query('COMMIT');
  const ms = performance.now() - startedAt;
  await connection.query('DROP TABLE baseline');
  await connection.end();
  return ms;
}

async function loadData(connection: Awaited<ReturnType<typeof createConnection>>, path: string): Promise<void> {
  const series = `CRC32(CONCAT_WS(',', @segment, @program, @status, @category, @administrator, @payer, @basis)) % 1000000`;
  await connection.query({
    sql: `LOAD DATA LOCAL INFILE 'file' INTO TABLE baseline FIELDS TERMINATED BY ',' LINES TERMINATED BY '\\n' IGNORE 1 LINES
      (region_code, date, @segment, @program, @status, @category, @administrator, @payer, @basis, value, @printed, @rounded,
       @qualifier, obs_status, conf_status, @subsidy, source_id, @note)
      SET series = ${series}, published_from = 1, published_to = ${OPEN}, release_id = 'baseline/1'`,
    infileStreamFactory: () => createReadStream(path),
  } as Parameters<typeof connection.query>[0]); // an option of mysql2 that its types leave out here
}
