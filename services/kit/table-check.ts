import type { Database } from './database.js';
import type { Dataset } from './dataset.js';
import { hasRows } from './difference.js';
import type { Problems } from './problems.js';
import type { ReleaseKind } from './release.js';
import type { Seen } from './seen.js';
import { type Stage, stageTable } from './stage.js';
import type { TableRule } from './table-rule.js';
import { figureNames } from './table-rules/point.js';
import { relateRule } from './table-rules/relate.js';
import { checkRound } from './table-rules/round.js';
import { readTogether } from './table-rules/tour.js';
import type { Watch } from './table-rules/walk.js';
import { watchRule } from './table-rules/watch.js';

/** What rules over a whole file are checked with. */
export interface TableCheck {
  readonly db: Database;
  readonly stage: Stage;
  readonly problems: Problems;
  /** Every dataset of this database: rules look at others, too. */
  readonly datasets: readonly Dataset[];
  /** What rules compare with, of this dataset and of others. */
  readonly seen: Seen;
  readonly kind: ReleaseKind;
  /** The series that the stage has rows of. */
  readonly present: ReadonlySet<number>;
  /** The columns of figures that rules ask for, in the order that points have them. */
  readonly names: readonly string[];
  /** False when lines of the file were refused: what seems to be missing may be one of them. */
  readonly isWhole: boolean;
  /** True when readers see rows of the dataset. */
  readonly hasPublished: boolean;
  /** How many places are remembered at once; where there are more, series are gone along one after the other. */
  readonly places: number;
}

/** What it needs to begin. */
export type TableCheckFacts = Pick<TableCheck, 'db' | 'stage' | 'problems' | 'datasets' | 'seen'> & {
  /** REGULAR when it is not known yet. */
  readonly kind?: ReleaseKind;
  readonly places?: number;
};

/** Some hundred bytes each. */
const PLACES = 100_000;

/**
 * Checks a stage by the table rules of its dataset: reads it in the order of its key, series that rules compare side by
 * side, and tells of what is wrong. Withheld figures are not in the stage as figures, and not used.
 */
export async function checkTable({ kind = 'REGULAR', places = PLACES, ...facts }: TableCheckFacts): Promise<void> {
  const { db, stage, problems, seen } = facts;
  const { dataset } = stage;
  const rules = dataset.tableRules ?? [];
  if (rules.length === 0 || problems.counts.has('PERSONAL')) return;
  const check: TableCheck = {
    ...facts,
    kind,
    places,
    present: await findPresent(facts),
    names: figureNames(dataset, rules.flatMap(valuesOf)),
    isWhole: problems.count('E') === 0,
    hasPublished: await hasRows(db, dataset, seen(dataset.name)),
  };
  const relations = rules.flatMap((rule) => relateRule(check, rule));
  const watches: Watch[] = [];
  for (const rule of rules) watches.push(...(await watchRule(check, rule)));
  await readTogether(check, relations, watches);
  for (const watch of watches) await watch.finish?.();
  for (const rule of rules) if (rule.kind === 'round') await checkRound(check, rule);
}

function valuesOf(rule: TableRule): readonly string[] {
  return 'values' in rule ? rule.values : [];
}

async function findPresent({ db, stage: { dataset, id } }: TableCheckFacts): Promise<ReadonlySet<number>> {
  if (!dataset.series) return new Set();
  const rows = await db.query(`SELECT DISTINCT series FROM ${stageTable(id)} ORDER BY series`);
  return new Set(rows.map(({ series }) => Number(series)));
}
