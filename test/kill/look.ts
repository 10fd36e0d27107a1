import type { Database } from '../../services/kit/database.js';
import type { EditionLog } from '../../services/kit/edition.js';
import { exportCsv } from '../../services/kit/export.js';
import { participantCount } from '../../services/subgraphs/participants/datasets.js';
import { DATASET, roundsInCsv } from './figures.js';

/** The instants that the log has sealed for the dataset since its birth, due or not, oldest first. */
export async function findSeals({ log }: { readonly log: EditionLog }): Promise<number[]> {
  const { seals } = await log.read(0);
  const ours = seals.filter(({ dataset, historical }) => dataset === DATASET && !historical);
  return ours.map(({ instant }) => instant).sort((left, right) => left - right);
}

/** The rounds that are read at a sealed instant. */
export async function readRounds(db: Database, asOf: number): Promise<Record<number, number>> {
  const pieces: string[] = [];
  for await (const piece of exportCsv(db, participantCount, { asOf })) pieces.push(piece);
  return roundsInCsv(pieces.join('').split('\n'));
}

/** How far the publication of a file has come, in a word. */
export async function pointOf({ query }: Database, fileHash: string): Promise<string> {
  const [release] = await query('SELECT status, instant FROM data_release WHERE file_hash = ? ORDER BY number DESC', [
    fileHash,
  ]);
  const [stage] = await query(
    'SELECT s.id FROM stage s LEFT JOIN data_release r ON r.stage = s.id WHERE s.dataset = ? AND r.id IS NULL',
    [DATASET],
  );
  if (!release) return stage ? 'staging' : 'nothing kept';
  const { status, instant } = release;
  if (status !== 'ARMED') return String(status);
  const sealed = await query('SELECT 1 FROM edition WHERE dataset = ? AND instant = ?', [DATASET, instant]);
  return sealed.length > 0 ? 'in the log' : 'ARMED';
}

/** Rows of no release that is armed or sealed, and releases that lack some of theirs. */
export async function halfWritten({ query }: Database): Promise<string[]> {
  const rows = await query(
    `SELECT r.id, r.status, r.added, r.changed, r.instant, p.published_from, COUNT(*) AS n FROM ${DATASET} p
      JOIN data_release r ON r.id = p.release_id WHERE r.kind <> 'HISTORICAL'
      GROUP BY r.id, r.status, r.added, r.changed, r.instant, p.published_from`,
  );
  const isWhole = ({ status, added, changed, instant, published_from, n }: (typeof rows)[number]) =>
    ['ARMED', 'SEALED'].includes(String(status)) &&
    Number(n) === Number(added) + Number(changed) &&
    Number(instant) === Number(published_from);
  const [stray] = await query(
    `SELECT COUNT(*) AS n FROM ${DATASET} p LEFT JOIN data_release r ON r.id = p.release_id WHERE r.id IS NULL`,
  );
  const strays = Number(stray?.n) > 0 ? ['rows of no release'] : [];
  return [...rows.filter((row) => !isWhole(row)).map((row) => JSON.stringify(row)), ...strays];
}

/** Stages that no release holds: their tables, and their entries in the list. */
export async function strayStages({ query, dialect }: Database): Promise<string[]> {
  const tables = await query(
    dialect === 'sqlite'
      ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'stage!_%' ESCAPE '!'"
      : "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name LIKE 'stage!_%' ESCAPE '!'",
  );
  const held = await query("SELECT stage FROM data_release WHERE status IN ('DRAFT', 'APPROVED', 'ARMED')");
  const known = await query('SELECT id FROM stage');
  const isHeld = (id: unknown) => held.some(({ stage }) => Number(stage) === Number(id));
  return [
    ...tables.map(({ name }) => String(name)).filter((name) => !isHeld(name.slice('stage_'.length))),
    ...known.map(({ id }) => `entry ${id}`).filter((entry) => !isHeld(entry.slice('entry '.length))),
  ];
}
