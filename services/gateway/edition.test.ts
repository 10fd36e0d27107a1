import { describe, expect, test } from '@jest/globals';
import type { EditionLog, LogPage, SealedSeal } from '../kit/edition.js';
import { silent } from '../kit/log.js';
import { type Edition, type Editions, followEditions } from './edition.js';

const DAY = 86_400_000;
const START = Date.parse('2024-10-12T16:59:59.999Z');

const seal = (revision: number, dataset: string, subgraph: string, instant: number): SealedSeal => ({
  revision,
  dataset,
  subgraph,
  instant,
  hash: '-',
  historical: false,
});

/** A log with what has been sealed so far; its clock and those of the gateway are one, which the test moves. */
async function follow(seals: SealedSeal[], clock: { now: number }): Promise<Editions> {
  const now = () => clock.now;
  const editions = await followEditions(
    logOf(() => ({ now: clock.now, seals, redactions: 0 })),
    { clock: now, elapsed: now },
    silent,
  );
  editions.stop();
  return editions;
}

/** A log that holds what the page says when it is read. */
function logOf(page: () => LogPage): EditionLog {
  return {
    async read(after) {
      const { now, seals, redactions } = page();
      return { now, seals: seals.filter(({ revision }) => revision > after), redactions };
    },
    seal: async () => {},
    report: async () => true,
    abandon: async () => true,
    recordRedaction: async () => {},
  };
}

const SEALS = [
  seal(1, 'region', 'regions', 0),
  seal(2, 'stated_coverage', 'participants', START),
  seal(3, 'participant_count', 'participants', START + DAY),
  seal(4, 'disbursement', 'benefits', START + 2 * DAY),
];

describe('the edition picked', () => {
  test('sends each subgraph the newest instant of its own datasets, and one without datasets the newest of all', async () => {
    const editions = await follow(SEALS, { now: START + 10 * DAY });
    const edition = editions.pick(null);
    expect(['regions', 'participants', 'benefits', 'catalog'].map((name) => edition.instantOf(name))).toEqual([
      0,
      START + DAY,
      START + 2 * DAY,
      START + 2 * DAY,
    ]);
  });

  test('does not use an instant before it has come, and uses it from then on', async () => {
    const clock = { now: START + DAY - 1 };
    const editions = await follow(SEALS, clock);
    const before = editions.pick(null).instantOf('participants');
    clock.now = START + DAY;
    expect([before, editions.pick(null).instantOf('participants')]).toEqual([START, START + DAY]);
  });

  test('for an asOf is that of the newest sealed instant at or before it, so that many asOf share one key', async () => {
    const editions = await follow(SEALS, { now: START + 10 * DAY });
    const [day, later] = [editions.pick('2024-10-12'), editions.pick('2024-10-13T10:00+07:00')];
    expect([
      day.instantOf('participants'),
      day.isPinned,
      day.keyOf(['participants']) === later.keyOf(['participants']),
    ]).toEqual([START, true, true]);
  });

  test('has a key that a publication of another subgraph leaves alone', async () => {
    const clock = { now: START + 10 * DAY };
    const seals = [...SEALS];
    const editions = await follow(seals, clock);
    const before = editions.pick(null);
    seals.push(seal(5, 'disbursement', 'benefits', START + 9 * DAY));
    await editions.poll();
    const after = editions.pick(null);
    expect([
      after.keyOf(['participants']) === before.keyOf(['participants']),
      after.keyOf(['benefits']) === before.keyOf(['benefits']),
      after.id === before.id,
    ]).toEqual([true, false, false]);
  });

  test('tells a dataset that is born later from one that has nothing yet', async () => {
    const seals = SEALS.slice(0, 2);
    const editions = await follow(seals, { now: START + 10 * DAY });
    const before = editions.pick('2024-10-12').keyOf(['participants']);
    seals.push(seal(3, 'target', 'participants', START + 3 * DAY));
    await editions.poll();
    expect(editions.pick('2024-10-12').keyOf(['participants'])).not.toBe(before);
  });

  test.each([
    ['2024-10-33', 'BAD_AS_OF'],
    ['lusa', 'BAD_AS_OF'],
    ['2024-10-12T08:30', 'BAD_AS_OF'],
    ['2024-10-24', 'AS_OF_IN_FUTURE'],
  ])('is refused for asOf %s with %s', async (asOf, code) => {
    const editions = await follow(SEALS, { now: START + 10 * DAY });
    expect(() => editions.pick(asOf)).toThrow(expect.objectContaining({ extensions: { code } }));
  });

  test('for today is the current one', async () => {
    const editions = await follow(SEALS, { now: START + 10 * DAY });
    expect(editions.pick('2024-10-22').isPinned).toBe(false);
  });
});

/** All that can be told from an edition. */
const tell = (edition: Edition) => ({
  id: edition.id,
  isPinned: edition.isPinned,
  isStale: edition.isStale,
  key: edition.keyOf(['participants', 'benefits', 'catalog']),
  instants: ['regions', 'participants', 'benefits', 'catalog'].map((name) => edition.instantOf(name)),
});

describe('what is sealed ahead', () => {
  test.each([
    ['of a dataset with releases', seal(5, 'disbursement', 'benefits', START + 11 * DAY)],
    ['of a dataset without any', seal(5, 'target', 'participants', START + 11 * DAY)],
    ['of a subgraph without any', seal(5, 'workshop', 'example', START + 11 * DAY)],
  ])('G: %s changes nothing that can be told from an edition until it comes', async (_what, ahead) => {
    const clock = { now: START + 10 * DAY };
    const seals = [...SEALS];
    const editions = await follow(seals, clock);
    const asOfs = [null, '2024-10-12', '2024-10-14', '2024-10-22'];
    const before = asOfs.map((asOf) => tell(editions.pick(asOf)));
    seals.push(ahead);
    await editions.poll();
    const known = asOfs.map((asOf) => tell(editions.pick(asOf)));
    clock.now = START + 11 * DAY - 1;
    await editions.poll();
    const last = tell(editions.pick(null));
    clock.now = START + 11 * DAY;
    const come = tell(editions.pick(null));
    expect({ known, last, hasChanged: come.id !== before[0]?.id }).toEqual({
      known: before,
      last: before[0],
      hasChanged: true,
    });
  });

  test('G: is not told by the refusal of an asOf ahead', async () => {
    const seals = [...SEALS];
    const editions = await follow(seals, { now: START + 10 * DAY });
    const refusal = () => {
      try {
        return editions.pick('2024-10-24');
      } catch (error) {
        return String(error);
      }
    };
    const before = refusal();
    seals.push(seal(5, 'disbursement', 'benefits', START + 11 * DAY));
    await editions.poll();
    expect(refusal()).toBe(before);
  });
});

describe('a redaction', () => {
  test('J: changes the key of every edition, past ones as well, and is never unlearned', async () => {
    const clock = { now: START + 10 * DAY };
    let redactions = 0;
    const now = () => clock.now;
    const log = logOf(() => ({ now: clock.now, seals: SEALS, redactions }));
    const editions = await followEditions(log, { clock: now, elapsed: now }, silent);
    editions.stop();
    const keys = async () => {
      await editions.poll();
      return [null, '2024-10-12'].map((asOf) => {
        const { id, key } = tell(editions.pick(asOf));
        return { id, key };
      });
    };
    const before = await keys();
    redactions = 1;
    const after = await keys();
    redactions = 0;
    expect(await keys()).toEqual(after);
    const texts = [...before, ...after].flatMap(({ id, key }) => [id, key]);
    expect(new Set(texts).size).toBe(texts.length);
  });
});
