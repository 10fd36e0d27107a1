import type { Dataset } from '../dataset.js';

/** A figure as it is compared: rupiah beyond what a number holds exactly are whole numbers of any length. */
export type Figure = number | bigint;

/** A figure as the database gave it; whole numbers that may be long come as text. Null stays null. */
export function readFigure(stored: unknown): Figure | null {
  if (typeof stored === 'number' && Number.isSafeInteger(stored)) return stored;
  if (stored === null || stored === undefined) return null;
  const figure = Number(stored);
  return Number.isInteger(figure) && !Number.isSafeInteger(figure) ? BigInt(String(stored)) : figure;
}

/** The sum of two figures, every digit of it. */
export function addFigures(left: Figure, right: Figure): Figure {
  if (typeof left === 'number' && typeof right === 'number') {
    const sum = left + right;
    if (Math.abs(sum) <= Number.MAX_SAFE_INTEGER) return sum;
  }
  return BigInt(left) + BigInt(right);
}

/** How much more the first figure is than the second. */
export function differenceOf(left: Figure, right: Figure): Figure {
  return addFigures(left, -right);
}

/** The SQL of a figure as text, every digit of it. */
export function textSql(column: string): string {
  return `CAST(${column} AS CHAR)`;
}

export function hasColumn({ columns }: Dataset, name: string): boolean {
  return columns.some((column) => column.name === name);
}

export function isDecimal({ columns }: Dataset, name: string): boolean {
  return columns.some((column) => column.name === name && column.kind === 'decimal');
}

/** The column of rupiah; null for a dataset without. */
export function rupiahColumn({ columns }: Dataset): string | null {
  return columns.find(({ kind }) => kind === 'rupiah')?.name ?? null;
}

/**
 * The SQL of the unit that a stored figure is rounded to; null where nothing is said. What a row says speaks of its
 * rupiah where it has both rupiah and counts.
 */
export function unitSql(dataset: Dataset, value: string, alias: string): string {
  if (!hasColumn(dataset, 'rounded_to')) return 'NULL';
  const rupiah = rupiahColumn(dataset);
  if (rupiah === null || rupiah === value) return `${alias}.rounded_to`;
  return `CASE WHEN ${alias}.${rupiah} IS NULL THEN ${alias}.rounded_to END`;
}
