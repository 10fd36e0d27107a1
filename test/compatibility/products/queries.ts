import type { DbRow } from '../../../services/kit/database.js';
import { visible } from '../../../services/kit/edition.js';
import type { Reader } from '../../../services/kit/reader.js';
import { numberOrNull, textOrNull } from '../../../services/kit/source.js';
import { DEPRECATED, PRODUCT, STUDY } from './tables.js';
import type { DeprecatedProduct, Product, ProductResearch } from './types.js';

/** Research, with the product it is about. */
export interface FoundResearch extends ProductResearch {
  readonly productId: string;
}

/** All products as of the reader's instant: a small table, read once for each edition. */
export function findProducts(reader: Reader): Promise<readonly Product[]> {
  return findAll(reader, PRODUCT, (row) => ({
    id: String(row.id),
    sku: textOrNull(row.sku),
    package: packageOf(row),
    variation: row.variation === null ? null : { id: String(row.variation) },
    dimensions: { size: textOrNull(row.size), weight: numberOrNull(row.weight), unit: textOrNull(row.unit) },
    notes: null,
  }));
}

/** All research as of the reader's instant. */
export function findResearch(reader: Reader): Promise<readonly FoundResearch[]> {
  return findAll(reader, STUDY, (row) => ({
    productId: String(row.product_id),
    study: { caseNumber: String(row.case_number), description: textOrNull(row.description) },
    outcome: null,
  }));
}

/** All products that are no longer made, as of the reader's instant. */
export function findDeprecated(reader: Reader): Promise<readonly DeprecatedProduct[]> {
  return findAll(reader, DEPRECATED, (row) => ({
    sku: String(row.sku),
    package: packageOf(row) ?? '',
    reason: textOrNull(row.reason),
  }));
}

function findAll<T>(reader: Reader, table: string, read: (row: DbRow) => T): Promise<readonly T[]> {
  return reader.remember(table, async () => {
    if (!reader.keeps(table)) return [];
    const rows = await reader.query(`SELECT * FROM ${table} t WHERE ${visible('t')}`, [reader.asOf, reader.asOf]);
    return rows.map(read);
  });
}

function packageOf({ scope, package: name }: DbRow): string | null {
  return scope === null || name === null ? null : `@${scope}/${name}`;
}
