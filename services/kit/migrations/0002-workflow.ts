import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumn, createTable } from '../create-table.js';

/** What a release goes through before readers see it, the chain of its hashes, and redactions. */
const RELEASE_COLUMNS = {
  subgraph: 'word?',
  status: 'word?',
  publish_at: 'bigint?',
  tied_with: 'long?',
  stage: 'integer?',
  file_name: 'text?',
  file_hash: 'word?',
  scope: 'long?',
  acknowledged: 'text?',
  keeps_missing: 'integer?',
  base_instant: 'bigint?',
  added: 'integer?',
  changed: 'integer?',
  removed: 'integer?',
  closed_hash: 'word?',
  chain_hash: 'word?',
  approved_at: 'bigint?',
  failure: 'long?',
} as const;

export class KitWorkflow1764000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [name, type] of Object.entries(RELEASE_COLUMNS)) await addColumn(runner, 'data_release', name, type);
    await runner.query("UPDATE data_release SET status = 'SEALED' WHERE instant IS NOT NULL");
    await runner.query('DROP TABLE staged_row');
    await createTable(runner, {
      name: 'stage',
      columns: { id: 'integer', dataset: 'word', created_at: 'bigint' },
      primaryKey: ['id'],
    });
    await createTable(runner, {
      name: 'redaction',
      columns: {
        id: 'integer',
        dataset: 'word',
        row_key: 'text',
        reason: 'text',
        redacted_at: 'bigint',
        redacted_by: 'word',
        content_hashes: 'long',
        chain_hash: 'word',
      },
      primaryKey: ['id'],
      indexes: [['dataset', 'redacted_at']],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of ['redaction', 'stage']) await runner.query(`DROP TABLE ${name}`);
    for (const name of Object.keys(RELEASE_COLUMNS)) await runner.query(`ALTER TABLE data_release DROP COLUMN ${name}`);
    await createTable(runner, {
      name: 'staged_row',
      columns: { release_id: 'word', line: 'integer', body: 'long' },
      primaryKey: ['release_id', 'line'],
    });
  }
}
