import { groupBy } from '../../kit/batch.js';
import { type DbRow, keyTable } from '../../kit/database.js';
import { visible } from '../../kit/edition.js';
import type { Release, Source } from '../../kit/observation.js';
import type { Reader } from '../../kit/reader.js';
import { findWithdrawn, RELEASE_COLUMNS, readRelease, type Withdrawn } from '../../kit/release-row.js';
import { findSources, numberOrNull, sourcesOf, textOrNull } from '../../kit/source.js';
import { SOURCE, WORKSHOP } from './tables.js';

/** Workshops of one region and year, as published at one instant. */
export interface FoundWorkshops {
  readonly regionCode: string;
  readonly year: string;
  readonly held: number | null;
  readonly obsStatus: string;
  readonly confStatus: string;
  readonly sources: Source[];
  readonly release: Release;
  readonly fileRow: number | null;
  readonly note: string | null;
}

/** Workshops of these regions, by region, newest year first, as of the reader's instant; of one year where one is given. */
export async function findWorkshops(
  reader: Reader,
  codes: readonly string[],
  year: string | null,
): Promise<Map<string, FoundWorkshops[]>> {
  if (!reader.keeps(WORKSHOP)) return new Map();
  const sql = `SELECT w.*, ${RELEASE_COLUMNS} FROM ${keyTable(reader.dialect, 'k')}
    JOIN ${WORKSHOP} w ON w.region_code = k.code AND ${visible('w')} ${year === null ? '' : 'AND w.year = ?'}
    JOIN data_release r ON r.id = w.release_id ORDER BY w.year DESC`;
  const values = [JSON.stringify(codes), reader.asOf, reader.asOf, ...(year === null ? [] : [year])];
  const [rows, sources, withdrawn] = await Promise.all([
    reader.query(sql, values),
    findSources(reader, SOURCE),
    findWithdrawn(reader),
  ]);
  const found = rows.map((row) => readWorkshops(row, sources, withdrawn));
  return groupBy(found, ({ regionCode }) => regionCode);
}

function readWorkshops(row: DbRow, sources: ReadonlyMap<string, Source>, withdrawn: Withdrawn): FoundWorkshops {
  return {
    regionCode: String(row.region_code),
    year: String(row.year),
    held: numberOrNull(row.held),
    obsStatus: String(row.obs_status),
    confStatus: String(row.conf_status),
    sources: sourcesOf(textOrNull(row.source_id) ?? '', sources),
    release: readRelease(row, withdrawn),
    fileRow: numberOrNull(row.file_row),
    note: textOrNull(row.note),
  };
}
