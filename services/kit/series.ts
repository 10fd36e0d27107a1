import type { EntityManager } from 'typeorm';
import type { DbRow } from './database.js';
import type { Cell, Dataset, Row } from './dataset.js';

/** The series of a dataset: the dimensions of a figure folded into one small number, which never changes. */
export interface Series {
  /** The number of a row's series; undefined for one that has none yet. */
  idOf(row: Row): number | undefined;
  /** Gives numbers to the series of these rows that have none, and stores them. */
  add(tx: EntityManager, rows: readonly Row[]): Promise<void>;
  /** The dimensions of every series, by its number. */
  all(): ReadonlyMap<number, Row>;
}

/** What can be asked: a database, or a transaction. */
export interface Asked {
  query(sql: string, parameters?: unknown[]): Promise<readonly DbRow[]>;
}

/** Reads the series of a dataset; null for a dataset without. */
export async function readSeries(asked: Asked, dataset: Dataset): Promise<Series | null> {
  const { series: names, table } = dataset;
  if (!names) return null;
  const ids = new Map<string, number>();
  const all = new Map<number, Row>();
  const remember = (id: number, row: Row) => {
    ids.set(seriesText(names, row), id);
    all.set(id, row);
  };
  const readAll = async (from: Asked) => {
    for (const row of await from.query(`SELECT * FROM ${table}_series`))
      remember(Number(row.id), Object.fromEntries(names.map((name) => [name, String(row[name] ?? '')])));
  };
  await readAll(asked);
  return {
    idOf: (row) => ids.get(seriesText(names, row)),
    all: () => all,
    async add(writer, rows) {
      const unknown = () => rows.filter((row) => !ids.has(seriesText(names, row)));
      if (unknown().length === 0) return;
      await lockSeries(writer, dataset.name);
      await readAll(writer); // another load may have added some meanwhile
      const added = new Map(unknown().map((row) => [seriesText(names, row), row]));
      let next = Math.max(0, ...all.keys());
      for (const row of added.values()) {
        next += 1;
        const cells: Record<string, Cell> = Object.fromEntries(names.map((name) => [name, row[name] ?? '']));
        await writer.query(
          `INSERT INTO ${table}_series (id, ${names.join(', ')}) VALUES (?, ${names.map(() => '?').join(', ')})`,
          [next, ...names.map((name) => cells[name])],
        );
        remember(next, cells);
      }
    },
  };
}

function seriesText(names: readonly string[], row: Row): string {
  let text = '';
  for (const name of names) text += `${row[name] ?? ''}\u0001`;
  return text;
}

/** Series get their numbers one load after the other. On SQLite writers wait anyway. */
async function lockSeries(tx: EntityManager, dataset: string): Promise<void> {
  if (tx.connection.options.type !== 'mysql') return;
  await tx.query(
    'INSERT INTO dataset_head (dataset, next_number) VALUES (?, 1) ON DUPLICATE KEY UPDATE next_number = next_number',
    [dataset],
  );
}
