import { groupBy } from '../../kit/batch.js';
import { type DbRow, keyTable } from '../../kit/database.js';
import { visible } from '../../kit/edition.js';
import { PLANS } from '../../kit/plan.js';
import type { Reader } from '../../kit/reader.js';
import { ancestorCodes, type RegionLevel } from '../../kit/region-code.js';
import { numberOrNull, textOrNull } from '../../kit/source.js';
import { REGION } from './tables.js';
import type { Region, Tile } from './types.js';

/** The regions with these codes, by code, as of the reader's instant. */
export async function findRegions(reader: Reader, codes: readonly string[]): Promise<Map<string, Region>> {
  if (!reader.keeps(REGION)) return new Map();
  const sql = `SELECT g.* FROM ${keyTable(reader.dialect, 'k')} JOIN ${REGION} g ON g.code = k.code AND ${visible('g')}`;
  const rows = await reader.query(sql, [JSON.stringify(codes), reader.asOf, reader.asOf]);
  return new Map(rows.map((row) => [String(row.code), readRegion(row)]));
}

/** The regions directly below each of these codes, by parent, in the order of their codes. Unallocated cells are left out. */
export async function findChildren(reader: Reader, parents: readonly string[]): Promise<Map<string, Region[]>> {
  if (!reader.keeps(REGION)) return new Map();
  const sql = `SELECT g.* FROM ${keyTable(reader.dialect, 'k')} JOIN ${REGION} g ON g.parent_code = k.code AND ${visible('g')}
    WHERE g.kind <> 'UNALLOCATED' ORDER BY g.code`;
  const rows = await reader.query(sql, [JSON.stringify(parents), reader.asOf, reader.asOf]);
  return groupBy(rows.map(readRegion), ({ code }) => ancestorCodes(code)[0] ?? '');
}

export interface RegionFilter {
  /** A folded name or the beginning of a code. */
  readonly search: string | null;
  readonly codeStart: string | null;
  readonly level: RegionLevel | null;
  readonly parent: string | null;
  /** The code after which the page begins. */
  readonly after: string | null;
  readonly limit: number;
}

/** Regions that fit the filter, higher levels first, then by code. Unallocated cells are left out. */
export async function findRegionPage(reader: Reader, filter: RegionFilter): Promise<Region[]> {
  if (!reader.keeps(REGION)) return [];
  const conditions: [string, readonly unknown[]][] = [
    [visible('g'), [reader.asOf, reader.asOf]],
    [`g.kind <> 'UNALLOCATED'`, []],
  ];
  if (filter.search !== null)
    conditions.push(['(g.search_text LIKE ? OR g.code LIKE ?)', [`%${filter.search}%`, `${filter.codeStart ?? '-'}%`]]);
  if (filter.level !== null) conditions.push(['g.level = ?', [filter.level]]);
  if (filter.parent !== null) conditions.push(['g.parent_code = ?', [filter.parent]]);
  if (filter.after !== null) {
    const length = filter.after.length;
    conditions.push(['(LENGTH(g.code) > ? OR (LENGTH(g.code) = ? AND g.code > ?))', [length, length, filter.after]]);
  }
  const where = conditions.map(([text]) => text).join(' AND ');
  const sql = `SELECT g.* FROM ${REGION} g WHERE ${where} ORDER BY LENGTH(g.code), g.code LIMIT ?`;
  const rows = await reader.query(sql, [...conditions.flatMap(([, values]) => values), filter.limit]);
  return rows.map(readRegion);
}

/** The regions whose BPS code is one of these, by BPS code, for the message about a code without its dots. */
export async function findByBpsCodes(reader: Reader, bpsCodes: readonly string[]): Promise<Map<string, Region[]>> {
  if (!reader.keeps(REGION)) return new Map();
  const { next } = PLANS[reader.dialect];
  const sql = `SELECT g.* FROM ${keyTable(reader.dialect, 'k')} ${next} ${REGION} g ON g.bps_code = k.code AND ${visible('g')}
    ORDER BY g.code`;
  const rows = await reader.query(sql, [JSON.stringify(bpsCodes), reader.asOf, reader.asOf]);
  return groupBy(rows.map(readRegion), ({ bpsCode }) => bpsCode ?? '');
}

function readRegion(row: DbRow): Region {
  return {
    code: String(row.code),
    level: String(row.level) as Region['level'], // checked against the list when it was loaded
    kind: String(row.kind) as Region['kind'], // likewise
    name: String(row.name),
    aliases: listOf(row.aliases),
    bpsCode: textOrNull(row.bps_code),
    validFrom: textOrNull(row.valid_from),
    validTo: textOrNull(row.valid_to),
    successors: listOf(row.successors),
    tile: readTile(row),
  };
}

function readTile(row: DbRow): Tile | null {
  const [column, tileRow] = [numberOrNull(row.tile_column), numberOrNull(row.tile_row)];
  return column === null || tileRow === null ? null : { column, row: tileRow };
}

function listOf(value: unknown): string[] {
  return String(value ?? '')
    .split('|')
    .filter(Boolean);
}
