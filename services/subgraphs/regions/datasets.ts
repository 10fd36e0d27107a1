import { say } from '../../kit/bilingual.js';
import type { Dataset, Row, Rule } from '../../kit/dataset.js';
import { ancestorCodes, levelOfCode, REGION_LEVELS } from '../../kit/region-code.js';
import { foldName } from './name.js';
import { REGION_KINDS } from './words.js';

const levelFitsCode: Rule = {
  name: 'E2',
  columns: ['level'],
  check: ({ code, level }) => {
    const expected = levelOfCode(String(code));
    return level === expected
      ? null
      : {
          ...say(`tingkat ${code} seharusnya ${expected}`, `the level of ${code} should be ${expected}`),
          suggestion: say(
            `tulis ${expected}, atau periksa jumlah bagian kodenya`,
            `write ${expected}, or look at how many parts the code has`,
          ),
        };
  },
};

const parentFitsCode: Rule = {
  name: 'E2',
  columns: ['parent_code'],
  check: ({ code, parent_code }) => {
    const expected = ancestorCodes(String(code))[0] ?? null;
    return parent_code === expected
      ? null
      : {
          ...say(`induk ${code} seharusnya ${expected}`, `the parent of ${code} should be ${expected}`),
          suggestion: say(
            `tulis ${expected}; bila induknya lain, kode wilayah ini yang keliru`,
            `write ${expected}; if its parent is another, the code of the region is what is wrong`,
          ),
        };
  },
};

export const region: Dataset = {
  name: 'region',
  title: { id: 'Wilayah Indonesia', en: 'Regions of Indonesia' },
  licence: {
    name: 'ODbL-1.0',
    title: 'Open Database License 1.0, from idn-area-data',
    url: 'https://opendatacommons.org/licenses/odbl/1-0/',
  },
  subgraph: 'regions',
  file: 'region.csv',
  table: 'region',
  columns: [
    { name: 'code', kind: 'region', required: true },
    { name: 'level', kind: 'word', words: REGION_LEVELS, required: true },
    { name: 'kind', kind: 'word', words: REGION_KINDS, required: true },
    { name: 'name', kind: 'text', required: true },
    { name: 'aliases', kind: 'text' },
    { name: 'parent_code', kind: 'region' },
    { name: 'bps_code', kind: 'id' },
    { name: 'valid_from', kind: 'date' },
    { name: 'valid_to', kind: 'date' },
    { name: 'successors', kind: 'text' },
    { name: 'decree', kind: 'text' },
    { name: 'tile_column', kind: 'count' },
    { name: 'tile_row', kind: 'count' },
  ],
  key: ['code'],
  rules: [levelFitsCode, parentFitsCode],
  derived: {
    search_text: ({ name, aliases }: Row) =>
      [name, ...String(aliases ?? '').split('|')]
        .map((text) => foldName(String(text ?? '')))
        .join(' ')
        .trim(),
  },
  firstLoad: 'REFERENCE',
};

export const DATASETS: readonly Dataset[] = [region];
