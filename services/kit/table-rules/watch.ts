import type { TableCheck } from '../table-check.js';
import type { TableRule } from '../table-rule.js';
import { watchCeiling } from './ceiling.js';
import { watchChange } from './change.js';
import { watchCumulative } from './cumulative.js';
import { watchGaps } from './gaps.js';
import { watchRegions } from './regions.js';
import type { Watch } from './walk.js';

/** What goes along the series for a rule; none for a rule of another sort, or a dataset without dates. */
export async function watchRule(check: TableCheck, rule: TableRule): Promise<readonly Watch[]> {
  if (!check.stage.dataset.place?.date) return [];
  if (rule.kind === 'regions') return [watchRegions(check, rule)];
  if (rule.kind === 'change') return [await watchChange(check, rule)];
  if (rule.kind === 'cumulative') return [watchCumulative(check, rule)];
  if (rule.kind === 'ceiling') return [await watchCeiling(check, rule)];
  return rule.kind === 'gaps' ? [watchGaps(check, rule)] : [];
}
