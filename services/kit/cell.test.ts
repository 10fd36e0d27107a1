import { describe, expect, test } from '@jest/globals';
import { fromStored, readCell } from './cell.js';
import type { Column, ColumnKind } from './dataset.js';

function read(kind: ColumnKind, text: string, more: Pick<Column, 'required' | 'fallback'> = {}) {
  return readCell({ name: 'cell', ...kind, ...more }, text);
}

const COUNT = { kind: 'count' } as const;
const DECIMAL = { kind: 'decimal' } as const;
const RUPIAH = { kind: 'rupiah' } as const;

describe('a blank cell', () => {
  test('is null: neither zero nor a total', () => {
    expect([COUNT, DECIMAL, RUPIAH, { kind: 'text' } as const].map((kind) => read(kind, ''))).toEqual(
      Array(4).fill({ value: null }),
    );
  });

  test('means what its layout says, where it says it', () => {
    expect(read({ kind: 'word', words: ['A', 'B'] }, '', { fallback: 'A' })).toEqual({ value: 'A' });
  });

  test('is refused where it must not be', () => {
    expect(read(COUNT, '', { required: true })).toEqual({ problem: { id: 'wajib diisi', en: 'must not be blank' } });
  });
});

describe('a count', () => {
  test('is digits', () => {
    expect(['0', '37229', '007', '9007199254740991'].map((text) => read(COUNT, text))).toEqual([
      { value: 0 },
      { value: 37_229 },
      { value: 7 },
      { value: 9_007_199_254_740_991 },
    ]);
  });

  test.each([
    '37.229',
    '37,229',
    '37. 229',
    '37 229',
    '37\u00a0229',
    ' 37229',
    "'37229",
    '37229.0',
    '37229.000000001',
    '12.5',
    '-5',
    '(123)',
    '+5',
    '1e3',
    '1,81E+09',
    '178,86 ribu',
    '800-an',
    '<5',
    '-',
    '–',
    'n/a',
    '#REF!',
    '0*',
    'O',
    '１２３',
    '٣',
    '=1+1',
  ])('is never guessed from %j', (text) => {
    expect(read(COUNT, text)).toEqual({
      problem: {
        id: 'bukan bilangan bulat tanpa pemisah, mis. 37229',
        en: 'is not a whole number without separators, e.g. 37229',
      },
    });
  });

  test('is refused where a number would lose digits', () => {
    expect(read(COUNT, '9007199254740992')).toEqual({ problem: { id: 'terlalu besar', en: 'is too large' } });
  });
});

describe('rupiah', () => {
  test('stay text, exact at any size, without leading zeros', () => {
    expect(['0', '0005', '1814133110', '999999999999999999'].map((text) => read(RUPIAH, text))).toEqual([
      { value: '0' },
      { value: '5' },
      { value: '1814133110' },
      { value: '999999999999999999' },
    ]);
  });

  test.each(['1.814.133.110', 'Rp1814133110', 'Rp 4.629 Miliar', '1,8 M', '-1', '10.50', '1000000000000000000'])(
    'are never guessed from %j',
    (text) => {
      expect(read(RUPIAH, text)).toHaveProperty('problem');
    },
  );
});

describe('a decimal', () => {
  test('has a point', () => {
    expect(['21', '0.21', '33.10', '100.5'].map((text) => read(DECIMAL, text))).toEqual([
      { value: 21 },
      { value: 0.21 },
      { value: 33.1 },
      { value: 100.5 },
    ]);
  });

  test.each(['21,0', '21%', '21.', '.5', '1e2', '1.1234567', '1.234,5', 'NaN', 'Infinity'])('is not %j', (text) => {
    expect(read(DECIMAL, text)).toHaveProperty('problem');
  });

  test('keeps to its least', () => {
    expect([
      read(DECIMAL, '-0.1'),
      read({ kind: 'decimal', min: 10 }, '9.9'),
      read({ kind: 'decimal', min: -1 }, '-1'),
    ]).toEqual([
      { problem: { id: 'kurang dari 0', en: 'is below 0' } },
      { problem: { id: 'kurang dari 10', en: 'is below 10' } },
      { value: -1 },
    ]);
  });
});

