import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable } from '../create-table.js';

/** Tokens, of which only the hash is kept, and every use of a credential. Nothing is ever deleted from either. */
export class KitToken1764000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'token',
      columns: {
        id: 'word',
        hash: 'word',
        role: 'word',
        datasets: 'long?',
        region: 'word?',
        created_at: 'bigint',
        expires_at: 'bigint',
        revoked_at: 'bigint?',
      },
      primaryKey: ['id'],
    });
    await createTable(runner, {
      name: 'token_use',
      columns: {
        id: 'word',
        used_at: 'bigint',
        caller: 'word',
        verb: 'word',
        dataset: 'word?',
        release_id: 'word?',
        outcome: 'word',
      },
      primaryKey: ['id'],
      indexes: [['caller', 'used_at']],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of ['token_use', 'token']) await runner.query(`DROP TABLE ${name}`);
  }
}
