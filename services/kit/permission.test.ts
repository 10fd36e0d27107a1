import { describe, expect, test } from '@jest/globals';
import { actingAs, type Caller, isSameCaller } from './caller.js';
import { RequestError } from './errors.js';
import { demand, demandScope, type Need, withinRegion } from './permission.js';

const everywhere: Caller = { id: 'tok_aaaaaaaa', roles: ['publisher'], datasets: null, region: null };
const local: Caller = { ...everywhere, datasets: ['participant_count', 'target'], region: '19.03' };
const nobody: Caller = { ...everywhere, roles: [] };

const WITH_PLACE = { name: 'target', place: { region: 'region_code' } };
const WITHOUT_PLACE = { name: 'target' };

/** Null where nothing was refused. */
function refusalOf(work: () => unknown): { code: string; message: string } | null {
  try {
    work();
    return null;
  } catch (error) {
    if (error instanceof RequestError) return { code: error.code, message: error.message };
    throw error;
  }
}

describe('a caller', () => {
  const may: [Caller, Need][] = [
    [everywhere, { role: 'publisher', dataset: 'benefit_rule' }],
    [everywhere, { role: null, dataset: 'nope' }],
    [everywhere, { role: 'publisher', dataset: 'target', region: '19.05' }],
    [local, { role: 'publisher', dataset: 'target', region: '19.03' }],
    [local, { role: 'publisher', dataset: 'participant_count', region: '19.03.01.2001' }],
    [
      { ...local, region: '00' },
      { role: 'publisher', dataset: 'target' },
    ],
  ];
  test.each(may)('may do what it is for: %j %j', (caller, need) => {
    expect(refusalOf(() => demand(caller, need))).toBeNull();
  });

  const mayNot: [string, Caller, Need][] = [
    ['has the role publisher; this needs approver', everywhere, { role: 'approver', dataset: 'target' }],
    ['has the role (none); this needs a role', nobody, { role: null, dataset: 'target' }],
    ['has the role (none); this needs publisher', nobody, { role: 'publisher', dataset: 'target' }],
    [
      'is for the dataset participant_count, target, not for "disbursement"',
      local,
      { role: 'publisher', dataset: 'disbursement', region: '19.03' },
    ],
    ['is for the region 19.03, not for 19.05', local, { role: null, dataset: 'target', region: '19.05' }],
    ['is for the region 19.03, not for 19', local, { role: null, dataset: 'target', region: '19' }],
    ['is for the region 19.03, not for 00', local, { role: null, dataset: 'target', region: '00' }],
    ['is for the region 19.03, not for every region', local, { role: null, dataset: 'target', region: null }],
    ['is for the region 19.03, not for every region', local, { role: null, dataset: 'target' }],
    ['is for the dataset (none), not for "target"', { ...local, datasets: [] }, { role: null, dataset: 'target' }],
  ];
  test.each(mayNot)('is told why not: it %s', (why, caller, need) => {
    expect(refusalOf(() => demand(caller, need))).toEqual({ code: 'NOT_ALLOWED', message: `This token ${why}.` });
  });

  test('learns nothing of whether a dataset exists that it is not for', () => {
    const messages = ['disbursement', 'nope'].map((dataset) =>
      refusalOf(() => demand(local, { role: 'publisher', dataset }))?.message.replace(dataset, '...'),
    );
    expect(messages[0]).toBe(messages[1]);
  });
});

describe('the scope of a file', () => {
  test('is what was asked for, or else all that the caller is for', () => {
    const scopes = [
      demandScope(local, 'publisher', WITH_PLACE, null),
      demandScope(local, 'publisher', WITH_PLACE, '19.03.01'),
      demandScope(everywhere, 'publisher', WITH_PLACE, '19.05'),
      demandScope(everywhere, 'publisher', WITH_PLACE, null),
      demandScope(everywhere, 'publisher', WITH_PLACE, '00'),
      demandScope(everywhere, 'publisher', WITHOUT_PLACE, '19.05'),
    ];
    expect(scopes).toEqual(['19.03', '19.03.01', '19.05', null, null, null]);
  });

  test('is not beyond what the caller is for', () => {
    const refusals = [
      refusalOf(() => demandScope(local, 'publisher', WITH_PLACE, '19.05')),
      refusalOf(() => demandScope(local, 'publisher', WITH_PLACE, '19')),
      refusalOf(() => demandScope(local, 'approver', WITH_PLACE, '19.03')),
    ];
    expect(refusals.map((refusal) => refusal?.code)).toEqual(Array(3).fill('NOT_ALLOWED'));
  });

  test('of rows without a region is every region, which a caller of one region is not for', () => {
    const refusals = [null, '19.03'].map((asked) =>
      refusalOf(() => demandScope(local, 'publisher', WITHOUT_PLACE, asked)),
    );
    expect(refusals).toEqual(
      Array(2).fill({ code: 'NOT_ALLOWED', message: 'This token is for the region 19.03, not for every region.' }),
    );
  });
});

test.each([
  ['19.03', '19.03', true],
  ['19.03', '19.03.01', true],
  ['19.03', '19.03.01.2001', true],
  ['19.03', '19.05', false],
  ['19.03', '19', false],
  ['19.03', '00', false],
  ['19', '19.03', true],
  ['19', '91.03', false],
  ['00', '19.03', true],
  [null, '00', true],
])('of scope %s, region %s lies within: %s', (scope, code, expected) => {
  expect(withinRegion(scope, code)).toBe(expected);
});

test('who made a release is the same caller in any role, and no other', () => {
  const maker = actingAs(everywhere, 'publisher');
  expect(maker).toBe('tok_aaaaaaaa publisher');
  expect([
    isSameCaller(maker, actingAs(everywhere, 'approver')),
    isSameCaller(maker, everywhere.id),
    isSameCaller(maker, 'tok_aaaaaaab publisher'),
    isSameCaller(maker, 'system'),
  ]).toEqual([true, true, false, false]);
});
