import type { Database } from './database.js';
import type { Bilingual, Row } from './dataset.js';
import type { Problems } from './problems.js';
import { emptying, findRedactions, keyCondition, type Redaction } from './redaction.js';
import { type Stage, stageTable } from './stage.js';

/** REDACTED: staged rows that would say again what was emptied because the law demanded it. To be acknowledged by name. */
export async function checkRedacted(db: Database, stage: Stage, problems: Problems): Promise<void> {
  if (problems.counts.has('PERSONAL')) return; // the report names columns only
  const { dataset, series, id } = stage;
  const newest = new Map((await findRedactions(db, dataset.name)).map((redaction) => [redaction.rowKey, redaction]));
  for (const redaction of newest.values()) {
    const condition = keyCondition(dataset, series, readKey(dataset.key, redaction));
    if (!condition) continue;
    const { sql, parameters } = condition;
    const full = `${sql} AND removes IS NULL AND (${emptying(dataset).isFull})`;
    for (const { line } of await db.query(`SELECT line FROM ${stageTable(id)} WHERE ${full} ORDER BY line`, parameters))
      problems.add('REDACTED', messageOf(redaction), { row: Number(line), suggestion: SUGGESTION });
  }
}

function readKey(key: readonly string[], { rowKey }: Redaction): Row {
  const cells = JSON.parse(rowKey) as readonly (string | null)[]; // written by rowKey
  return Object.fromEntries(key.map((name, index) => [name, cells[index] ?? null]));
}

function messageOf({ redactedAt, reason }: Redaction): Bilingual {
  const day = new Date(redactedAt).toISOString().slice(0, 10);
  return {
    id: `angka ini disunting dari semua terbitan pada ${day} (${reason}) dan akan terbit lagi`,
    en: `this figure was redacted from all that was published on ${day} (${reason}) and would be published again`,
  };
}

const SUGGESTION: Bilingual = {
  id: 'kosongkan angka dan catatannya dengan obs_status Q dan conf_status N, atau akui REDACTED bila memang boleh terbit',
  en: 'leave its figures and texts blank, with obs_status Q and conf_status N, or acknowledge REDACTED where it may be published',
};
