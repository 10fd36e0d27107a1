import { expect, test } from '@jest/globals';
import { eachDatabase } from '../../test/support/databases.js';
import { freshMariaDb } from '../../test/support/mariadb.js';
import { type Database, openDatabase } from '../kit/database.js';
import { type EditionLog, SEAL_LEAD_MS, SEAL_REACH_MS, type Seal } from '../kit/edition.js';
import { createEditionLog } from './log.js';
import { REGISTRY_MIGRATIONS } from './registry.js';

const START = Date.parse('2026-11-24T01:00:00Z');
const AHEAD = START + 10_000;

const seal = (dataset: string, instant: number, hash = 'h', historical = false): Seal => ({
  dataset,
  subgraph: 'benefits',
  instant,
  hash,
  historical,
});

interface Registry {
  readonly db: Database;
  readonly log: EditionLog;
  readonly clock: { now: number };
}

eachDatabase('the edition log', (makeUrl) => {
  const start = async (): Promise<Registry> => {
    const db = await openDatabase({ url: await makeUrl(), entities: [], migrations: REGISTRY_MIGRATIONS });
    const clock = { now: START };
    return { db, clock, log: createEditionLog(db, () => clock.now) };
  };
  const sealed = async ({ log }: Registry) =>
    (await log.read(0)).seals.map(({ revision, dataset, instant }) => [revision, dataset, instant]);
  const code = (wanted: string) => expect.objectContaining({ code: wanted });

  test('A: seals what is at least the lead ahead and after all that is sealed, and nothing else', async () => {
    const registry = await start();
    const { log, db } = registry;
    await expect(log.seal([seal('x', START + SEAL_LEAD_MS - 1)])).rejects.toEqual(code('SEAL_TOO_LATE'));
    await log.seal([seal('x', START + SEAL_LEAD_MS)]);
    await expect(log.seal([seal('y', START + SEAL_LEAD_MS)])).rejects.toEqual(code('SEAL_TOO_LATE'));
    await expect(log.seal([seal('y', AHEAD), seal('z', START)])).rejects.toEqual(code('SEAL_TOO_LATE'));
    await log.seal([seal('y', AHEAD), seal('z', AHEAD)]);
    expect(await sealed(registry)).toEqual([
      [1, 'x', START + SEAL_LEAD_MS],
      [2, 'y', AHEAD],
      [3, 'z', AHEAD],
    ]);
    await db.close();
  });

  test('A: does not let an instant far ahead hold up all others', async () => {
    const registry = await start();
    const far = START + SEAL_REACH_MS + 1;
    await expect(registry.log.seal([seal('x', far)])).rejects.toEqual(code('BAD_INSTANT'));
    await expect(registry.log.seal([seal('x', far, 'h', true)])).rejects.toEqual(code('BAD_INSTANT'));
    await registry.log.seal([seal('x', far - 1)]);
    expect(await sealed(registry)).toEqual([[1, 'x', far - 1]]);
    await registry.db.close();
  });

  test('A: seals the same seal once, so that a lost reply can be asked for again, also after its instant', async () => {
    const registry = await start();
    const { log, clock, db } = registry;
    await log.seal([seal('x', AHEAD), seal('y', AHEAD)]);
    const page = await log.read(0);
    await log.seal([seal('y', AHEAD)]);
    clock.now = AHEAD + 1000;
    await log.seal([seal('x', AHEAD), seal('y', AHEAD)]);
    expect(await log.read(0)).toEqual({ ...page, now: AHEAD + 1000 });
    await expect(log.seal([seal('x', AHEAD, 'other')])).rejects.toEqual(code('SEAL_TOO_LATE'));
    await db.close();
  });

  test('B: has one seal of a dataset for an instant', async () => {
    const registry = await start();
    const twice = [seal('x', AHEAD), seal('x', AHEAD, 'other')];
    await expect(registry.log.seal(twice)).rejects.toEqual(code('BAD_REQUEST'));
    expect(await sealed(registry)).toEqual([]);
    await registry.db.close();
  });

  test('A: tells no reader that an instant has come while its seal is still being committed', async () => {
    const { db, clock } = await start();
    let commit = () => {};
    let isWritten = () => {};
    const written = new Promise<void>((resolve) => {
      isWritten = resolve;
    });
    const slow: Database = {
      ...db,
      write: (work) =>
        db.write(async (tx) => {
          const result = await work(tx);
          isWritten();
          await new Promise<void>((resolve) => {
            commit = resolve;
          });
          return result;
        }),
    };
    const log = createEditionLog(slow, () => clock.now);
    const sealing = log.seal([seal('x', AHEAD)]);
    await written;
    clock.now = AHEAD + 1; // the commit is late: the instant has come meanwhile
    const order: string[] = [];
    const reading = log.read(0).then((page) => {
      order.push('read');
      return page;
    });
    await new Promise((resolve) => setTimeout(resolve, 300));
    order.push('committed');
    commit();
    await sealing;
    const { now, seals } = await reading;
    expect({ order, now, instants: seals.map(({ instant }) => instant) }).toEqual({
      order: ['committed', 'read'],
      now: AHEAD + 1,
      instants: [AHEAD],
    });
    await db.close();
  });

  test('A: looks at the clock when it holds the log, not when it was asked', async () => {
    const { db, clock, log } = await start();
    let release = () => {};
    let isHeld = () => {};
    const held = new Promise<void>((resolve) => {
      isHeld = resolve;
    });
    const holder = db.write(async (tx) => {
      await tx.query('UPDATE edition_head SET revision = revision WHERE id = 1');
      isHeld();
      await new Promise<void>((resolve) => {
        release = resolve;
      });
    });
    await held;
    const sealing = log.seal([seal('x', AHEAD)]).catch((error: unknown) => error);
    await new Promise((resolve) => setTimeout(resolve, 100));
    clock.now = AHEAD - 1;
    release();
    await holder;
    expect(await sealing).toEqual(code('SEAL_TOO_LATE'));
    await db.close();
  });

  test('A: goes by the latest time it told readers when its clock is set back', async () => {
    const { db, clock, log } = await start();
    clock.now = AHEAD;
    await log.read(0);
    clock.now = START;
    await expect(log.seal([seal('x', AHEAD + SEAL_LEAD_MS - 1)])).rejects.toEqual(code('SEAL_TOO_LATE'));
    await log.seal([seal('x', AHEAD + SEAL_LEAD_MS)]);
    expect((await log.read(0)).now).toBe(START);
    await db.close();
  });

  test('J: begins an epoch with each redaction', async () => {
    const { db, log } = await start();
    const epochs = [(await log.read(0)).redactions];
    for (const dataset of ['x', 'x', 'y']) {
      await log.recordRedaction(dataset);
      epochs.push((await log.read(0)).redactions);
    }
    expect(epochs).toEqual([0, 1, 2, 3]);
    await db.close();
  });
});

test('A: a registry that reads waits for a seal that another process is committing, on MariaDB', async () => {
  const url = await freshMariaDb();
  const [db, other] = await Promise.all(
    [0, 1].map(() => openDatabase({ url, entities: [], migrations: REGISTRY_MIGRATIONS })),
  );
  if (!db || !other) throw new Error('two databases were opened');
  const order: string[] = [];
  const sealing = other.write(async (tx) => {
    await tx.query('SELECT revision FROM edition_head WHERE id = 1 FOR UPDATE');
    order.push('locked');
    await new Promise((resolve) => setTimeout(resolve, 500));
    order.push('committed');
  });
  while (order.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  await createEditionLog(db, Date.now).read(0);
  order.push('read');
  await sealing;
  expect(order).toEqual(['locked', 'committed', 'read']);
  await db.close();
  await other.close();
});
