import { describe, expect, test } from '@jest/globals';
import { adviseRegion } from './code-advice.js';

const AS_TEXT = 'and make the column Text, or the spreadsheet changes it again';

describe('a cell that is no region code', () => {
  test.each([
    [
      '1903',
      'write 19.03 if these are the digits of Kemendagri; as a BPS code 1903 is another region: look it up in bps_code of the list of regions',
    ],
    [
      '1903.0',
      'write 19.03 if these are the digits of Kemendagri; as a BPS code 1903 is another region: look it up in bps_code of the list of regions',
    ],
    [
      '1905040005',
      '1905040005 has the form of a BPS code (districts have 7 digits, villages 10): look up its Kemendagri code, which has other digits',
    ],
    ['19.3', `a zero was lost: 19.03 or 19.30; look at the list of regions, ${AS_TEXT}`],
    ['19.1', `a zero was lost: 19.01 or 19.10; look at the list of regions, ${AS_TEXT}`],
    ['19.030', `if it means 19.03, write 19.03, ${AS_TEXT}`],
    ['19,03', `if it means 19.03, write 19.03, ${AS_TEXT}`],
    ['19:03:00', `if it means 19.03, write 19.03, ${AS_TEXT}`],
    ['19.3.1', `if it means 19.03.01, write 19.03.01, ${AS_TEXT}`],
    ['19.03 ', 'the cell holds a space before or after: write 19.03'],
    ["'19.03", 'write 19.03'],
    [
      'Kab. Bangka',
      'write the code of the region, not its name: a province, regency, city, district and village may share one name',
    ],
  ])('%j may be meant as one', (text, advice) => {
    expect(adviseRegion(text)?.en).toBe(advice);
  });

  test('is told in Indonesian too', () => {
    expect(adviseRegion('1903')?.id).toBe(
      'tulis 19.03 bila ini angka Kemendagri; bila ini kode BPS, 1903 adalah wilayah lain: cari kodenya di kolom bps_code daftar wilayah',
    );
  });

  test('is left without advice where nothing can be made of it', () => {
    expect(['0', '190', '19..03', '-', '1'.repeat(121)].map(adviseRegion)).toEqual(Array(5).fill(null));
  });
});
