import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable } from '../create-table.js';

export class KitReleases1764000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'data_release',
      columns: {
        id: 'word',
        dataset: 'word',
        number: 'integer',
        kind: 'word',
        instant: 'bigint?',
        reason: 'text?',
        reference_period: 'word?',
        supersedes: 'word?',
        content_hash: 'word?',
        row_count: 'integer?',
        changed_cells: 'integer?',
        policy_version: 'word?',
        created_at: 'bigint',
        created_by: 'word',
        approved_by: 'word?',
      },
      primaryKey: ['id'],
      indexes: [['dataset', 'instant']],
    });
    await createTable(runner, {
      name: 'staged_row',
      columns: { release_id: 'word', line: 'integer', body: 'long' },
      primaryKey: ['release_id', 'line'],
    });
    await createTable(runner, {
      name: 'seal',
      columns: { dataset: 'word', instant: 'bigint' },
      primaryKey: ['dataset', 'instant'],
    });
    await createTable(runner, {
      name: 'withheld_value',
      columns: {
        release_id: 'word',
        row_hash: 'word',
        column_name: 'word',
        dataset: 'word',
        row_key: 'text',
        value: 'word',
      },
      primaryKey: ['release_id', 'row_hash', 'column_name'],
    });
    await createTable(runner, {
      name: 'dataset_head',
      columns: { dataset: 'word', next_number: 'integer' },
      primaryKey: ['dataset'],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of ['dataset_head', 'withheld_value', 'seal', 'staged_row', 'data_release']) {
      await runner.query(`DROP TABLE ${name}`);
    }
  }
}
