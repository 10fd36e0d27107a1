import { sameKey } from './arm.js';
import type { Database } from './database.js';
import { contentColumns, storedKey } from './dataset.js';
import { type Problems, TOLD } from './problems.js';
import { type Stage, stageTable } from './stage.js';

/** E1: staged rows whose key an earlier line has already, with what to do about it. Asked of the stage, not kept in memory. */
export async function checkDuplicates({ query, dialect }: Database, stage: Stage, problems: Problems): Promise<void> {
  if (problems.counts.has('PERSONAL')) return; // the report names columns only
  const { dataset, id } = stage;
  const table = stageTable(id);
  const keys = storedKey(dataset);
  const list = keys.join(', ');
  const groups = `SELECT ${list}, MIN(line) AS first, COUNT(*) AS n FROM ${table} GROUP BY ${list} HAVING COUNT(*) > 1`;
  const [counted] = await query(`SELECT COALESCE(SUM(n - 1), 0) AS total FROM (${groups}) d`);
  if (Number(counted?.total) === 0) return;
  const equal = contentColumns(dataset)
    .map((name) => (dialect === 'sqlite' ? `s.${name} IS f.${name}` : `s.${name} <=> f.${name}`))
    .join(' AND ');
  const rows = await query(
    `SELECT s.line, p.first, CASE WHEN ${equal} THEN 1 ELSE 0 END AS equal FROM (${groups}) p
      JOIN ${table} s ON ${sameKey(dataset)} AND s.line > p.first
      JOIN ${table} f ON ${keys.map((name) => `f.${name} = p.${name}`).join(' AND ')} AND f.line = p.first
      ORDER BY s.line LIMIT ${TOLD}`,
  );
  for (const { line, first, equal: isEqual } of rows)
    addDuplicate(problems, Number(line), Number(first), Number(isEqual) === 1);
  problems.addUntold('E1', Number(counted?.total) - rows.length);
}

function addDuplicate(problems: Problems, row: number, first: number, isEqual: boolean): void {
  const suggestion = isEqual
    ? { id: 'kedua baris sama persis: hapus salah satu', en: 'both lines say the same: delete one of them' }
    : { id: 'isinya berbeda: putuskan baris mana yang benar', en: 'they differ: decide which line is right' };
  const message = { id: `kunci yang sama dengan baris ${first}`, en: `has the same key as line ${first}` };
  problems.add('E1', message, { row, suggestion });
}
