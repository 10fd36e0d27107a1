import type { QueryRunner } from 'typeorm';

/**
 * A column in words that mean the same on SQLite and MySQL; a `?` at the end allows null.
 * `code` and `date` are fixed ASCII text, `word` short ASCII text, `rupiah` a 64-bit whole number.
 */
export type ColumnWord = 'code' | 'date' | 'word' | 'integer' | 'bigint' | 'rupiah' | 'decimal' | 'text' | 'long';
export type ColumnType = ColumnWord | `${ColumnWord}?`;

export interface TableShape {
  readonly name: string;
  readonly columns: Readonly<Record<string, ColumnType>>;
  readonly primaryKey: readonly string[];
  readonly indexes?: readonly (readonly string[])[];
}

const SQLITE: Readonly<Record<ColumnWord, string>> = {
  code: 'TEXT',
  date: 'TEXT',
  word: 'TEXT',
  integer: 'INTEGER',
  bigint: 'INTEGER',
  rupiah: 'INTEGER',
  decimal: 'REAL',
  text: 'TEXT',
  long: 'TEXT',
};

const ASCII = 'CHARACTER SET ascii COLLATE ascii_bin';

const MYSQL: Readonly<Record<ColumnWord, string>> = {
  code: `CHAR(13) ${ASCII}`,
  date: `CHAR(10) ${ASCII}`,
  word: `VARCHAR(80) ${ASCII}`,
  integer: 'INT',
  bigint: 'BIGINT',
  rupiah: 'BIGINT',
  decimal: 'DECIMAL(20,6)',
  text: 'VARCHAR(1000)',
  long: 'LONGTEXT',
};

/** Creates the table with its indexes; on SQLite WITHOUT ROWID, so that the primary key is the table. */
export async function createTable(runner: QueryRunner, shape: TableShape): Promise<void> {
  const onSqlite = isOnSqlite(runner);
  const columns = Object.entries(shape.columns).map(([name, type]) => columnText(onSqlite, name, type));
  const ending = onSqlite ? 'WITHOUT ROWID' : 'DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin';
  await runner.query(
    `CREATE TABLE ${shape.name} (${columns.join(', ')}, PRIMARY KEY (${shape.primaryKey.join(', ')})) ${ending}`,
  );
  for (const [index, names] of (shape.indexes ?? []).entries()) {
    await runner.query(`CREATE INDEX ${shape.name}_${index + 1} ON ${shape.name} (${names.join(', ')})`);
  }
}

/** Adds one column, which must allow null, to a table that may hold rows. */
export async function addColumn(runner: QueryRunner, table: string, name: string, type: ColumnType): Promise<void> {
  await runner.query(`ALTER TABLE ${table} ADD COLUMN ${columnText(isOnSqlite(runner), name, type)}`);
}

function isOnSqlite(runner: QueryRunner): boolean {
  return runner.connection.options.type === 'better-sqlite3';
}

function columnText(onSqlite: boolean, name: string, type: ColumnType): string {
  const word = type.replace('?', '') as ColumnWord; // a ColumnType without its mark is a ColumnWord
  return `${name} ${(onSqlite ? SQLITE : MYSQL)[word]}${type.endsWith('?') ? '' : ' NOT NULL'}`;
}

/** The columns every published table ends with: the half-open interval of as-of instants, the release, the line of its file. */
export const PUBLISHED_COLUMNS = {
  published_from: 'bigint',
  published_to: 'bigint',
  release_id: 'word',
  file_row: 'integer?',
} as const satisfies Readonly<Record<string, ColumnType>>;
