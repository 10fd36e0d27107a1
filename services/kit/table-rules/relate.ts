import type { TableCheck } from '../table-check.js';
import type { TableRule } from '../table-rule.js';
import { relateOrder } from './order.js';
import type { Relation } from './relation.js';
import { relateSum } from './sum.js';
import { relateUnion } from './union.js';

/** The relations that a rule demands between figures of one place and date; none for a rule of another sort. */
export function relateRule(check: TableCheck, rule: TableRule): readonly Relation[] {
  if (rule.kind === 'order') return relateOrder(check, rule);
  if (rule.kind === 'sum') return relateSum(check, rule);
  return rule.kind === 'union' ? relateUnion(check, rule) : [];
}
