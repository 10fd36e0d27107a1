import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Command } from 'commander';
import { eachDatabase } from '../../test/support/databases.js';
import { createAuditTrail } from '../kit/audit.js';
import type { Database } from '../kit/database.js';
import { openSubgraphDatabase } from '../kit/subgraph-database.js';
import { findToken } from '../kit/token.js';
import { addToken } from './token.js';

const NOW = Date.parse('2026-03-01T05:00:00Z');

eachDatabase('the command `token`', (makeUrl) => {
  let url: string;
  let db: Database; // as a server has it open all the while
  beforeAll(async () => {
    url = await makeUrl();
    db = await openSubgraphDatabase({ url, subgraphs: [] });
  });
  afterAll(() => db.close());

  /** The lines it prints. */
  async function run(...words: string[]): Promise<string[]> {
    const lines: string[] = [];
    const program = new Command().exitOverride().configureOutput({ writeErr: () => {} });
    addToken(program, { env: { DATABASE_URL: url }, clock: () => NOW, print: (line) => void lines.push(line) });
    for (const command of program.commands[0]?.commands ?? [])
      command.exitOverride().configureOutput({ writeErr: () => {} });
    await program.parseAsync(['token', ...words], { from: 'user' });
    return lines;
  }

  const create = async (...words: string[]): Promise<{ id: string; token: string }> =>
    JSON.parse((await run('create', '--json', ...words))[0] ?? '');

  test('makes a token that a running server takes at once, and shows it once', async () => {
    const [text = '', about] = await run(
      'create',
      ...['--role', 'publisher', '--region', '19.03', '--expires', '90d'],
      ...['--dataset', 'participant_count', '--dataset', 'target'],
    );
    const id = `tok_${text.slice(4, 12)}`;
    expect(about).toBe(
      `${id} is publisher of participant_count, target in 19.03, until 2026-05-30T05:00:00.000Z. It is shown this once: keep it like a password.`,
    );
    expect(await findToken(db, text, NOW)).toEqual({
      caller: { id, roles: ['publisher'], datasets: ['participant_count', 'target'], region: '19.03' },
      fault: null,
    });
    const secret = text.slice(13);
    expect((await run('list', '--json')).concat(await run('list')).filter((line) => line.includes(secret))).toEqual([]);
  });

  test('makes it for everything where nothing is named, and for ninety days', async () => {
    expect(JSON.parse((await run('create', '--role', 'approver', '--json'))[0] ?? '')).toEqual({
      id: expect.stringMatching(/^tok_/),
      token: expect.stringMatching(/^cak_/),
      role: 'approver',
      datasets: null,
      region: null,
      expiresAt: '2026-05-30T05:00:00.000Z',
    });
  });

  describe('refuses', () => {
    test.each([
      ['a role that is none', ['--role', 'operator'], /Allowed choices are publisher, approver/],
      ['no role', [], /required option '--role <role>' not specified/],
      [
        'an unknown dataset',
        ['--role', 'publisher', '--dataset', 'target', 'nope'],
        /no dataset "nope": choose among region, /,
      ],
      ['a region without its dot', ['--role', 'publisher', '--region', '1903'], /With its dots it would be "19.03"/],
      ['an end in the past', ['--role', 'publisher', '--expires', '2026-02-28'], /cannot end at "2026-02-28"/],
    ])('%s, and makes no token', async (_what, words, message) => {
      const before = await run('list');
      await expect(run('create', ...words)).rejects.toThrow(message);
      expect(await run('list')).toEqual(before);
    });

    test('to revoke what is not there, without repeating a token given for its id', async () => {
      const { token } = await create('--role', 'publisher');
      await expect(run('revoke', token)).rejects.toThrow(
        `there is no token "${token.slice(0, 12)}": \`cakupan token list\` has their ids`,
      );
    });

    test('a number that is none', async () => {
      await expect(run('audit', '--limit', '0')).rejects.toThrow('"0" must be a whole number from 1 to 100000');
    });
  });

  test('revokes at once, lists what is left of it, and tells what it was used for', async () => {
    const { id, token } = await create('--role', 'publisher', '--dataset', 'target');
    const { audit } = createAuditTrail(db, () => NOW - 1000);
    const caller = { id, roles: ['publisher'], datasets: ['target'], region: null } as const;
    await audit(caller, 'publish', 'target', 'target/3', 'DONE');
    await audit(caller, 'check', 'target', null, 'BAD_FILE');

    expect(await run('revoke', id)).toEqual([`${id} is good no more`]);
    expect(await run('revoke', id, '--json')).toEqual([JSON.stringify({ id, state: 'revoked' })]);
    expect((await findToken(db, token, NOW))?.fault).toBe('REVOKED');
    expect((await run('list')).filter((line) => line.startsWith(id))).toEqual([
      `${id}  revoked 2026-03-01T05:00:00.000Z  publisher of target in every region  last used 2026-03-01T04:59:59.000Z`,
    ]);
    expect((await run('audit', '--token', id)).sort()).toEqual([
      `2026-03-01T04:59:59.000Z  ${id}  check  target  BAD_FILE`,
      `2026-03-01T04:59:59.000Z  ${id}  publish  target/3  DONE`,
    ]);
    const [json = ''] = await run('audit', '--token', id, '--json', '--limit', '1');
    expect(JSON.parse(json)).toEqual([expect.objectContaining({ caller: id, usedAt: '2026-03-01T04:59:59.000Z' })]);
  });
});
