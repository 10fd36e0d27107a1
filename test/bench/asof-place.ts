import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { startMariaDb } from '../support/mariadb.js';

/** Where databases of one kind are made, measured and dropped. */
export interface Place {
  readonly title: string;
  /** The address of a new, empty database. */
  make(name: string): Promise<string>;
  /** Megabytes of its tables and indexes. */
  megabytes(url: string): Promise<number>;
  drop(url: string): Promise<void>;
  close(): Promise<void>;
}

/** SQLite files in a new folder. */
export async function sqlitePlace(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'cakupan-bench-'));
  const pathOf = (url: string) => url.slice('sqlite:'.length);
  return {
    title: 'SQLite',
    make: async (name) => `sqlite:${join(folder, `${name}.sqlite`)}`,
    megabytes: async (url) => (await stat(pathOf(url))).size / 1e6,
    async drop(url) {
      for (const ending of ['', '-wal', '-shm']) await rm(pathOf(url) + ending, { force: true });
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Room for what is asked again and again, as a server of its own would have; the tests' servers make do with less. */
const SERVER_OPTIONS = ['--innodb-buffer-pool-size=1G', '--innodb-log-file-size=512M'];

/** Databases of a new MariaDB server. */
export async function mariaDbPlace(): Promise<Place> {
  const server = await startMariaDb(SERVER_OPTIONS);
  const ask = async (sql: string): Promise<RowDataPacket[]> => {
    const connection = await createConnection(server.url);
    const [rows] = await connection.query<RowDataPacket[]>(sql).finally(() => connection.end());
    return rows;
  };
  const nameOf = (url: string) => new URL(url).pathname.slice(1);
  return {
    title: 'MariaDB',
    async make(name) {
      await ask(`CREATE DATABASE ${name}`);
      return new URL(`/${name}`, server.url).href;
    },
    async megabytes(url) {
      const sql = `SELECT SUM(data_length + index_length) AS bytes FROM information_schema.tables WHERE table_schema = '${nameOf(url)}'`;
      return Number((await ask(sql))[0]?.bytes) / 1e6;
    },
    drop: async (url) => void (await ask(`DROP DATABASE ${nameOf(url)}`)),
    close: server.stop,
  };
}
