import { createReadStream } from 'node:fs';
import { copySeals, disarm } from '../../services/kit/arming.js';
import { readCsv } from '../../services/kit/csv.js';
import type { Dataset, Row } from '../../services/kit/dataset.js';
import type { Loader } from '../../services/kit/load.js';
import { createProblems } from '../../services/kit/problems.js';
import { newestInstant } from '../../services/kit/release.js';
import { armRows } from './publish.js';

/** Publishes the rows of a good file until the function given back is called. Throws for a file that is not good. */
export async function publishGiven(
  loader: Pick<Loader, 'db' | 'clock'>,
  dataset: Dataset,
  path: string,
): Promise<() => Promise<void>> {
  const problems = createProblems(path);
  const rows: Row[] = [];
  for await (const batch of readCsv(dataset, createReadStream(path), problems, { locale: 'C' }))
    rows.push(...batch.map(({ row }) => row));
  if (problems.count() > 0) throw new Error(`${path} is not good: ${problems.list[0]?.message.en}`);
  const draft = { dataset, rows, kind: 'REGULAR', reason: null, createdBy: 'one', approvedBy: 'other' } as const;
  const instant = (await newestInstant(loader.db, dataset.name)) + 1;
  const { releaseId } = await armRows(loader, draft, instant);
  await copySeals(loader.db, [{ dataset: dataset.name, instant }]); // so that readers, and rules, see it
  return async () => {
    await loader.db.write((tx) =>
      tx.query('DELETE FROM seal WHERE dataset = ? AND instant = ?', [dataset.name, instant]),
    );
    await disarm(loader.db, dataset, releaseId);
  };
}
