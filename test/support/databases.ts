import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from '@jest/globals';
import { freshMariaDb } from './mariadb.js';

/** The `sqlite:` address of a file that does not exist yet, in a temporary folder that goes when the run ends. */
export async function freshSqlite(): Promise<string> {
  return `sqlite:${join(await freshFolder(), 'test.sqlite')}`;
}

/** A new, empty folder that goes when the run ends. */
export function freshFolder(): Promise<string> {
  return mkdtemp(join(process.env.TEST_FOLDER ?? tmpdir(), 'sqlite-'));
}

/** Describes one suite twice: on SQLite and on MariaDB. Each call of `makeUrl` gives the address of a new, empty database. */
export function eachDatabase(name: string, suite: (makeUrl: () => Promise<string>) => void): void {
  describe(`${name}, on SQLite`, () => suite(freshSqlite));
  describe(`${name}, on MariaDB`, () => suite(freshMariaDb));
}
