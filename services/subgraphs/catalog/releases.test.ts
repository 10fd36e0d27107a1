import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eachDatabase } from '../../../test/support/databases.js';
import type { Database } from '../../kit/database.js';
import { type HostedSubgraph, hostSubgraph } from '../../kit/host.js';
import { silent } from '../../kit/log.js';
import { openSubgraphDatabase } from '../../kit/subgraph-database.js';
import { subgraph } from './subgraph.js';

const [FIRST, SECOND, WITHDRAWN, NOW, LATER] = [1, 2, 3, 4, 5].map((day) => Date.UTC(2025, 2, day)) as [
  number,
  number,
  number,
  number,
  number,
]; // as many as days
const iso = (instant: number) => new Date(instant).toISOString();

/** Releases as they are stored; one from before releases were chained, one approved and one armed for later, one given up. */
const RELEASES = [
  {
    number: 1,
    kind: 'HISTORICAL',
    status: 'SEALED',
    instant: FIRST,
    reason: 'First load',
    created_by: 'system',
    approved_by: 'system',
  },
  {
    number: 2,
    kind: 'CORRECTION',
    status: 'SEALED',
    instant: SECOND,
    reason: 'digits were swapped',
    supersedes: 'invented/1',
    reference_period: '2024',
    row_count: 30,
    changed_cells: 7,
    added: 1,
    changed: 4,
    removed: 2,
    chain_hash: 'chain2',
    file_hash: 'file2',
    policy_version: 'policy.v1',
    created_by: 'tok_ab12cd34 publisher',
    approved_by: 'jwt_0a1b2c3d approver',
  },
  {
    number: 3,
    kind: 'WITHDRAWAL',
    status: 'SEALED',
    instant: WITHDRAWN,
    reason: 'counted twice',
    supersedes: 'invented/2',
    created_by: 'tok_ab12cd34 publisher',
    approved_by: 'someone',
  },
  { number: 4, kind: 'REGULAR', status: 'ARMED', instant: LATER, created_by: 'tok_ab12cd34 publisher' },
  {
    number: 5,
    kind: 'WITHDRAWAL',
    status: 'ARMED',
    instant: LATER + 1,
    supersedes: 'invented/1',
    created_by: 'system',
  },
  { number: 6, kind: 'REGULAR', status: 'APPROVED', publish_at: FIRST, created_by: 'system' },
  { number: 7, kind: 'REGULAR', status: 'CANCELLED', created_by: 'system' },
];

const REDACTIONS = [
  { id: 1, dataset: 'invented', reason: 'a person could be told', redacted_at: NOW - 1, redacted_by: 'tok_2 approver' },
  { id: 2, dataset: 'other', reason: 'a court said so', redacted_at: NOW, redacted_by: 'tok_2 approver' },
];

