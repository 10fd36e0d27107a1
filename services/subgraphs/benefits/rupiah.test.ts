import { describe, expect, test } from '@jest/globals';
import { Rupiah } from './rupiah.js';

describe('Rupiah', () => {
  test('keep every digit of amounts that no number holds', () => {
    const amounts = ['0', '2147483648', '57000000000000', '9007199254740993', '999999999999999999'];
    expect(amounts.map((amount) => Rupiah.serialize(amount))).toEqual(amounts);
    expect(amounts.map((amount) => Rupiah.parseValue(amount))).toEqual(amounts);
  });

  test.each([1814133110, 9007199254740993n, '1.814.133.110', '-1', '', null])('refuse %p', (value) => {
    expect(() => Rupiah.serialize(value)).toThrow('Rupiah are a string of digits such as "1814133110"');
  });
});
