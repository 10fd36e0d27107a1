import { sameKey } from './arm.js';
import { counted } from './bilingual.js';
import { RequestError } from './errors.js';
import type { Instant } from './period.js';
import type { StoredRelease } from './release.js';
import type { Asked } from './series.js';
import { type Stage, stageTable } from './stage.js';

/** A release that has cells which another one, being made, has too. */
export interface Overlap {
  readonly release: string;
  readonly cells: number;
}

/** The releases armed after an instant, and approved after another, that opened cells which the stage has too. */
export async function findPublishedOverlaps(
  asked: Asked,
  stage: Stage,
  armedAfter: Instant,
  approvedAfter: Instant,
): Promise<Overlap[]> {
  const { dataset, id } = stage;
  const newer = await asked.query(
    'SELECT id FROM data_release WHERE dataset = ? AND instant > ? AND COALESCE(approved_at, instant) > ?',
    [dataset.name, armedAfter, approvedAfter],
  );
  if (newer.length === 0) return [];
  const rows = await asked.query(
    `SELECT p.release_id AS id, COUNT(*) AS cells FROM ${stageTable(id)} s JOIN ${dataset.table} p
      ON ${sameKey(dataset)} AND p.published_from > ? AND p.release_id IN (${newer.map(() => '?').join(', ')})
      GROUP BY p.release_id ORDER BY p.release_id`,
    [armedAfter, ...newer.map((row) => row.id)],
  );
  return rows.map((row) => ({ release: String(row.id), cells: Number(row.cells) }));
}

/** The releases approved after an instant, and waiting for theirs, that have cells which the stage has too. */
export async function findScheduledOverlaps(asked: Asked, stage: Stage, approvedAfter: Instant): Promise<Overlap[]> {
  const { dataset, id } = stage;
  const waiting = await asked.query(
    "SELECT id, stage FROM data_release WHERE dataset = ? AND status = 'APPROVED' AND approved_at > ? AND stage <> ? ORDER BY id",
    [dataset.name, approvedAfter, id],
  );
  const overlaps: Overlap[] = [];
  for (const other of waiting) {
    const [row] = await asked.query(
      `SELECT COUNT(*) AS cells FROM ${stageTable(id)} s JOIN ${stageTable(Number(other.stage))} p ON ${sameKey(dataset)}`,
    );
    if (Number(row?.cells) > 0) overlaps.push({ release: String(other.id), cells: Number(row?.cells) });
  }
  return overlaps;
}

/** Throws STALE_DRAFT where there are overlaps: whoever approved the release has not seen what it would overwrite. */
export function refuseOverlaps(release: StoredRelease, overlaps: readonly Overlap[]): void {
  if (overlaps.length > 0) throw staleDraft(release, overlaps);
}

export function staleDraft({ id }: StoredRelease, overlaps: readonly Overlap[]): RequestError {
  const list = overlaps.map(({ release, cells }) => `${release} (${counted(cells, 'cell')})`).join(', ');
  return new RequestError(
    'STALE_DRAFT',
    `Since ${id} was compared, ${list} changed cells it has: publish its file again to see what it changes now.`,
    { changedBy: overlaps },
  );
}
