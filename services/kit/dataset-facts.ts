import { csvColumns } from './csv-line.js';
import type { Bilingual, Column, Dataset, Licence } from './dataset.js';

/** What everybody may know of a dataset, published or not: what `GET /data` lists and catalogues are made of. */
export interface DatasetFacts {
  readonly name: string;
  readonly subgraph: string;
  readonly title: Bilingual;
  /** Null where its figures belong to the sources that each row names. */
  readonly licence: Licence | null;
  /** The columns of its CSV, in their order. */
  readonly columns: readonly string[];
  /** What each column holds, in the same order; `words` are all it may say. */
  readonly layout: readonly ColumnFacts[];
  /** The columns that name a row. */
  readonly key: readonly string[];
  /** True where each row is about a region. */
  readonly isByRegion: boolean;
}

export interface ColumnFacts {
  readonly name: string;
  readonly kind: string;
  readonly required: boolean;
  readonly words?: readonly string[];
}

export function factsOf(dataset: Dataset): DatasetFacts {
  const { name, subgraph, title, licence, place } = dataset;
  return {
    name,
    subgraph,
    title: title ?? { id: name, en: name },
    licence: licence ?? null,
    columns: csvColumns(dataset),
    layout: dataset.columns.map(columnFacts),
    key: dataset.key,
    isByRegion: place !== undefined,
  };
}

function columnFacts(column: Column): ColumnFacts {
  const { name, kind, required = false } = column;
  return { name, kind, required, ...(kind === 'word' ? { words: column.words } : {}) };
}

/** Where the parts of a dataset are found: addresses that stay. */
export function addressesOf(name: string) {
  return { csv: `/data/${name}.csv`, gzip: `/data/${name}.csv.gz`, description: `/data/${name}/datapackage.json` };
}
