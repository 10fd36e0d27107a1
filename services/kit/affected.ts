import type { EntityManager } from 'typeorm';

/** How many rows an INSERT, UPDATE or DELETE changed. */
export async function affected(tx: EntityManager, sql: string, parameters: readonly unknown[]): Promise<number> {
  const runner = tx.queryRunner;
  if (!runner) throw new Error('a transaction has a query runner');
  const result = await runner.query(sql, [...parameters], true);
  return Number(result.affected ?? 0);
}
