import { addColumn, type ColumnWord } from './create-table.js';
import type { Database, Dialect } from './database.js';
import { type Column, contentColumns, type Dataset, storedKey } from './dataset.js';
import { ConfigError } from './env.js';

const WORDS = {
  region: 'code',
  date: 'date',
  word: 'word',
  id: 'word',
  reference: 'text',
  count: 'bigint',
  rupiah: 'rupiah',
  decimal: 'decimal',
  boolean: 'integer',
  text: 'text',
} as const satisfies Readonly<Record<Column['kind'], ColumnWord>>;

/** The column word of a stored column of the dataset: its series number, a column of its layout, or a derived one. */
export function wordOf(dataset: Dataset, name: string): ColumnWord {
  if (name === 'series' && dataset.series) return 'integer';
  const kind = dataset.columns.find((column) => column.name === name)?.kind;
  if (kind === undefined) return 'long'; // derived: outside the row, which has a size to keep to
  return kind === 'reference' && dataset.key.includes(name) ? 'word' : WORDS[kind];
}

/**
 * Makes sure that every published table has the columns its dataset declares. Columns that this kit has added since
 * are added; one that the declaration has and the table has not is a ConfigError: a migration of the subgraph is missing.
 */
export async function ensureColumns(db: Database, datasets: readonly Dataset[]): Promise<void> {
  const problems: string[] = [];
  for (const dataset of datasets) {
    const found = new Set(await findColumns(db, dataset.table));
    const declared = [...storedKey(dataset), ...contentColumns(dataset)];
    const missing = declared.filter((name) => !found.has(name));
    if (missing.length > 0) problems.push(`table ${dataset.table} has no ${missing.join(', ')}`);
    if (found.size > 0 && !found.has('file_row')) await addFileRow(db, dataset.table);
  }
  if (problems.length > 0)
    throw new ConfigError(
      `${problems.join('; ')}: add a migration to the subgraph, the datasets declare these columns`,
    );
}

async function addFileRow(db: Database, table: string): Promise<void> {
  await db.write(async ({ queryRunner }) => {
    if (queryRunner) await addColumn(queryRunner, table, 'file_row', 'integer?');
  });
}

const COLUMNS: Readonly<Record<Dialect, string>> = {
  sqlite: 'SELECT name FROM pragma_table_info(?)',
  mysql:
    'SELECT COLUMN_NAME AS name FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ?',
};

async function findColumns({ query, dialect }: Database, table: string): Promise<string[]> {
  return (await query(COLUMNS[dialect], [table])).map(({ name }) => String(name));
}
