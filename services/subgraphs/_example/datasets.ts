import { type Dataset, type Rule, STATUS_COLUMNS } from '../../kit/dataset.js';
import { sourceDataset } from '../../kit/source.js';
import { TABLE_RULES } from './invariants.js';
import { NAME } from './name.js';
import { SOURCE, WORKSHOP } from './tables.js';
import { isYear } from './year.js';

/** A rule looks at one row and says what is wrong with it, in the two languages of data people. */
const datedByYear: Rule = {
  name: 'LAYOUT',
  columns: ['year'],
  check: ({ year }) =>
    isYear(String(year)) ? null : { id: `${year} bukan tahun, mis. 2024`, en: `${year} is not a year, e.g. 2024` },
};

/**
 * Columns, key and rules are all that checks, releases and editions need. Figures about persons also need a `threshold`,
 * under which a count is withheld.
 */
const workshop: Dataset = {
  name: WORKSHOP,
  title: { id: 'Lokakarya (contoh, angka rekaan)', en: 'Workshops (an example, invented figures)' },
  subgraph: NAME,
  file: 'workshop.csv',
  table: WORKSHOP,
  columns: [
    { name: 'region_code', kind: 'region', required: true },
    { name: 'year', kind: 'date', required: true },
    { name: 'held', kind: 'count', required: true },
    ...STATUS_COLUMNS,
    { name: 'source_id', kind: 'reference', to: SOURCE, many: true, required: true },
    { name: 'note', kind: 'text' },
  ],
  key: ['region_code', 'year'],
  rules: [datedByYear],
  tableRules: TABLE_RULES,
  place: { region: 'region_code', date: 'year' },
  firstLoad: 'BY_SOURCE',
};

/** In the order they are loaded: what is referred to comes first. */
export const DATASETS: readonly Dataset[] = [sourceDataset(NAME), workshop];
