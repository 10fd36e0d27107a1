import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eachDatabase } from '../../test/support/databases.js';
import { type Database, openDatabase } from './database.js';
import { RequestError } from './errors.js';
import { KitToken1764000000003 } from './migrations/0003-token.js';
import { createToken, findToken, findTokens, readExpiry, revokeToken, type TokenGrant } from './token.js';

const NOW = Date.parse('2026-03-01T05:00:00Z');
const HOUR = 60 * 60 * 1000;
const GRANT: TokenGrant = {
  role: 'publisher',
  datasets: ['participant_count', 'target'],
  region: '19.03',
  expiresAt: NOW + HOUR,
};

eachDatabase('a token', (makeUrl) => {
  let db: Database;
  beforeAll(async () => {
    db = await openDatabase({ url: await makeUrl(), entities: [], migrations: [KitToken1764000000003] });
  });
  afterAll(() => db.close());

  test('is found by its text, with what it is for', async () => {
    const { id, text } = await createToken(db, GRANT, NOW);
    expect(await findToken(db, text, NOW)).toEqual({
      caller: { id, roles: ['publisher'], datasets: ['participant_count', 'target'], region: '19.03' },
      fault: null,
    });
  });

  test('may be for every dataset and region', async () => {
    const { id, text } = await createToken(db, { ...GRANT, role: 'approver', datasets: null, region: null }, NOW);
    const shown = await findToken(db, text, NOW);
    expect(shown?.caller).toEqual({ id, roles: ['approver'], datasets: null, region: null });
  });

  test('has a text that names it, and 256 random bits of which the database holds a hash only', async () => {
    const [one, two] = [await createToken(db, GRANT, NOW), await createToken(db, GRANT, NOW)];
    expect(one).toEqual({
      id: expect.stringMatching(/^tok_[a-z0-9]{8}$/),
      text: expect.stringMatching(new RegExp(`^cak_${one.id.slice(4)}_[A-Za-z0-9_-]{43}$`)),
    });
    const secretOf = ({ text }: { text: string }) => text.slice(13);
    expect(secretOf(one)).not.toBe(secretOf(two));
    const stored = JSON.stringify(await db.query('SELECT * FROM token WHERE id IN (?, ?)', [one.id, two.id]));
    expect(stored).toContain(one.id);
    expect([one, two].filter((token) => stored.includes(secretOf(token)))).toEqual([]);
  });

  test('is not found by any other text', async () => {
    const [{ text }, other] = [await createToken(db, GRANT, NOW), await createToken(db, GRANT, NOW)];
    const letters = (token: string) => token.slice(4, 12);
    const wrong = [
      `${text.slice(0, -2)}${text.at(-2) === 'A' ? 'B' : 'A'}${text.at(-1)}`,
      text.replace(letters(text), letters(other.text)),
      text.replace(letters(text), 'zzzzzzzz'),
      text.toUpperCase(),
      `${text}A`,
      text.slice(0, -1),
      `tok_${letters(text)}`,
      "cak_' OR 1=1_",
      '',
    ];
    expect(await Promise.all(wrong.map((one) => findToken(db, one, NOW)))).toEqual(wrong.map(() => null));
  });

  test('is good until it expires or is revoked, and known after', async () => {
    const [{ text }, revoked] = [await createToken(db, GRANT, NOW), await createToken(db, GRANT, NOW)];
    expect(await revokeToken(db, revoked.id, NOW + 1)).toBe(true);
    const faultAt = async (token: string, now: number) => (await findToken(db, token, now))?.fault;
    expect([
      await faultAt(text, GRANT.expiresAt - 1),
      await faultAt(text, GRANT.expiresAt),
      await faultAt(revoked.text, NOW + 1),
      await faultAt(revoked.text, GRANT.expiresAt),
    ]).toEqual([null, 'EXPIRED', 'REVOKED', 'REVOKED']);
  });

  test('is revoked once: the first time stays, and an unknown one is told', async () => {
    const { id } = await createToken(db, GRANT, NOW);
    const ended = [await revokeToken(db, id, NOW + 1), await revokeToken(db, id, NOW + 2)];
    expect([...ended, await revokeToken(db, 'tok_zzzzzzzz', NOW)]).toEqual([true, true, false]);
    expect((await findTokens(db)).find((token) => token.id === id)?.revokedAt).toBe(NOW + 1);
  });

  test('is listed with all that is known of it but its text, the newest first', async () => {
    const { id } = await createToken(db, GRANT, NOW + 2 * HOUR);
    const [first] = await findTokens(db);
    expect(first).toEqual({ ...GRANT, id, createdAt: NOW + 2 * HOUR, revokedAt: null, usedAt: null });
  });
});

test.each([
  ['90d', NOW + 90 * 24 * HOUR],
  ['12h', NOW + 12 * HOUR],
  ['731d', NOW + 731 * 24 * HOUR],
  ['2026-03-01', Date.parse('2026-03-01T16:59:59.999Z')],
  ['2026-12-01', Date.parse('2026-12-01T16:59:59.999Z')],
])('--expires %s is an instant', (text, expected) => {
  expect(readExpiry(text, NOW)).toBe(expected);
});

test.each([
  '',
  '0d',
  '90',
  'd',
  '-1d',
  '1.5h',
  '90 d',
  '732d',
  '99999d',
  '2026-02-28',
  '2026-02-30',
  '2026',
  '2028-12-01',
  'never',
])('--expires "%s" is refused', (text) => {
  expect(() => readExpiry(text, NOW)).toThrow(
    new RequestError(
      'BAD_ARGUMENT',
      `A token cannot end at "${text}": write 90d, 12h or a day to come such as 2026-05-30, two years at most.`,
    ),
  );
});
