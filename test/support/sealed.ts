import { copySeals } from '../../services/kit/arming.js';
import type { Database } from '../../services/kit/database.js';
import type { Instant } from '../../services/kit/period.js';
import { armRows, type TestDraft } from './publish.js';

/** A release of a few rows, with what it takes the place of. */
export interface SealedDraft extends TestDraft {
  /** The release it corrects or withdraws; null or not given for none. */
  readonly supersedes?: string | null;
}

/**
 * Arms a release for an instant of the test's choosing and seals it in the database of its readers, as the log would,
 * without waiting for the instant. Gives its id.
 */
export async function sealRows(db: Database, draft: SealedDraft, instant: Instant): Promise<string> {
  const { releaseId, dataset } = await armRows({ db, clock: () => instant }, draft, instant);
  await db.write((tx) =>
    tx.query("UPDATE data_release SET status = 'SEALED', supersedes = ?, approved_by = ? WHERE id = ?", [
      draft.supersedes ?? null,
      draft.approvedBy,
      releaseId,
    ]),
  );
  await copySeals(db, [{ dataset: dataset.name, instant }]);
  return releaseId;
}
