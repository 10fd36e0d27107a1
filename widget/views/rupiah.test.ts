import { describe, expect, test } from '@jest/globals';
import { rupiah } from './rupiah.js';

describe('an amount of rupiah', () => {
  test('keeps the digits of a source that rounded, also its zeros', () => {
    expect(
      (
        [
          ['139300000000', 1e8],
          ['24630000000', 1e7],
          ['6000000000', 1e9],
          ['6000000000', 1e8],
          ['901000000', 1e6],
          ['4629000000000', 1e9],
        ] as const
      ).map(([digits, roundedTo]) => rupiah(digits, roundedTo, 'id')),
    ).toEqual(['Rp139,3 miliar', 'Rp24,63 miliar', 'Rp6 miliar', 'Rp6,0 miliar', 'Rp901 juta', 'Rp4,6 triliun']);
  });

  test('is short where the source gives it to the rupiah, or says nothing of its rounding', () => {
    expect(['1814133110', '351586653', '850000', '0'].map((digits) => rupiah(digits, 1, 'id'))).toEqual([
      'Rp1,8 miliar',
      'Rp352 juta',
      'Rp850.000',
      'Rp0',
    ]);
    expect(rupiah('1814133110', null, 'id')).toBe('Rp1,8 miliar');
  });

  test('is written as readers of English write it', () => {
    expect(['1814133110', '351586653', '183500000000000'].map((digits) => rupiah(digits, 1, 'en'))).toEqual([
      'Rp1.8 billion',
      'Rp352 million',
      'Rp183.5 trillion',
    ]);
  });

  test('is in full to the rupiah only where it was not rounded', () => {
    expect(rupiah('1814133110', 1, 'id', true)).toBe('Rp1.814.133.110');
    expect(rupiah('1814133110', null, 'en', true)).toBe('Rp1,814,133,110');
    expect(rupiah('139300000000', 1e8, 'id', true)).toBe('Rp139,3 miliar');
  });

  test('never has more digits than its rounding allows', () => {
    expect(rupiah('183470000000', 1e9, 'id', true)).toBe('Rp183 miliar');
    expect(rupiah('183470000000', 1e10, 'id')).toBe('Rp180 miliar');
  });

  test('that its rounding makes vanish is less than that, and not nothing', () => {
    expect(rupiah('400000000', 1e9, 'id')).toBe('< Rp1 miliar');
  });
});
