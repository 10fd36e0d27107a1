import type { MigrationInterface, QueryRunner } from 'typeorm';
import { type ColumnType, createTable, PUBLISHED_COLUMNS } from '../../../kit/create-table.js';
import { SOURCE_TABLE } from '../../../kit/source.js';

const AS_PRINTED = { as_printed: 'text?', rounded_to: 'decimal?', qualifier: 'word?' } as const satisfies Readonly<
  Record<string, ColumnType>
>;
const STATUS = { obs_status: 'word?', conf_status: 'word?' } as const satisfies Readonly<Record<string, ColumnType>>;
const ORIGIN = { source_id: 'text?', note: 'text?', ...PUBLISHED_COLUMNS } as const satisfies Readonly<
  Record<string, ColumnType>
>;

/** The shape of a figure: looked up for one region by date, and for one date over all regions. */
const FIGURE = {
  primaryKey: ['series', 'date', 'region_code', 'published_from'],
  indexes: [['series', 'region_code', 'date', 'published_from', 'published_to']],
} as const;

export class ParticipantsFigures1764000000201 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createReferenceTables(runner);
    await createFigureTables(runner);
    await createTable(runner, {
      name: 'target',
      columns: {
        region_code: 'code',
        due: 'date',
        indicator_id: 'word',
        percent: 'decimal?',
        persons: 'bigint?',
        ...AS_PRINTED,
        legal_basis: 'text?',
        source_id: 'word',
        note: 'text?',
        ...PUBLISHED_COLUMNS,
      },
      primaryKey: ['region_code', 'due', 'indicator_id', 'source_id', 'published_from'],
    });
    await createTable(runner, {
      name: 'series_event',
      columns: {
        region_code: 'code',
        date: 'date',
        kind: 'word',
        note_id: 'text?',
        note_en: 'text?',
        source_id: 'text?',
        ...PUBLISHED_COLUMNS,
      },
      primaryKey: ['region_code', 'date', 'kind', 'published_from'],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    const figures = ['stated_coverage', 'participant_count', 'population_base'].flatMap((name) => [
      name,
      `${name}_series`,
    ]);
    for (const name of ['series_event', 'target', ...figures, 'indicator', 'participants_source'])
      await runner.query(`DROP TABLE ${name}`);
  }
}

async function createReferenceTables(runner: QueryRunner): Promise<void> {
  await createTable(runner, {
    name: 'participants_source',
    columns: { ...SOURCE_TABLE, ...PUBLISHED_COLUMNS },
    primaryKey: ['id', 'published_from'],
  });
  await createTable(runner, {
    name: 'indicator',
    columns: {
      id: 'word',
      name_id: 'text?',
      name_en: 'text?',
      short_id: 'text?',
      short_en: 'text?',
      numerator_id: 'text?',
      numerator_en: 'text?',
      denominator_id: 'text?',
      denominator_en: 'text?',
      numerator_selector: 'text?',
      denominator_selector: 'text?',
      includes_jakon: 'integer?',
      comparability_group: 'word?',
      unit: 'word?',
      default_rank: 'bigint?',
      same_as: 'text?',
      legal_basis: 'text?',
      note_id: 'text?',
      note_en: 'text?',
      numerator_segment: 'word?',
      numerator_program: 'word?',
      numerator_status: 'word?',
      denominator_concept: 'word?',
      ...PUBLISHED_COLUMNS,
    },
    primaryKey: ['id', 'published_from'],
  });
}

async function createFigureTables(runner: QueryRunner): Promise<void> {
  const place = { series: 'integer', date: 'date', region_code: 'code' } as const;
  await createTable(runner, {
    name: 'stated_coverage_series',
    columns: { id: 'integer', indicator_id: 'word', segment: 'word', category: 'word' },
    primaryKey: ['id'],
  });
  await createTable(runner, {
    name: 'stated_coverage',
    columns: {
      ...place,
      percent: 'decimal?',
      ...AS_PRINTED,
      numerator: 'bigint?',
      denominator: 'bigint?',
      ...STATUS,
      ...ORIGIN,
    },
    ...FIGURE,
  });
  await createTable(runner, {
    name: 'participant_count_series',
    columns: {
      id: 'integer',
      segment: 'word',
      program: 'word',
      status: 'word',
      category: 'word',
      administrator: 'word',
      payer: 'word',
      basis: 'word',
    },
    primaryKey: ['id'],
  });
  await createTable(runner, {
    name: 'participant_count',
    columns: { ...place, value: 'bigint?', ...AS_PRINTED, ...STATUS, subsidy_end: 'date?', ...ORIGIN },
    ...FIGURE,
  });
  await createTable(runner, {
    name: 'population_base_series',
    columns: { id: 'integer', concept: 'word', vintage: 'word' },
    primaryKey: ['id'],
  });
  await createTable(runner, {
    name: 'population_base',
    columns: {
      ...place,
      value: 'bigint?',
      ...AS_PRINTED,
      age_floor: 'bigint?',
      rse: 'decimal?',
      survey_round: 'word?',
      exclusions: 'text?',
      ...STATUS,
      ...ORIGIN,
    },
    ...FIGURE,
  });
}
