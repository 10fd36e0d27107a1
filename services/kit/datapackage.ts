import type { Column, Dataset } from './dataset.js';
import { factsOf } from './dataset-facts.js';

/**
 * A Frictionless Data Package that describes the CSV of a dataset, made of its declaration and of nothing that is
 * published: https://specs.frictionlessdata.io. What rows refer to in the same database lies in the package too.
 */
export function packageOf(dataset: Dataset, datasets: readonly Dataset[]): DataPackage {
  const { name, title, licence } = factsOf(dataset);
  return {
    profile: 'tabular-data-package',
    name,
    title: title.en,
    titles: title,
    description: DESCRIPTION,
    ...(licence ? { licenses: [{ name: licence.name, title: licence.title, path: licence.url }] } : {}),
    sources: sourcesOf(dataset),
    contributors: [{ title: 'Cakupan', role: 'publisher' }],
    resources: packagedDatasets(dataset, datasets).map((one) => resourceOf(one, datasets)),
  };
}

/** The datasets whose CSV lies in the package of a dataset: itself first, then those that its rows refer to. */
export function packagedDatasets(dataset: Dataset, datasets: readonly Dataset[]): readonly Dataset[] {
  const names = new Set(dataset.columns.flatMap((column) => (column.kind === 'reference' ? [column.to] : [])));
  return [dataset, ...datasets.filter(({ name }) => names.has(name) && name !== dataset.name)];
}

export interface DataPackage {
  readonly profile: 'tabular-data-package';
  readonly name: string;
  readonly title: string;
  readonly titles: { readonly id: string; readonly en: string };
  readonly description: string;
  readonly licenses?: readonly { readonly name: string; readonly title: string; readonly path: string }[];
  readonly sources: readonly { readonly title: string }[];
  readonly contributors: readonly { readonly title: string; readonly role: string }[];
  readonly resources: readonly Resource[];
}

export interface Resource {
  readonly profile: 'tabular-data-resource';
  readonly name: string;
  readonly path: string;
  readonly title: string;
  readonly format: 'csv';
  readonly mediatype: 'text/csv';
  readonly encoding: 'utf-8';
  readonly dialect: Readonly<Record<string, string | boolean>>;
  readonly schema: TableSchema;
}

export interface TableSchema {
  readonly fields: readonly Field[];
  readonly missingValues: readonly string[];
  /** Where no cell of the key may be blank, which a primary key asks for. */
  readonly primaryKey?: readonly string[];
  /** The key where a cell of it may be blank: what a source does not state. */
  readonly uniqueKeys?: readonly (readonly string[])[];
  readonly foreignKeys?: readonly ForeignKey[];
}

export interface Field {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'number' | 'boolean';
  readonly description?: string;
  readonly trueValues?: readonly string[];
  readonly falseValues?: readonly string[];
  readonly constraints?: Readonly<Record<string, unknown>>;
}

export interface ForeignKey {
  readonly fields: string;
  readonly reference: { readonly resource: string; readonly fields: string };
}

const DESCRIPTION =
  'Published figures, never data about a person. A blank cell is what is not stated; a withheld figure is blank and its obs_status is Q, a withdrawn one blank with O. Text that begins with = + - @, a tab or a carriage return, or so after apostrophes, has one apostrophe in front.';

function sourcesOf({ columns, subgraph }: Dataset): readonly { readonly title: string }[] {
  const column = columns.find(({ name }) => name === 'source_id');
  if (column?.kind !== 'reference') return [{ title: `The publications that the team of ${subgraph} names` }];
  return [{ title: `The publications that each row names in source_id, listed in ${column.to}.csv` }];
}

function resourceOf(dataset: Dataset, datasets: readonly Dataset[]): Resource {
  const { name, title } = factsOf(dataset);
  return {
    profile: 'tabular-data-resource',
    name,
    path: `${name}.csv`,
    title: title.en,
    format: 'csv',
    mediatype: 'text/csv',
    encoding: 'utf-8',
    dialect: { delimiter: ',', lineTerminator: '\n', quoteChar: '"', doubleQuote: true, header: true },
    schema: schemaOf(dataset, datasets),
  };
}

function schemaOf(dataset: Dataset, datasets: readonly Dataset[]): TableSchema {
  const { columns, key } = dataset;
  const isWhole = columns.every((column) => !key.includes(column.name) || isAlwaysFilled(column));
  const foreignKeys = foreignKeysOf(dataset, datasets);
  return {
    fields: columns.map(fieldOf),
    missingValues: [''],
    ...(isWhole ? { primaryKey: key } : { uniqueKeys: [key] }),
    ...(foreignKeys.length > 0 ? { foreignKeys } : {}),
  };
}

/** Columns that name one row of a dataset in the package; a list of names is no foreign key, its field says so in words. */
function foreignKeysOf(dataset: Dataset, datasets: readonly Dataset[]): readonly ForeignKey[] {
  const names = new Set(datasets.map(({ name }) => name));
  return dataset.columns.flatMap((column) => {
    if (column.kind !== 'reference' || column.many || !names.has(column.to)) return [];
    const resource = column.to === dataset.name ? '' : column.to;
    return [{ fields: column.name, reference: { resource, fields: 'id' } }];
  });
}

/** A figure may be withheld or withdrawn, and is blank then, also where a file must state it. */
function isAlwaysFilled({ kind, required, fallback }: Column): boolean {
  const isFigure = kind === 'count' || kind === 'rupiah' || kind === 'decimal';
  return !isFigure && (required === true || fallback !== undefined);
}

function fieldOf(column: Column): Field {
  const { constraints = {}, ...rest } = FIELDS[column.kind](column);
  const all = { ...(isAlwaysFilled(column) ? { required: true } : {}), ...constraints };
  return { name: column.name, ...rest, ...(Object.keys(all).length > 0 ? { constraints: all } : {}) };
}

type FieldOf = (column: Column) => Omit<Field, 'name'>;

const FIELDS: Readonly<Record<Column['kind'], FieldOf>> = {
  region: () => ({
    type: 'string',
    description: 'Kemendagri region code with its dots, as in the dataset region.',
    constraints: { pattern: '\\d{2}(\\.\\d{2}(\\.\\d{2}(\\.\\d{4})?)?)?' },
  }),
  date: () => ({
    type: 'string',
    description: 'A day, month or year, as precise as its source.',
    constraints: { pattern: '\\d{4}(-\\d{2}(-\\d{2})?)?' },
  }),
  word: (column) => ({ type: 'string', constraints: { enum: column.kind === 'word' ? column.words : [] } }),
  id: () => ({ type: 'string' }),
  reference: (column) => ({ type: 'string', ...describeReference(column) }),
  count: () => ({ type: 'integer', constraints: { minimum: 0 } }),
  rupiah: () => ({
    type: 'integer',
    description: 'Whole rupiah, up to 18 digits: more than a number of JavaScript or a spreadsheet keeps.',
    constraints: { minimum: 0 },
  }),
  decimal: (column) => ({
    type: 'number',
    constraints: { minimum: column.kind === 'decimal' ? (column.min ?? 0) : 0 },
  }),
  boolean: () => ({ type: 'boolean', trueValues: ['true'], falseValues: ['false'] }),
  text: () => ({ type: 'string' }),
};

function describeReference(column: Column): { description?: string } {
  if (column.kind !== 'reference') return {};
  const { to, many } = column;
  return { description: many ? `Ids of ${to}.csv, separated by a space.` : `An id of ${to}.csv.` };
}
