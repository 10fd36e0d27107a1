import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, PUBLISHED_COLUMNS } from '../../../kit/create-table.js';
import { SOURCE_TABLE } from '../../../kit/source.js';

export class BenefitsDisbursement1764000000301 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'benefits_source',
      columns: { ...SOURCE_TABLE, ...PUBLISHED_COLUMNS },
      primaryKey: ['id', 'published_from'],
    });
    await createTable(runner, {
      name: 'disbursement_series',
      columns: {
        id: 'integer',
        period_kind: 'word',
        program: 'word',
        benefit_type: 'word',
        segment: 'word',
        basis: 'word',
        date_basis: 'word',
      },
      primaryKey: ['id'],
    });
    await createTable(runner, {
      name: 'disbursement',
      columns: {
        series: 'integer',
        period_start: 'date',
        period_end: 'date',
        region_code: 'code',
        cases: 'bigint?',
        payments: 'bigint?',
        recipients: 'bigint?',
        beneficiaries: 'bigint?',
        amount_rupiah: 'rupiah?',
        as_printed: 'text?',
        rounded_to: 'decimal?',
        qualifier: 'word?',
        obs_status: 'word?',
        conf_status: 'word?',
        source_id: 'text?',
        note: 'text?',
        ...PUBLISHED_COLUMNS,
      },
      primaryKey: ['series', 'period_start', 'period_end', 'region_code', 'published_from'],
      indexes: [['series', 'region_code', 'period_start', 'period_end', 'published_from', 'published_to']],
    });
    await createTable(runner, {
      name: 'benefit_rule',
      columns: {
        program: 'word',
        segment: 'word',
        parameter: 'word',
        valid_from: 'date',
        value: 'decimal?',
        unit: 'word?',
        as_printed: 'text?',
        legal_basis: 'text?',
        valid_to: 'date?',
        source_id: 'text?',
        note: 'text?',
        ...PUBLISHED_COLUMNS,
      },
      primaryKey: ['program', 'segment', 'parameter', 'valid_from', 'published_from'],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of ['benefit_rule', 'disbursement', 'disbursement_series', 'benefits_source']) {
      await runner.query(`DROP TABLE ${name}`);
    }
  }
}
