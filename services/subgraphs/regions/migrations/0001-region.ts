import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, PUBLISHED_COLUMNS } from '../../../kit/create-table.js';

export class RegionsRegion1764000000101 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'region',
      columns: {
        code: 'code',
        level: 'word?',
        kind: 'word?',
        name: 'text?',
        aliases: 'text?',
        parent_code: 'code?',
        bps_code: 'word?',
        valid_from: 'date?',
        valid_to: 'date?',
        successors: 'text?',
        decree: 'text?',
        tile_column: 'bigint?',
        tile_row: 'bigint?',
        search_text: 'text?',
        ...PUBLISHED_COLUMNS,
      },
      primaryKey: ['code', 'published_from'],
      indexes: [
        ['parent_code', 'code', 'published_from'],
        ['level', 'code', 'published_from'],
        ['bps_code', 'published_from'],
      ],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE region');
  }
}
