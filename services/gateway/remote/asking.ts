import { LRUCache } from 'lru-cache';
import { compilePrune, type Prune } from './asked.js';

/** What is worked out once of an operation that a subgraph is asked again and again. */
export interface Asking {
  /** Its text, as JSON. */
  readonly text: string;
  readonly prune: Prune;
}

/** How many operations are remembered. */
const MOST_OPERATIONS = 2000;

export function rememberAskings(): (operation: string) => Asking {
  const known = new LRUCache<string, Asking>({ max: MOST_OPERATIONS });
  return (operation) => {
    const found = known.get(operation);
    if (found) return found;
    const asking = { text: JSON.stringify(operation), prune: compilePrune(operation) };
    known.set(operation, asking);
    return asking;
  };
}
