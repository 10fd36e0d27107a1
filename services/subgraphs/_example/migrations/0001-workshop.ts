import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, PUBLISHED_COLUMNS } from '../../../kit/create-table.js';
import { SOURCE_TABLE } from '../../../kit/source.js';
import { NAME } from '../name.js';
import { SOURCE, WORKSHOP } from '../tables.js';

export class CreateWorkshop implements MigrationInterface {
  /** Unique in the database; typeorm reads the order of migrations from the milliseconds at its end. */
  readonly name = `${NAME}Workshop1764000000901`;

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: SOURCE,
      columns: { ...SOURCE_TABLE, ...PUBLISHED_COLUMNS },
      primaryKey: ['id', 'published_from'],
    });
    await createTable(runner, {
      name: WORKSHOP,
      columns: {
        region_code: 'code',
        year: 'date',
        held: 'bigint?',
        obs_status: 'word?',
        conf_status: 'word?',
        source_id: 'text?',
        note: 'text?',
        ...PUBLISHED_COLUMNS,
      },
      primaryKey: ['region_code', 'year', 'published_from'],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE ${WORKSHOP}`);
    await runner.query(`DROP TABLE ${SOURCE}`);
  }
}