describe('other cells', () => {
  test('name a region with dots; digits without them get a hint', () => {
    const region = { kind: 'region' } as const;
    expect([read(region, '19.03'), read(region, '1903'), read(region, 'Basel')]).toEqual([
      { value: '19.03' },
      {
        problem: {
          id: 'bukan kode wilayah Kemendagri bertitik: dapat berarti 19.03, atau wilayah lain bila ini kode BPS; periksa daftarnya',
          en: 'is not a dotted Kemendagri region code: it may mean 19.03, or another region if it is a BPS code; look it up',
        },
      },
      { problem: { id: 'bukan kode wilayah Kemendagri bertitik', en: 'is not a dotted Kemendagri region code' } },
    ]);
  });

  test('are one of the words of their list, exactly', () => {
    const word = { kind: 'word', words: ['JKK', 'JKM'] } as const;
    expect(['JKK', 'JKm', 'JKK ', 'JKK\u200b'].map((text) => 'value' in read(word, text))).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect(read(word, 'Jamsostek')).toEqual({
      problem: { id: 'bukan salah satu dari JKK, JKM', en: 'is not one of JKK, JKM' },
    });
  });

  test('are dates as precise as their source', () => {
    const date = { kind: 'date' } as const;
    expect(
      ['2024-10-12', '2024-10', '2024', '10/11/2024', 'Okt-24', '2024-09-31'].map(
        (text) => 'value' in read(date, text),
      ),
    ).toEqual([true, true, true, false, false, false]);
  });

  test('are ids of letters, digits and few signs', () => {
    const id = { kind: 'id' } as const;
    expect(
      ['PEKERJA_RENTAN.NELAYAN', 'CATEGORY:x', 'a-b', 'a b', "'; DROP", '../x', 'x'.repeat(81)].map(
        (text) => 'value' in read(id, text),
      ),
    ).toEqual([true, true, true, false, false, false, false]);
  });

  test('are references with one space between', () => {
    expect(read({ kind: 'reference', to: 'source', many: true }, 'a   b')).toEqual({ value: 'a b' });
  });

  test('are true or false', () => {
    const boolean = { kind: 'boolean' } as const;
    expect(['true', 'false', 'ya', '1'].map((text) => read(boolean, text))).toMatchObject([
      { value: 1 },
      { value: 0 },
      { problem: { en: 'is neither true nor false' } },
      { problem: { id: 'bukan true atau false' } },
    ]);
  });

  test('are texts of at most a thousand characters', () => {
    expect([read({ kind: 'text' }, 'x'.repeat(1000)), read({ kind: 'text' }, 'x'.repeat(1001))]).toMatchObject([
      { value: 'x'.repeat(1000) },
      { problem: { en: 'has more than 1,000 characters' } },
    ]);
  });
});

describe('a stored cell', () => {
  test('is what it was before it was stored, whichever database kept it', () => {
    const kinds = [COUNT, DECIMAL, RUPIAH, { kind: 'boolean' }, { kind: 'text' }] as const;
    const asMySql = ['37229', '33.100000', '1814133110', '1', 'x'];
    const asSqlite = [37_229, 33.1, '1814133110', 1, 'x'];
    const expected = [37_229, 33.1, '1814133110', 1, 'x'];
    const back = (values: readonly unknown[]) =>
      values.map((value, index) => fromStored({ name: 'cell', ...(kinds[index] ?? COUNT) }, value));
    expect([back(asMySql), back(asSqlite)]).toEqual([expected, expected]);
  });

  test('is null where nothing was stated', () => {
    expect([null, undefined, ''].map((value) => fromStored({ name: 'cell', ...COUNT }, value))).toEqual([
      null,
      null,
      null,
    ]);
  });
});
