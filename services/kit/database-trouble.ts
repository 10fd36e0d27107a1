import { QueryFailedError } from 'typeorm';
import { RequestError } from './errors.js';

/**
 * What a caller is told where a database is full (DATABASE_FULL) or does not answer (DATABASE_UNAVAILABLE): neither is a
 * mistake of theirs, nor a bug that trying again would meet again. Null for any other error.
 */
export function tellTrouble(error: unknown): RequestError | null {
  const code = driverCode(error);
  if (code === null) return null;
  if (FULL.has(code))
    return new RequestError(
      'DATABASE_FULL',
      'The database of this server has no room left: tell who runs it, then ask again. What was published before stays.',
    );
  if (AWAY.has(code) || isFatal(error))
    return new RequestError(
      'DATABASE_UNAVAILABLE',
      'The database of this server does not answer: ask again in a minute. What is done already is not done twice.',
    );
  return null;
}

/** What SQLite, MySQL and the system say of a disk, or a table, that is full. */
const FULL: ReadonlySet<string> = new Set([
  'SQLITE_FULL',
  'ENOSPC',
  'EDQUOT',
  'ER_DISK_FULL',
  'ER_RECORD_FILE_FULL',
  'EE_DISK_FULL',
  'EE_WRITE',
  'ER_TEMP_FILE_WRITE_FAILURE',
]);

/** What they say where nobody answers, or where nothing can be read or written at the moment. */
const AWAY: ReadonlySet<string> = new Set([
  'SQLITE_BUSY',
  'SQLITE_CANTOPEN',
  'SQLITE_IOERR',
  'SQLITE_READONLY',
  'PROTOCOL_CONNECTION_LOST',
  'ER_CON_COUNT_ERROR',
  'ER_CONNECTION_KILLED',
  'ER_LOCK_DEADLOCK',
  'ER_LOCK_WAIT_TIMEOUT',
  'ER_OPTION_PREVENTS_STATEMENT', // a server that is read only
  'ER_SERVER_SHUTDOWN',
]);

/** The code of a database's driver, empty where it gives none; null where the error comes from somewhere else. */
function driverCode(error: unknown): string | null {
  if (!(error instanceof QueryFailedError || isFatal(error))) return null;
  const { code = '' } = error as { readonly code?: unknown }; // drivers add it
  return String(code).replace(/^(SQLITE_(?:BUSY|CANTOPEN|IOERR|READONLY))_\w+$/, '$1'); // with a finer reason
}

/** True where MySQL's driver says that the connection is over, or was never made. */
function isFatal(error: unknown): boolean {
  if (error instanceof QueryFailedError) return isFatal(error.driverError);
  return typeof error === 'object' && error !== null && 'fatal' in error && error.fatal === true;
}
