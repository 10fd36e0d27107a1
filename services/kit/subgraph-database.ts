import { type Database, type MigrationClass, type OnQuery, openDatabase } from './database.js';
import { KitReleases1764000000001 } from './migrations/0001-releases.js';
import { KitWorkflow1764000000002 } from './migrations/0002-workflow.js';
import { KitToken1764000000003 } from './migrations/0003-token.js';
import { KitChain1764000000004 } from './migrations/0004-chain.js';
import { demandPeriodsFirst } from './reach.js';
import type { Subgraph } from './subgraph.js';
import { ensureColumns } from './table-columns.js';
import { KIT_TABLES, tablesOf } from './tables.js';
import type { Tracing } from './tracing.js';

export interface SubgraphDatabaseOptions {
  readonly url: string;
  readonly subgraphs: readonly Subgraph[];
  /** Migrations of others that share the database, such as the registry. */
  readonly migrations?: readonly MigrationClass[];
  readonly onQuery?: OnQuery;
  readonly tracing?: Tracing | null;
}

/** Opens the database of these subgraphs with every table they need. */
export async function openSubgraphDatabase({
  url,
  subgraphs,
  migrations = [],
  onQuery,
  tracing = null,
}: SubgraphDatabaseOptions): Promise<Database> {
  const datasets = subgraphs.flatMap((subgraph) => subgraph.datasets);
  demandPeriodsFirst(datasets);
  const db = await openDatabase({
    url,
    entities: [...KIT_TABLES, ...tablesOf(datasets)],
    migrations: [
      KitReleases1764000000001,
      KitWorkflow1764000000002,
      KitToken1764000000003,
      KitChain1764000000004,
      ...migrations,
      ...subgraphs.flatMap((subgraph) => subgraph.migrations),
    ],
    ...(onQuery ? { onQuery } : {}),
    tracing,
  });
  try {
    await ensureColumns(db, datasets);
    return db;
  } catch (error) {
    await db.close();
    throw error;
  }
}
