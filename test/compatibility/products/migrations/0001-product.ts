import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, PUBLISHED_COLUMNS } from '../../../../services/kit/create-table.js';
import { DEPRECATED, PRODUCT, STUDY } from '../tables.js';

export class ProductsProduct1764000000902 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: PRODUCT,
      columns: {
        id: 'word',
        sku: 'text?',
        scope: 'word?',
        package: 'word?',
        variation: 'word?',
        size: 'text?',
        weight: 'decimal?',
        unit: 'text?',
        ...PUBLISHED_COLUMNS,
      },
      primaryKey: ['id', 'published_from'],
    });
    await createTable(runner, {
      name: STUDY,
      columns: { case_number: 'word', product_id: 'word?', description: 'text?', ...PUBLISHED_COLUMNS },
      primaryKey: ['case_number', 'published_from'],
    });
    await createTable(runner, {
      name: DEPRECATED,
      columns: { sku: 'word', scope: 'word?', package: 'word?', reason: 'text?', ...PUBLISHED_COLUMNS },
      primaryKey: ['sku', 'published_from'],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [DEPRECATED, STUDY, PRODUCT]) await runner.query(`DROP TABLE ${table}`);
  }
}
