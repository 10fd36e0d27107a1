import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumn } from '../create-table.js';

/** Hashes over what the open data do not show: the lines of files, what is derived, and what is withheld. */
const COLUMNS = { rest_hash: 'word?', withheld_hash: 'word?', withheld_salt: 'word?' } as const;

export class KitChain1764000000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [name, type] of Object.entries(COLUMNS)) await addColumn(runner, 'data_release', name, type);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of Object.keys(COLUMNS)) await runner.query(`ALTER TABLE data_release DROP COLUMN ${name}`);
  }
}
