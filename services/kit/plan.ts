import type { Dialect } from './database.js';

/** How a statement says in which order tables are joined, and by which index. */
export interface Plan {
  /** Stands for JOIN: what follows is looked up for each row of what stands before. */
  readonly next: string;
  /** After a table and its alias: by this index, and no other. */
  by(index: string): string;
}

/**
 * Statements on tables of figures say their plan. Left to choose, both databases scanned such a table whole for each
 * region asked for: their statistics are as old as the last load.
 */
export const PLANS: Readonly<Record<Dialect, Plan>> = {
  sqlite: { next: 'CROSS JOIN', by: (index) => `INDEXED BY ${index}` },
  mysql: { next: 'STRAIGHT_JOIN', by: (index) => `FORCE INDEX (${index})` },
};
