import { type Database, type MigrationClass, type OnQuery, openDatabase } from './database.js';
import { KitReleases1764000000001 } from './migrations/0001-releases.js';
import type { Subgraph } from './subgraph.js';
import { KIT_TABLES, tablesOf } from './tables.js';

export interface SubgraphDatabaseOptions {
  readonly url: string;
  readonly subgraphs: readonly Subgraph[];
  /** Migrations of others that share the database, such as the registry. */
  readonly migrations?: readonly MigrationClass[];
  readonly onQuery?: OnQuery;
}

/** Opens the database of these subgraphs with every table they need. */
export function openSubgraphDatabase({
  url,
  subgraphs,
  migrations = [],
  onQuery,
}: SubgraphDatabaseOptions): Promise<Database> {
  return openDatabase({
    url,
    entities: [...KIT_TABLES, ...tablesOf(subgraphs.flatMap(({ datasets }) => datasets))],
    migrations: [KitReleases1764000000001, ...migrations, ...subgraphs.flatMap((subgraph) => subgraph.migrations)],
    ...(onQuery ? { onQuery } : {}),
  });
}
