import type { Database, DbRow } from '../../services/kit/database.js';
import type { Statement } from './world.js';

/** How one table of a statement is read. */
export interface Step {
  /** The table; several where the statement gives their names one alias. */
  readonly tables: readonly string[];
  /** SCAN reads every row of the table or of an index, SEARCH looks rows up. */
  readonly access: 'SCAN' | 'SEARCH';
  /** The columns of the index that rows are looked up by, in its order; none for a scan. */
  readonly columns: readonly string[];
}

/** The plan the database has for a statement, with the parameters it was sent with. */
export async function explain({ dialect, query }: Database, { sql, parameters }: Statement): Promise<Step[]> {
  const aliases = aliasesOf(sql);
  const named = (alias: string) => aliases.get(alias) ?? [alias];
  if (dialect === 'sqlite') {
    const rows = await query(`EXPLAIN QUERY PLAN ${sql}`, parameters);
    return rows.flatMap((row) => readSqlite(String(row.detail), named));
  }
  const [row] = await query(`EXPLAIN FORMAT=JSON ${sql}`, parameters);
  return readMariaDb(JSON.parse(String(row?.EXPLAIN)), named);
}

type Named = (alias: string) => readonly string[];

/** The tables each alias stands for: `FROM stated_coverage s` and `JOIN (SELECT ...) k`. */
function aliasesOf(sql: string): Map<string, string[]> {
  const aliases = new Map<string, string[]>();
  for (const [, table = '', alias = ''] of sql.matchAll(/\b(?:FROM|JOIN|STRAIGHT_JOIN)\s+(\w+)\s+(\w+)/g))
    aliases.set(alias, [...new Set([...(aliases.get(alias) ?? []), table])]);
  return aliases;
}

/** `SEARCH s USING INDEX stated_coverage_1 (series=? AND region_code=?)`; other lines read no table. */
function readSqlite(detail: string, named: Named): Step[] {
  const [, access, alias] = /^(SCAN|SEARCH) (\w+)/.exec(detail) ?? [];
  if (alias === undefined) return [];
  const columns = [...detail.matchAll(/(\w+)[=<>]\?/g)].map(([, column = '']) => column);
  return [{ tables: named(alias), access: access === 'SCAN' ? 'SCAN' : 'SEARCH', columns }];
}

/** Every object with a `table_name`, however deep: access_type ALL reads the table, index reads a whole index. */
function readMariaDb(node: unknown, named: Named): Step[] {
  if (typeof node !== 'object' || node === null) return [];
  const inner = Object.values(node).flatMap((one) => readMariaDb(one, named));
  if (!('table_name' in node)) return inner;
  const { table_name, access_type, used_key_parts } = node as DbRow; // the server's own form
  const isScan = access_type === 'ALL' || access_type === 'index';
  const columns = Array.isArray(used_key_parts) ? used_key_parts.map(String) : [];
  return [
    { tables: named(String(table_name)), access: isScan ? 'SCAN' : 'SEARCH', columns: isScan ? [] : columns },
    ...inner,
  ];
}
