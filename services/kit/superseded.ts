import { differs, sameKey } from './arm.js';
import type { Dialect } from './database.js';
import { visible } from './edition.js';
import type { Instant } from './period.js';
import { findPieces, inPiece } from './reach.js';
import type { Asked } from './series.js';
import { type Stage, stageTable } from './stage.js';

/** The newest of the releases whose figures, as seen at an instant, a stage changes; null where it changes none. */
export async function findSuperseded(
  asked: Asked,
  dialect: Dialect,
  stage: Stage,
  at: Instant,
): Promise<string | null> {
  const { dataset, id } = stage;
  const changed = new Set<string>();
  for (const piece of await findPieces(asked, stage)) {
    const { sql, parameters } = inPiece(dialect, dataset, 's', piece);
    const rows = await asked.query(
      `SELECT DISTINCT p.release_id AS id FROM ${stageTable(id)} s JOIN ${dataset.table} p ON ${sameKey(dataset)}
        WHERE ${sql} AND ${visible('p')} AND s.removes IS NULL AND ${differs(dataset, dialect)}`,
      [...parameters, at, at],
    );
    for (const row of rows) changed.add(String(row.id));
  }
  return newestOf(changed);
}

/** Releases are numbered in the order they were made: `participant_count/7`. */
function newestOf(releases: ReadonlySet<string>): string | null {
  const numberOf = (release: string) => Number(release.split('/').at(-1));
  const [newest] = [...releases].sort((left, right) => numberOf(right) - numberOf(left));
  return newest ?? null;
}
