import type { Column, Dataset } from '../../../services/kit/dataset.js';
import { NAME } from './name.js';
import { DEPRECATED, PRODUCT, STUDY } from './tables.js';

/** "@apollo/federation" in two cells: one that begins with @ is refused, since a spreadsheet runs it as a formula. */
const PACKAGE_COLUMNS: readonly Column[] = [
  { name: 'scope', kind: 'id' },
  { name: 'package', kind: 'id' },
];

const product: Dataset = {
  name: PRODUCT,
  subgraph: NAME,
  file: 'product.csv',
  table: PRODUCT,
  columns: [
    { name: 'id', kind: 'id', required: true },
    { name: 'sku', kind: 'text', required: true },
    ...PACKAGE_COLUMNS,
    { name: 'variation', kind: 'id' },
    { name: 'size', kind: 'text' },
    { name: 'weight', kind: 'decimal', min: 0 },
    { name: 'unit', kind: 'text' },
  ],
  key: ['id'],
  firstLoad: 'REFERENCE',
};

const study: Dataset = {
  name: STUDY,
  subgraph: NAME,
  file: 'study.csv',
  table: STUDY,
  columns: [
    { name: 'case_number', kind: 'id', required: true },
    { name: 'product_id', kind: 'reference', to: PRODUCT, required: true },
    { name: 'description', kind: 'text' },
  ],
  key: ['case_number'],
  firstLoad: 'REFERENCE',
};

const deprecated: Dataset = {
  name: DEPRECATED,
  subgraph: NAME,
  file: 'deprecated.csv',
  table: DEPRECATED,
  columns: [{ name: 'sku', kind: 'id', required: true }, ...PACKAGE_COLUMNS, { name: 'reason', kind: 'text' }],
  key: ['sku'],
  firstLoad: 'REFERENCE',
};

/** In the order they are loaded: what is referred to comes first. */
export const DATASETS: readonly Dataset[] = [product, study, deprecated];
