import { type Armed, arm } from '../../services/kit/arming.js';
import type { DataOffice } from '../../services/kit/data-office.js';
import type { Dataset, Row } from '../../services/kit/dataset.js';
import { countDifference } from '../../services/kit/difference.js';
import { screen } from '../../services/kit/disclosure.js';
import type { Loader } from '../../services/kit/load.js';
import {
  comparisonTime,
  newestInstant,
  type ReleaseKind,
  type StoredRelease,
  storeDraft,
  WHOLE_SCOPE,
} from '../../services/kit/release.js';
import { createStage, insertStaged } from '../../services/kit/stage.js';

/** A release of a few rows, as a test wants it published; what is not in it stays. */
export interface TestDraft {
  readonly dataset: Dataset;
  readonly rows: readonly Row[];
  readonly kind: ReleaseKind;
  readonly reason: string | null;
  readonly createdBy: string;
  readonly approvedBy: string;
}

type Office = Pick<Loader, 'db' | 'clock'>;
/** Without its datasets what a draft refers to is not looked up. */
type Armory = Office & Partial<Pick<Loader, 'datasets'>>;

/** Stages rows as the way in does, without a file, and makes a draft of them. */
export async function draftRows({ db, clock }: Office, draft: TestDraft): Promise<StoredRelease> {
  const { dataset, rows, kind, reason, createdBy } = draft;
  const comparedAt = await comparisonTime(db, dataset.name, clock());
  const baseInstant = await newestInstant(db, dataset.name);
  const stage = await createStage(db, dataset, clock());
  await insertStaged(
    db,
    stage,
    rows.map((row, index) => ({ line: index + 2, ...screen(dataset, row) })),
  );
  const difference = await countDifference(db, stage);
  const facts = { dataset, stage: stage.id, kind, reason, createdBy, difference, baseInstant, rowCount: rows.length };
  const none = { supersedes: null, fileName: null, fileHash: null, scope: WHOLE_SCOPE, acknowledged: [] };
  return storeDraft(db, { ...facts, ...none }, comparedAt);
}

/** A draft that is approved and armed for an instant, and not sealed. */
export async function armRows(office: Armory, draft: TestDraft, instant: number): Promise<Armed> {
  const { id } = await draftRows(office, draft);
  await office.db.write((tx) => tx.query("UPDATE data_release SET status = 'APPROVED' WHERE id = ?", [id]));
  return arm({ datasets: [], ...office }, draft.dataset, id, instant);
}

/** Publishes drafts so that readers see all of them from one instant on, the one given or the next. Gives the releases. */
export async function publishTogether(
  { loader, publication }: Pick<DataOffice, 'loader' | 'publication'>,
  drafts: readonly TestDraft[],
  at: number | null = null,
): Promise<StoredRelease[]> {
  const made: StoredRelease[] = [];
  for (const draft of drafts) made.push(await draftRows(loader, draft));
  const ids = made.map(({ id }) => id);
  return publication.approve(ids, drafts[0]?.approvedBy ?? '', at, ids);
}
