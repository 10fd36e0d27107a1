import { storedPeriod } from './reach.js';
import type { Asked } from './series.js';
import { type Stage, stageTable } from './stage.js';

/**
 * The period of a stage's rows: `2024-10`, or from the first to the last as `2024-10/2024-12`. Null for reference data,
 * and for a stage without rows.
 */
export async function findReferencePeriod(
  asked: Asked,
  { dataset, id }: Pick<Stage, 'dataset' | 'id'>,
): Promise<string | null> {
  const names = storedPeriod(dataset);
  const [first, last] = [names.at(0), names.at(-1)];
  if (first === undefined || last === undefined) return null;
  const [row] = await asked.query(`SELECT MIN(${first}) AS begins, MAX(${last}) AS ends FROM ${stageTable(id)}`);
  const { begins = null, ends = null } = row ?? {};
  if (begins === null || ends === null) return null;
  return begins === ends ? String(begins) : `${begins}/${ends}`;
}
