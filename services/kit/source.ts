import type { DbRow } from './database.js';
import type { Dataset } from './dataset.js';
import { visible } from './edition.js';
import type { Source } from './observation.js';
import type { Reader } from './reader.js';

/** The dataset of a subgraph's publications, `source.csv` in its data folder. */
export function sourceDataset(subgraph: string): Dataset {
  return {
    name: `${subgraph}_source`,
    title: { id: `Sumber angka (${subgraph})`, en: `Sources of figures (${subgraph})` },
    subgraph,
    file: 'source.csv',
    table: `${subgraph}_source`,
    columns: [
      { name: 'id', kind: 'id', required: true },
      { name: 'publisher', kind: 'text', required: true },
      { name: 'title', kind: 'text' },
      { name: 'url', kind: 'text' },
      { name: 'published_on', kind: 'date' },
      { name: 'retrieved_on', kind: 'date' },
      { name: 'licence', kind: 'text' },
      { name: 'evidence', kind: 'text' },
    ],
    key: ['id'],
    firstLoad: 'REFERENCE',
  };
}

/** The columns of that table for a migration. */
export const SOURCE_TABLE = {
  id: 'word',
  publisher: 'text?',
  title: 'text?',
  url: 'text?',
  published_on: 'date?',
  retrieved_on: 'date?',
  licence: 'text?',
  evidence: 'text?',
} as const;

/** All sources of a subgraph as of the reader's instant, by id; one statement per edition. */
export function findSources(reader: Reader, dataset: string): Promise<ReadonlyMap<string, Source>> {
  return reader.remember(dataset, async () => {
    if (!reader.keeps(dataset)) return new Map<string, Source>();
    const rows = await reader.query(`SELECT * FROM ${dataset} s WHERE ${visible('s')}`, [reader.asOf, reader.asOf]);
    return new Map(rows.map((row) => [String(row.id), readSource(row)]));
  });
}

/** The sources a row names, in its order. */
export function sourcesOf(ids: string, known: ReadonlyMap<string, Source>): Source[] {
  return ids.split(' ').flatMap((id) => known.get(id) ?? []);
}

function readSource(row: DbRow): Source {
  return {
    id: String(row.id),
    publisher: String(row.publisher),
    title: textOrNull(row.title),
    url: textOrNull(row.url),
    publishedOn: textOrNull(row.published_on),
    retrievedOn: textOrNull(row.retrieved_on),
    licence: textOrNull(row.licence),
    evidence: textOrNull(row.evidence),
  };
}

/** Stored text; empty text is how a key cell says "not stated". */
export function textOrNull(value: unknown): string | null {
  return value === null || value === undefined || value === '' ? null : String(value);
}

/** A stored number: MySQL sends BIGINT and DECIMAL as text. */
export function numberOrNull(value: unknown): number | null {
  return value === null || value === undefined ? null : Number(value);
}
