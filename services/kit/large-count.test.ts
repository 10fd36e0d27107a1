import { describe, expect, test } from '@jest/globals';
import { countIsNoAmount } from './large-count.js';

describe('a count', () => {
  test('that the API could not say is taken for an amount', () => {
    const { check } = countIsNoAmount(['cases', 'payments']);
    expect([check({ cases: 2_147_483_647, payments: null }), check({ cases: 1, payments: 2_147_483_648 })]).toEqual([
      null,
      {
        id: 'payments 2147483648 melebihi 2147483647',
        en: 'payments 2147483648 is above 2147483647',
        suggestion: {
          id: 'orang tidak sebanyak itu: periksa apakah ini rupiah, atau angkanya kelebihan nol',
          en: 'there are not as many persons: look whether it is an amount in rupiah, or has zeros too many',
        },
      },
    ]);
  });
});
