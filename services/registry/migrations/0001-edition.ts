import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable } from '../../kit/create-table.js';

export class RegistryEdition1764000000011 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'edition',
      columns: {
        revision: 'integer',
        dataset: 'word',
        subgraph: 'word',
        instant: 'bigint',
        hash: 'word',
        historical: 'integer',
        sealed_at: 'bigint',
      },
      primaryKey: ['revision', 'dataset'],
      indexes: [['dataset', 'instant']],
    });
    await createTable(runner, {
      name: 'edition_head',
      columns: { id: 'integer', revision: 'integer', instant: 'bigint' },
      primaryKey: ['id'],
    });
    await runner.query('INSERT INTO edition_head (id, revision, instant) VALUES (1, 0, 0)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE edition_head');
    await runner.query('DROP TABLE edition');
  }
}
