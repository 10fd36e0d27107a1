import type { DbRow } from './database.js';
import { type Dataset, type Row, storedKey } from './dataset.js';
import type { Series } from './series.js';
import { textOrNull } from './source.js';

/** The cells that name a row, in the order of the dataset's key, from those that are stored; null is not stated. */
export function keyCells(dataset: Dataset, series: Series | null, stored: DbRow): Row {
  const dimensions = series?.all().get(Number(stored.series)) ?? {};
  const own = new Set(storedKey(dataset));
  return Object.fromEntries(
    dataset.key.map((name) => [name, textOrNull(own.has(name) ? stored[name] : dimensions[name])]),
  );
}

/** The same for people: the cells that are stated, one after the other. */
export function keyText(key: Row): string {
  return Object.values(key)
    .filter((cell) => cell !== null && cell !== '')
    .join(' ');
}
