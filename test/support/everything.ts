import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, PUBLISHED_COLUMNS } from '../../services/kit/create-table.js';
import type { Dataset } from '../../services/kit/dataset.js';

/** Invented: a column of every kind, two of them in the series, one of them derived. */
export const EVERYTHING: Dataset = {
  name: 'everything',
  subgraph: 'invented',
  file: 'everything.csv',
  table: 'everything',
  columns: [
    { name: 'region_code', kind: 'region', required: true },
    { name: 'segment', kind: 'word', words: ['PU', 'BPU'] },
    { name: 'date', kind: 'date' },
    { name: 'category', kind: 'id' },
    { name: 'persons', kind: 'count' },
    { name: 'paid', kind: 'rupiah' },
    { name: 'percent', kind: 'decimal', min: -100 },
    { name: 'is_final', kind: 'boolean' },
    { name: 'source_id', kind: 'reference', to: 'invented_source', many: true },
    { name: 'note', kind: 'text' },
  ],
  key: ['region_code', 'date', 'segment', 'category'],
  series: ['segment', 'category'],
  derived: { note_length: ({ note }) => String(note ?? '').length },
  firstLoad: 'BY_SOURCE',
};

/** Its tables. */
export class InventedEverything1764000000901 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'everything_series',
      columns: { id: 'integer', segment: 'word', category: 'word' },
      primaryKey: ['id'],
    });
    await createTable(runner, {
      name: 'everything',
      columns: {
        series: 'integer',
        date: 'date',
        region_code: 'code',
        persons: 'bigint?',
        paid: 'rupiah?',
        percent: 'decimal?',
        is_final: 'integer?',
        source_id: 'text?',
        note: 'text?',
        note_length: 'integer?',
        ...PUBLISHED_COLUMNS,
      },
      primaryKey: ['series', 'date', 'region_code', 'published_from'],
    });
  }

  async down(): Promise<void> {}
}
