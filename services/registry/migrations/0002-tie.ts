import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable } from '../../kit/create-table.js';

export class RegistryTie1764000000012 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'edition_tie',
      columns: { tie: 'word', state: 'word', instant: 'bigint?', members: 'long' },
      primaryKey: ['tie'],
      indexes: [['state', 'instant']],
    });
    await createTable(runner, {
      name: 'armed_report',
      columns: {
        tie: 'word',
        dataset: 'word',
        subgraph: 'word',
        hash: 'word',
        reported_at: 'bigint',
      },
      primaryKey: ['tie', 'dataset'],
    });
    await createTable(runner, {
      name: 'redaction_epoch',
      columns: { epoch: 'integer', dataset: 'word', recorded_at: 'bigint' },
      primaryKey: ['epoch'],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE redaction_epoch');
    await runner.query('DROP TABLE armed_report');
    await runner.query('DROP TABLE edition_tie');
  }
}
