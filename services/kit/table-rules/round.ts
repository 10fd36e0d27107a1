import { stageTable } from '../stage.js';
import type { TableCheck } from '../table-check.js';
import type { RoundRule } from '../table-rule.js';
import { unitSql } from './figure.js';

/** Fewer figures may all be round by chance. */
const ENOUGH = 10;

/** W7: tells where every figure of a column ends in 00 or 000 although none is said to be rounded. */
export async function checkRound({ db, stage, problems }: TableCheck, { values }: RoundRule): Promise<void> {
  const { dataset, id } = stage;
  for (const value of values) {
    const unsaid = `s.${value} > 0 AND COALESCE(${unitSql(dataset, value, 's')}, 1) < 100`;
    const other = await db.query(
      `SELECT 1 AS one FROM ${stageTable(id)} s WHERE ${unsaid} AND s.${value} % 100 <> 0 LIMIT 1`,
    );
    if (other.length > 0) continue;
    const [row] = await db.query(
      `SELECT COUNT(*) AS n, SUM(CASE WHEN s.${value} % 1000 = 0 THEN 1 ELSE 0 END) AS thousands, MIN(s.line) AS line
        FROM ${stageTable(id)} s WHERE ${unsaid}`,
    );
    const n = Number(row?.n ?? 0);
    if (n < ENOUGH) continue;
    const zeros = Number(row?.thousands) === n ? '000' : '00';
    problems.add(
      'W7',
      {
        id: `semua ${n} angka di kolom ${value} berakhir dengan ${zeros}`,
        en: `all ${n} figures of column ${value} end in ${zeros}`,
      },
      {
        column: value,
        suggestion: {
          id: 'angka ini tampaknya dibulatkan: kirim angka aslinya, atau isi rounded_to',
          en: 'they seem to be rounded: send the exact figures, or say so in rounded_to',
        },
      },
    );
  }
}
