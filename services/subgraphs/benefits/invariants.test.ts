import { describe, expect, test } from '@jest/globals';
import type { Row } from '../../kit/dataset.js';
import { INVARIANTS } from './invariants.js';

/** An invented row that obeys every rule. */
const GOOD: Row = {
  region_code: '19',
  period_start: '2024-01-01',
  period_end: '2024-12-31',
  period_kind: 'YEAR',
  program: 'JKK',
  benefit_type: 'ALL',
  segment: 'NOT_STATED',
  cases: 40,
  payments: 60,
  recipients: 30,
  beneficiaries: 5,
  amount_rupiah: '1000000',
  basis: 'BRANCH',
  date_basis: 'PAID',
  obs_status: 'A',
};
const NO_FIGURES: Row = { cases: null, payments: null, recipients: null, beneficiaries: null, amount_rupiah: null };

function broken(changes: Row): string[] {
  const row = { ...GOOD, ...changes };
  return INVARIANTS.flatMap(({ name, check }) => {
    const message = check(row);
    return message ? [`${name} ${message.en}`] : [];
  });
}

describe('a disbursement row', () => {
  test('is accepted when everything fits', () => {
    expect(broken({})).toEqual([]);
  });

  test('is refused with rupiah in a column of counts', () => {
    const message = 'E3 payments 6000000000 is above 2147483647';
    expect(broken({ payments: 6_000_000_000 })).toEqual([message]);
  });

  test.each([
    ['BPU', 'JP'],
    ['BPU', 'JKP'],
    ['JAKON', 'JHT'],
    ['JAKON', 'JP'],
    ['JAKON', 'JKP'],
  ])('is refused where segment %s has no programme %s', (segment, program) => {
    expect(broken({ segment, program })).toEqual([`E4 programme ${program} does not exist in segment ${segment}`]);
  });

  test.each(['JP', 'JKP'])('is only warned of with programme %s of migrant workers', (program) => {
    expect(broken({ segment: 'PMI', program })).toEqual([`W17 as far as is known, PMI have no programme ${program}`]);
  });

  test.each([
    ['BPU', 'JHT'],
    ['JAKON', 'JKK_JKM'],
    ['PU_BPU', 'JP'],
    ['PMI', 'JHT'],
  ])('is accepted with segment %s and programme %s', (segment, program) => {
    expect(broken({ segment, program })).toEqual([]);
  });

  test('is refused when recipients, cases and payments are not in their order', () => {
    expect(broken({ recipients: 41 })).toEqual(['E10 recipients 41 is more than cases 40']);
    expect(broken({ cases: 61 })).toEqual(['E10 cases 61 is more than payments 60']);
    expect(broken({ cases: null, recipients: 61 })).toEqual(['E10 recipients 61 is more than payments 60']);
  });

  test('may have more cases than payments when claims are counted by approval or event', () => {
    expect([broken({ cases: 61, date_basis: 'APPROVED' }), broken({ cases: 61, date_basis: 'EVENT' })]).toEqual([
      [],
      [],
    ]);
  });

  test('is refused when its period does not fit its kind', () => {
    expect(broken({ period_kind: 'MONTH' })).toEqual(['LAYOUT 2024-01-01/2024-12-31 is no MONTH']);
    expect(broken({ period_end: '2023-12-31' })).toEqual(['LAYOUT 2024-01-01/2023-12-31 ends before it begins']);
    expect(broken({ period_start: '2024' })).toEqual(['LAYOUT 2024/2024-12-31 must be days, e.g. 2024-10-31']);
  });

  test('is refused with persons of all programmes', () => {
    const message = 'LAYOUT programme ALL is for cases and amount_rupiah only, not payments, recipients, beneficiaries';
    expect(broken({ program: 'ALL' })).toEqual([message]);
    expect(broken({ program: 'ALL', payments: null, recipients: null, beneficiaries: null })).toEqual([]);
  });

  test('has no figure exactly when its status says so', () => {
    expect(broken({ ...NO_FIGURES, obs_status: 'Q' })).toEqual([]);
    expect(broken(NO_FIGURES)).toEqual(['LAYOUT a row without any figure must have the status Q or O']);
    expect(broken({ obs_status: 'Q' })).toEqual(['LAYOUT status Q means without any figure']);
  });

  test('of Return To Work is refused below a province, and as an amount without a count', () => {
    expect(broken({ benefit_type: 'RTW', region_code: '19.01' })).toEqual([
      'E2 RTW is allowed for a province or the country only',
    ]);
    expect(broken({ ...NO_FIGURES, benefit_type: 'RTW', amount_rupiah: '50000000' })).toEqual([
      'DISCLOSURE an RTW amount without a count may not be loaded',
    ]);
  });
});
