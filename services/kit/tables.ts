import { EntitySchema, type EntitySchemaColumnOptions, type ObjectLiteral } from 'typeorm';
import { type Column, contentColumns, type Dataset, storedKey } from './dataset.js';

export type Table = EntitySchema<ObjectLiteral>;

const TYPES = {
  region: 'varchar',
  date: 'varchar',
  word: 'varchar',
  id: 'varchar',
  reference: 'varchar',
  count: 'bigint',
  rupiah: 'bigint',
  decimal: 'decimal',
  boolean: 'int',
  text: 'varchar',
} as const satisfies Readonly<Record<Column['kind'], EntitySchemaColumnOptions['type']>>;

/** The table of a dataset's published rows, as typeorm writes it: key, content, interval of instants, release. */
export function publishedTable(dataset: Dataset): Table {
  const typeOf = (name: string) => TYPES[dataset.columns.find((column) => column.name === name)?.kind ?? 'text'];
  const key = storedKey(dataset).map((name) => [
    name,
    { type: name === 'series' ? 'int' : typeOf(name), primary: true },
  ]);
  const content = contentColumns(dataset).map((name) => [name, { type: typeOf(name), nullable: true }]);
  return new EntitySchema({
    name: dataset.table,
    tableName: dataset.table,
    columns: {
      ...Object.fromEntries([...key, ...content]),
      published_from: { type: 'bigint', primary: true },
      published_to: { type: 'bigint' },
      release_id: { type: 'varchar' },
      file_row: { type: 'int', nullable: true },
    },
  });
}

/** The table of a dataset's series, each a small number for a combination of dimensions; null without series. */
export function seriesTable({ table, series }: Dataset): Table | null {
  if (!series) return null;
  const dimensions = Object.fromEntries(series.map((name) => [name, { type: 'varchar' as const }]));
  return new EntitySchema({
    name: `${table}_series`,
    tableName: `${table}_series`,
    columns: { id: { type: 'int', primary: true }, ...dimensions },
  });
}

/** Every table typeorm writes for these datasets. */
export function tablesOf(datasets: readonly Dataset[]): Table[] {
  return datasets
    .flatMap((dataset) => [publishedTable(dataset), seriesTable(dataset)])
    .filter((table) => table !== null);
}

function table(name: string, columns: Readonly<Record<string, EntitySchemaColumnOptions>>): Table {
  return new EntitySchema({ name, tableName: name, columns: { ...columns } });
}

const text = { type: 'varchar' } as const;
const number = { type: 'bigint' } as const;
const primary = { primary: true } as const;
const nullable = { nullable: true } as const;

/** Releases of every dataset of this database: what was published when, why, and by whom. */
export const releaseTable = table('data_release', {
  id: { ...text, ...primary },
  dataset: text,
  number: { type: 'int' },
  kind: text,
  instant: { ...number, ...nullable },
  reason: { ...text, ...nullable },
  reference_period: { ...text, ...nullable },
  supersedes: { ...text, ...nullable },
  content_hash: { ...text, ...nullable },
  row_count: { type: 'int', ...nullable },
  changed_cells: { type: 'int', ...nullable },
  policy_version: { ...text, ...nullable },
  created_at: number,
  created_by: text,
  approved_by: { ...text, ...nullable },
  subgraph: { ...text, ...nullable },
  status: { ...text, ...nullable },
  stage: { type: 'int', ...nullable },
  file_name: { ...text, ...nullable },
  file_hash: { ...text, ...nullable },
  scope: { ...text, ...nullable },
  acknowledged: { ...text, ...nullable },
  base_instant: { ...number, ...nullable },
  added: { type: 'int', ...nullable },
  changed: { type: 'int', ...nullable },
  removed: { type: 'int', ...nullable },
});

/** Copies of the log's seals for the datasets of this database. */
export const sealTable = table('seal', {
  dataset: { ...text, ...primary },
  instant: { ...number, ...primary },
});

/** True values of withheld cells. Only disclosure control reads it; no resolver does. */
export const withheldValueTable = table('withheld_value', {
  release_id: { ...text, ...primary },
  row_hash: { ...text, ...primary },
  column_name: { ...text, ...primary },
  dataset: text,
  row_key: text,
  value: text,
});

export const KIT_TABLES: readonly Table[] = [releaseTable, sealTable, withheldValueTable];
