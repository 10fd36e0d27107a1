import type { Dataset } from './dataset.js';
import { OPEN } from './edition.js';
import { RequestError } from './errors.js';
import type { StoredRelease } from './release.js';
import type { Asked } from './series.js';
import { type Stage, stageTable } from './stage.js';

/**
 * Throws STALE_DRAFT where a stage names a row of another dataset that has gone since its file was checked: every figure
 * has its source, and every share its definition. Regions are asked of their own subgraph when a file is checked, and
 * stay: a code that is no longer valid keeps its row.
 */
export async function refuseDangling(
  asked: Asked,
  { id }: StoredRelease,
  stage: Stage,
  datasets: readonly Dataset[],
): Promise<void> {
  for (const column of stage.dataset.columns) {
    if (column.kind !== 'reference') continue;
    const to = datasets.find(({ name }) => name === column.to);
    if (!to) continue;
    const named = await findNamed(asked, stage, column.name);
    const there = await findOpenIds(asked, to);
    const [missing] = [...named].filter((one) => !there.has(one));
    if (missing === undefined) continue;
    throw new RequestError(
      'STALE_DRAFT',
      `${id} names "${missing}" in ${column.name}, which is not in ${column.to} any more: publish that first, then its file again.`,
    );
  }
}

/** What a stage names in a column; one cell may name several. */
async function findNamed(asked: Asked, { id, dataset, series }: Stage, column: string): Promise<ReadonlySet<string>> {
  const sql = dataset.series?.includes(column)
    ? `SELECT DISTINCT series AS named FROM ${stageTable(id)} WHERE removes IS NULL`
    : `SELECT DISTINCT ${column} AS named FROM ${stageTable(id)} WHERE removes IS NULL`;
  const rows = await asked.query(sql);
  const texts = rows.map(({ named }) =>
    dataset.series?.includes(column) ? series?.all().get(Number(named))?.[column] : named,
  );
  return new Set(texts.flatMap((text) => String(text ?? '').split(' ')).filter(Boolean));
}

async function findOpenIds(asked: Asked, { table }: Dataset): Promise<ReadonlySet<string>> {
  const rows = await asked.query(`SELECT id FROM ${table} WHERE published_to = ?`, [OPEN]);
  return new Set(rows.map((row) => String(row.id)));
}
