import type { Cell, Dataset, Row } from './dataset.js';
import { levelOfCode } from './region-code.js';

/** The policy that withheld a cell is named by its version; thresholds stand with each dataset. */
export const POLICY_VERSION = 'thresholds.v1';

export interface Withheld {
  readonly column: string;
  readonly value: Cell;
}

export interface Screened {
  readonly row: Row;
  readonly withheld: readonly Withheld[];
}

/**
 * The row as it may be published. A count from 1 to below the threshold is emptied with every amount beside it, and so
 * is an amount without a count below province level; the row then says Q (withheld) and A (small count). Decided once,
 * at arming, never when reading.
 */
export function screen(dataset: Dataset, row: Row): Screened {
  const policy = dataset.threshold;
  if (!policy) return { row, withheld: [] };
  const isSmall = (name: string) => typeof row[name] === 'number' && row[name] >= 1 && row[name] < policy.threshold;
  const stated = (names: readonly string[]) => names.filter((name) => (row[name] ?? null) !== null);
  const smallCount = policy.counts.some(isSmall);
  const bareAmount =
    stated(policy.counts).length === 0 && stated(policy.amounts).length > 0 && isBelowProvince(dataset, row);
  if (!smallCount && !bareAmount) return { row, withheld: [] };
  const columns = stated([...policy.counts, ...policy.amounts]);
  return {
    row: {
      ...row,
      ...Object.fromEntries(columns.map((name) => [name, null])),
      as_printed: null,
      note: null,
      obs_status: 'Q',
      conf_status: 'A',
    },
    withheld: columns.map((column) => ({ column, value: row[column] ?? null })),
  };
}

/** What may be kept, in confidence, for later decisions: nothing of a row that is about one person. */
export function keepable({ withheld }: Screened): readonly Withheld[] {
  return withheld.some(({ value }) => value === 1) ? [] : withheld;
}

function isBelowProvince(dataset: Dataset, row: Row): boolean {
  const code = dataset.place && row[dataset.place.region];
  if (typeof code !== 'string') return true;
  return !['COUNTRY', 'PROVINCE'].includes(levelOfCode(code));
}
