import { type Batch, batch } from '../../kit/batch.js';
import type { Reader } from '../../kit/reader.js';
import {
  type DisbursementFilter,
  type FoundDisbursement,
  type FoundRevision,
  type FoundRule,
  findDisbursementHistory,
  findDisbursements,
  findRules,
} from './queries.js';

/** What the resolvers of one request share. */
export interface Context {
  /** What was disbursed in a region, by what is asked of it. */
  readonly disbursements: Batch<string, DisbursementFilter, readonly FoundDisbursement[]>;
  /** What was ever said to be disbursed in it. */
  readonly disbursementHistory: Batch<string, DisbursementFilter, readonly FoundRevision[]>;
  readonly rules: () => Promise<readonly FoundRule[]>;
}

export function createContext(reader: Reader): Context {
  return {
    disbursements: batch<string, DisbursementFilter, readonly FoundDisbursement[]>(
      (codes, filter) => findDisbursements(reader, codes, filter),
      [],
    ),
    disbursementHistory: batch<string, DisbursementFilter, readonly FoundRevision[]>(
      (codes, filter) => findDisbursementHistory(reader, codes, filter),
      [],
    ),
    rules: () => findRules(reader),
  };
}
