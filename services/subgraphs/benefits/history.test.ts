import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eachDatabase } from '../../../test/support/databases.js';
import { armRows } from '../../../test/support/publish.js';
import { sealRows } from '../../../test/support/sealed.js';
import type { Database } from '../../kit/database.js';
import type { Dataset, Row } from '../../kit/dataset.js';
import { type HostedSubgraph, hostSubgraph } from '../../kit/host.js';
import { silent } from '../../kit/log.js';
import type { ReleaseKind } from '../../kit/release.js';
import { openSubgraphDatabase } from '../../kit/subgraph-database.js';
import { DATASETS, disbursement } from './datasets.js';
import { subgraph } from './subgraph.js';

/** Instants of the releases, and of one that is armed for later than now. */
const [FIRST, CORRECTED, WITHDRAWN, NOW, LATER] = [1, 2, 3, 4, 5].map((day) => Date.UTC(2025, 2, day)) as [
  number,
  number,
  number,
  number,
  number,
]; // as many as days
const iso = (instant: number) => new Date(instant).toISOString();
const PROGRAMS = ['JKK', 'JKM', 'JHT', 'JP', 'JKP'];

/** Invented figures. */
const paid = (program: string, rupiah: string | null, changes: Row = {}): Row => ({
  region_code: '19.03',
  period_start: '2024-01-01',
  period_end: '2024-12-31',
  period_kind: 'YEAR',
  program,
  benefit_type: 'ALL',
  segment: 'NOT_STATED',
  basis: 'BRANCH',
  cases: rupiah === null ? null : 100,
  amount_rupiah: rupiah,
  obs_status: 'E',
  conf_status: 'F',
  source_id: 'invented',
  ...changes,
});

eachDatabase('what was ever said of disbursements', (makeUrl) => {
  let db: Database;
  let hosted: HostedSubgraph;
  beforeAll(async () => {
    db = await openSubgraphDatabase({ url: await makeUrl(), subgraphs: [subgraph] });
    const draft = (dataset: Dataset, kind: ReleaseKind, rows: Row[], reason: string | null = null) => {
      return { dataset, kind, rows, reason, createdBy: 'tok_1 publisher', approvedBy: 'tok_2 approver' };
    };
    for (const dataset of DATASETS.filter(({ name }) => name === 'benefits_source'))
      await sealRows(db, draft(dataset, 'REGULAR', [{ id: 'invented', publisher: 'A test' }]), 1);
    const all = PROGRAMS.map((program) => paid(program, '9007199254740993'));
    await sealRows(db, draft(disbursement, 'REGULAR', all), FIRST);
    await sealRows(db, draft(disbursement, 'CORRECTION', [paid('JHT', '5')], 'a digit too many'), CORRECTED);
    const gone = [paid('JHT', null, { obs_status: 'O' })];
    const withdrawal = { ...draft(disbursement, 'WITHDRAWAL', gone, 'counted twice'), supersedes: 'disbursement/2' };
    await sealRows(db, withdrawal, WITHDRAWN);
    await armRows({ db, clock: () => NOW }, draft(disbursement, 'REGULAR', [paid('JHT', '7')]), LATER);
    hosted = await hostSubgraph(subgraph, { db, log: silent, clock: () => NOW });
  });
  afterAll(() => db.close());

  const ask = async (query: string, asOf: number | null = null) => {
    const { data, errors } = JSON.parse(JSON.stringify((await hosted.execute({ query }, asOf)).result));
    return errors?.map(({ extensions }: { extensions: { code: string } }) => extensions.code) ?? data;
  };
  const askRegion = async (field: string, asOf: number | null = null) => {
    const query = `{ _entities(representations: [{ __typename: "Region", code: "19.03" }]) { ... on Region { answer: ${field} } } }`;
    return (await ask(query, asOf))._entities[0].answer;
  };
  const historyOf = async (args: string, fields: string, asOf: number | null = null) =>
    (await ask(`{ disbursementHistory(region: "19.03", ${args}) { ${fields} } }`, asOf)).disbursementHistory;

  test('is each amount of a period, to the rupiah, with its release and when it was seen', async () => {
    const fields =
      'amountRupiah cases obsStatus unit fileRow publishedFrom publishedUntil release { kind reason status }';
    expect(await historyOf('period: "2024", program: JHT', fields)).toEqual([
      {
        amountRupiah: '9007199254740993',
        cases: 100,
        obsStatus: 'E',
        unit: 'IDR',
        fileRow: 4,
        publishedFrom: iso(FIRST),
        publishedUntil: iso(CORRECTED),
        release: { kind: 'REGULAR', reason: null, status: 'PUBLISHED' },
      },
      {
        amountRupiah: '5',
        cases: 100,
        obsStatus: 'E',
        unit: 'IDR',
        fileRow: 2,
        publishedFrom: iso(CORRECTED),
        publishedUntil: iso(WITHDRAWN),
        release: { kind: 'CORRECTION', reason: 'a digit too many', status: 'WITHDRAWN' },
      },
      {
        amountRupiah: null,
        cases: null,
        obsStatus: 'O',
        unit: 'IDR',
        fileRow: 2,
        publishedFrom: iso(WITHDRAWN),
        publishedUntil: null,
        release: { kind: 'WITHDRAWAL', reason: 'counted twice', status: 'PUBLISHED' },
      },
    ]);
  });

  test('at a past edition tells neither what came after nor that anything would', async () => {
    const fields = 'amountRupiah publishedUntil release { status }';
    expect(await historyOf('period: "2024", program: JHT', fields, FIRST)).toEqual([
      { amountRupiah: '9007199254740993', publishedUntil: null, release: { status: 'PUBLISHED' } },
    ]);
  });

  test('is refused for a wrong code and too many at once', async () => {
    expect([
      await ask('{ disbursementHistory(region: "1903", period: "2024") { cases } }'),
      await ask('{ disbursementHistory(region: "19.03", period: "2024", first: 0) { cases } }'),
    ]).toEqual([['BAD_REGION_CODE'], ['BAD_ARGUMENT']]);
  });

  test('is told of what is withdrawn, with the reason, and without a figure', async () => {
    const field = 'disbursements(program: JHT) { amountRupiah cases obsStatus release { kind reason } }';
    expect(await askRegion(field)).toEqual([
      { amountRupiah: null, cases: null, obsStatus: 'O', release: { kind: 'WITHDRAWAL', reason: 'counted twice' } },
    ]);
  });

  test('leaves a total without its withdrawn part missing, and names the part and the reason', async () => {
    const field =
      'disbursementTotals { amountRupiah obsStatus origin release { id } parts { program release { reason } } }';
    const parts = PROGRAMS.map((program) => ({
      program,
      release: { reason: program === 'JHT' ? 'counted twice' : null },
    }));
    const total = { origin: 'SUMMED', release: null };
    const named = (found: { program: string }[]) => found.sort((left, right) => order(left) - order(right));
    const [now] = await askRegion(field);
    const [before] = await askRegion('disbursementTotals { amountRupiah obsStatus }', CORRECTED);
    expect({ ...now, parts: named(now.parts) }).toEqual({ ...total, amountRupiah: null, obsStatus: 'O', parts });
    expect(before).toEqual({ amountRupiah: '36028797018963977', obsStatus: 'E' });
  });
});

function order({ program }: { readonly program: string }): number {
  return PROGRAMS.indexOf(program);
}
