import type { TableRule } from '../../kit/table-rule.js';

/** What the rows of a file must obey together. Each line is a rule: no code is needed for it. */
export const TABLE_RULES: readonly TableRule[] = [
  { kind: 'regions', name: 'E6', values: ['held'] },
  { kind: 'change', values: ['held'], jump: 0.5, least: 20 },
  { kind: 'round', values: ['held'] },
];
