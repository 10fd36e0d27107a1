import { describe, expect, test } from '@jest/globals';
import { RequestError } from './errors.js';
import {
  ancestorCodes,
  codePrefixBelow,
  dottedReading,
  isRegionCode,
  levelOfCode,
  readRegionCode,
} from './region-code.js';

const CODES = ['00', '19', '19.03', '19.03.01', '19.03.01.2001'];

describe('a region code', () => {
  test('has two digits for each level, and four for a village', () => {
    expect(CODES.map(isRegionCode)).toEqual(CODES.map(() => true));
  });

  test.each([
    '',
    '1903',
    '19.3',
    '19.030',
    '19,03',
    '19.',
    '.19',
    '1.9',
    ' 19.03',
    '19.03 ',
    '19.03\n',
    '19.03.01.001',
    '19.03.01.2001.1',
    '１９.03',
    '19.\u200b03',
    '1903012001',
  ])('is not %j', (text) => {
    expect(isRegionCode(text)).toBe(false);
  });

  test('stands for a level', () => {
    expect(CODES.map(levelOfCode)).toEqual(['COUNTRY', 'PROVINCE', 'REGENCY', 'DISTRICT', 'VILLAGE']);
  });

  test('knows the codes above, nearest first', () => {
    expect(CODES.map(ancestorCodes)).toEqual([
      [],
      ['00'],
      ['19', '00'],
      ['19.03', '19', '00'],
      ['19.03.01', '19.03', '19', '00'],
    ]);
  });

  test('knows how the codes below begin', () => {
    expect(['00', '19', '19.03'].map(codePrefixBelow)).toEqual(['', '19.', '19.03.']);
  });
});

describe('digits without dots', () => {
  test('have one dotted reading where they fit a level', () => {
    expect(['1903', '190301', '1903012001'].map(dottedReading)).toEqual(['19.03', '19.03.01', '19.03.01.2001']);
  });

  test('have none where they fit no level', () => {
    expect(['19', '190', '19030', '19.03', '19030120', 'abcd', ''].map(dottedReading)).toEqual(Array(7).fill(null));
  });

  test('are refused with the reading, and the warning that BPS means another region', () => {
    expect(() => readRegionCode('1903')).toThrow(
      new RequestError(
        'BAD_REGION_CODE',
        'Region code "1903" is not of the form "19.03" (Kemendagri, with dots). With its dots it would be "19.03"; without them it may be a BPS code, which names another region.',
      ),
    );
    expect(() => readRegionCode('Basel')).toThrow(
      new RequestError('BAD_REGION_CODE', 'Region code "Basel" is not of the form "19.03" (Kemendagri, with dots).'),
    );
  });
});
