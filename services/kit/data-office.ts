import { type AuditTrail, createAuditTrail } from './audit.js';
import { type Authenticate, createAuthenticate } from './authenticate.js';
import type { Database } from './database.js';
import type { EditionLog } from './edition.js';
import type { IdentityProvider } from './identity.js';
import type { Loader } from './load.js';
import type { Log } from './log.js';
import type { Instant } from './period.js';
import { createPublication, type Publication } from './publication.js';
import { type Ask, regionDirectory } from './region-directory.js';
import type { Spool } from './spool.js';
import type { Subgraph } from './subgraph.js';

/** Everything that takes figures in for the subgraphs of one database: who may, the way in, the way out to readers. */
export interface DataOffice {
  readonly loader: Loader;
  readonly publication: Publication;
  readonly authenticate: Authenticate;
  readonly trail: AuditTrail;
  readonly spool: Spool;
  readonly writeLog: Log;
}

export interface DataOfficeParts {
  readonly db: Database;
  readonly editionLog: EditionLog;
  readonly clock: () => Instant;
  readonly subgraphs: readonly Subgraph[];
  /** Asks the subgraph of regions, wherever it is. */
  readonly askRegions: Ask;
  /** Null where only tokens of our own are taken. */
  readonly identity: IdentityProvider | null;
  readonly spool: Spool;
  readonly writeLog: Log;
}

export function createDataOffice(parts: DataOfficeParts): DataOffice {
  const { db, editionLog, clock, subgraphs, askRegions, identity, spool, writeLog } = parts;
  const loader: Loader = {
    db,
    log: editionLog,
    clock,
    datasets: subgraphs.flatMap(({ datasets }) => datasets),
    regions: regionDirectory(askRegions),
  };
  return {
    loader,
    publication: createPublication(loader, writeLog),
    authenticate: createAuthenticate({ db, identity, clock, log: writeLog }),
    trail: createAuditTrail(db, clock),
    spool,
    writeLog,
  };
}