eachDatabase('the catalog', (makeUrl) => {
  let db: Database;
  let hosted: HostedSubgraph;
  beforeAll(async () => {
    db = await openSubgraphDatabase({ url: await makeUrl(), subgraphs: [subgraph] });
    for (const { number, ...facts } of RELEASES)
      await insert('data_release', {
        id: `invented/${number}`,
        dataset: 'invented',
        number,
        content_hash: `content${number}`,
        changed_cells: 0,
        created_at: 0,
        ...facts,
      });
    for (const redaction of REDACTIONS)
      await insert('redaction', { row_key: '["19.03"]', content_hashes: '{}', chain_hash: 'chain', ...redaction });
    for (const instant of [FIRST, SECOND, WITHDRAWN, LATER]) await insert('seal', { dataset: 'invented', instant });
    hosted = await hostSubgraph(subgraph, { db, log: silent, clock: () => NOW });
  });
  afterAll(() => db.close());

  async function insert(table: string, row: Readonly<Record<string, string | number>>): Promise<void> {
    const names = Object.keys(row);
    const sql = `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`;
    await db.write((tx) => tx.query(sql, Object.values(row)));
  }
  const ask = async (query: string, asOf: number | null = null) => {
    const { data, errors } = JSON.parse(JSON.stringify((await hosted.execute({ query }, asOf)).result));
    return errors?.map(({ extensions }: { extensions: { code: string } }) => extensions.code) ?? data;
  };
  const releases = async (fields: string, asOf: number | null = null) =>
    (await ask(`{ releases(dataset: "invented") { ${fields} } }`, asOf)).releases;

  test('tells all that is to be known of a release, of who made and approved it the role only', async () => {
    const fields = `id dataset kind status publishedAt reason supersedes referencePeriod rowCount changedCells addedCells
      removedCells contentHash chainHash policyVersion createdByRole approvedByRole`;
    const [, correction, first] = await releases(fields);
    expect(correction).toEqual({
      id: 'invented/2',
      dataset: 'invented',
      kind: 'CORRECTION',
      status: 'WITHDRAWN',
      publishedAt: iso(SECOND),
      reason: 'digits were swapped',
      supersedes: 'invented/1',
      referencePeriod: '2024',
      rowCount: 30,
      changedCells: 7,
      addedCells: 1,
      removedCells: 2,
      contentHash: 'content2',
      chainHash: 'chain2',
      policyVersion: 'policy.v1',
      createdByRole: 'PUBLISHER',
      approvedByRole: 'APPROVER',
    });
    expect(first).toEqual({
      id: 'invented/1',
      dataset: 'invented',
      kind: 'HISTORICAL',
      status: 'PUBLISHED',
      publishedAt: iso(FIRST),
      reason: 'First load',
      supersedes: null,
      referencePeriod: null,
      rowCount: null,
      changedCells: 0,
      addedCells: null,
      removedCells: null,
      contentHash: 'content1',
      chainHash: null,
      policyVersion: null,
      createdByRole: 'SYSTEM',
      approvedByRole: 'SYSTEM',
    });
  });

  test('has no field for the hash of what was sent, nor for who sent it', async () => {
    const { __type } = await ask('{ __type(name: "Release") { fields { name } } }');
    const names = __type.fields.map(({ name }: { name: string }) => name);
    expect(names.filter((name: string) => /file|createdBy$|approvedBy$/i.test(name))).toEqual([]);
  });

  test('shows no role where none is stored', async () => {
    expect((await releases('approvedByRole'))[0]).toEqual({ approvedByRole: null });
  });

  test('never shows what is armed, approved or given up, nor says that it will come', async () => {
    const shown = await releases('id status');
    expect(shown).toEqual([
      { id: 'invented/3', status: 'PUBLISHED' },
      { id: 'invented/2', status: 'WITHDRAWN' },
      { id: 'invented/1', status: 'PUBLISHED' },
    ]);
  });

  test('calls a release withdrawn from the instant of its withdrawal on, and not before', async () => {
    expect(await releases('id status', SECOND)).toEqual([
      { id: 'invented/2', status: 'PUBLISHED' },
      { id: 'invented/1', status: 'PUBLISHED' },
    ]);
  });

  test('lists redactions at every instant, newest first, with their reason', async () => {
    const fields = 'dataset redactedAt reason role';
    const [first, second] = [
      { dataset: 'invented', redactedAt: iso(NOW - 1), reason: 'a person could be told', role: 'APPROVER' },
      { dataset: 'other', redactedAt: iso(NOW), reason: 'a court said so', role: 'APPROVER' },
    ];
    expect([
      await ask(`{ redactions { ${fields} } }`, FIRST),
      await ask(`{ redactions(dataset: "invented") { ${fields} } }`),
      await ask('{ redactions(dataset: "none") { reason } }'),
      await ask('{ redactions(first: 0) { reason } }'),
    ]).toEqual([{ redactions: [second, first] }, { redactions: [first] }, { redactions: [] }, ['BAD_ARGUMENT']]);
  });
});
