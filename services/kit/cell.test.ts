import { describe, expect, test } from '@jest/globals';
import { fromStored, readCell } from './cell.js';
import type { Column, ColumnKind } from './dataset.js';
import type { Locale } from './locale.js';

type More = Pick<Column, 'required' | 'fallback'>;

function read(kind: ColumnKind, text: string, more: More = {}, locale: Locale = 'C') {
  return readCell({ name: 'cell', ...kind, ...more }, text, locale);
}

/** The values of texts; `refused` for those that have none. */
function values(kind: ColumnKind, texts: readonly string[], locale: Locale = 'C') {
  return texts.map((text) => {
    const reading = read(kind, text, {}, locale);
    return 'value' in reading ? reading.value : 'refused';
  });
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
    expect(values(COUNT, ['0', '37229', '007', '9007199254740991'])).toEqual([0, 37_229, 7, 9_007_199_254_740_991]);
  });

  test('may have points between thousands where the locale is declared, all or none', () => {
    const texts = ['37.229', '1.814.133.110', '37229', '37.22', '1814.133', '0.123', '37.229.1', '37,229', '.229'];
    const refused = Array(6).fill('refused');
    expect(values(COUNT, texts, 'id-ID')).toEqual([37_229, 1_814_133_110, 37_229, ...refused]);
  });

  test.each([
    '37.229',
    '37,229',
    '37. 229',
    '37 229',
    '37\u00a0229',
    ' 37229',
    '37229\n',
    "'37229",
    '37229.0',
    '37229.000000001',
    '12.5',
    '-5',
    '-0',
    '(123)',
    '+5',
    '1e3',
    '0x10',
    '1_000',
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
    '²',
    '=1+1',
  ])('is never guessed from %j', (text) => {
    expect(read(COUNT, text)).toMatchObject({
      problem: {
        id: 'bukan bilangan bulat tanpa pemisah, mis. 37229',
        en: 'is not a whole number without separators, e.g. 37229',
      },
    });
    expect(values(COUNT, [text], 'id-ID')).toEqual([text === '37.229' ? 37_229 : 'refused']);
  });

  test('comes with what it may mean', () => {
    expect(read(COUNT, '37.229')).toEqual({
      problem: {
        id: 'bukan bilangan bulat tanpa pemisah, mis. 37229',
        en: 'is not a whole number without separators, e.g. 37229',
      },
      suggestion: {
        id: 'bila maksudnya 37229, tulis 37229; bila seluruh berkas ditulis begitu, kirim dengan locale id-ID',
        en: 'if it means 37229, write 37229; if the whole file is written so, send it with the locale id-ID',
      },
    });
  });

  test('is refused where a number would lose digits', () => {
    const tooLarge = { problem: { id: 'terlalu besar', en: 'is too large' } };
    expect(['9007199254740992', '9'.repeat(400)].map((text) => read(COUNT, text))).toMatchObject([tooLarge, tooLarge]);
  });
});

describe('rupiah', () => {
  test('stay text, exact at any size, without leading zeros', () => {
    const texts = ['0', '0005', '1814133110', '999999999999999999'];
    expect(values(RUPIAH, texts)).toEqual(['0', '5', '1814133110', '999999999999999999']);
  });

  test('may have points between thousands where the locale is declared', () => {
    const texts = ['1.814.133.110', '999.999.999.999.999.999', '1.814.133.110,00', '1.814.13'];
    const exact = ['1814133110', '999999999999999999'];
    expect(values(RUPIAH, texts, 'id-ID')).toEqual([...exact, 'refused', 'refused']);
  });

  test.each(['1.814.133.110', 'Rp1814133110', 'Rp 4.629 Miliar', '1,8 M', '-1', '10.50', '1000000000000000000'])(
    'are never guessed from %j',
    (text) => {
      expect(values(RUPIAH, [text])).toEqual(['refused']);
    },
  );
});

describe('a decimal', () => {
  test('has a point', () => {
    expect(values(DECIMAL, ['21', '0.21', '33.10', '100.5'])).toEqual([21, 0.21, 33.1, 100.5]);
  });

  test('has a comma where the locale is declared, and points between thousands', () => {
    const texts = ['21', '0,21', '33,10', '37.229,5', '37.229', '33.10', '37,229.5', ',5', '5,'];
    const refused = Array(4).fill('refused');
    expect(values(DECIMAL, texts, 'id-ID')).toEqual([21, 0.21, 33.1, 37_229.5, 37_229, ...refused]);
  });

  test.each(['21,0', '21%', '21.', '.5', '1e2', '1.234,5', 'NaN', 'Infinity', '+1', '1 000.5'])('is not %j', (text) => {
    expect(values(DECIMAL, [text])).toEqual(['refused']);
  });

  test('is refused where it would lose digits', () => {
    const texts = [
      '1.123456',
      '1.1234567',
      '123456789.123456',
      '1234567890.123456',
      '12345678901234.1',
      '00000000000.5',
    ];
    const kept = [1.123456, 'refused', 123_456_789.123456, 'refused', 12_345_678_901_234.1, 0.5];
    expect(values(DECIMAL, texts)).toEqual(kept);
  });

  test('keeps to its least, and knows no negative zero', () => {
    expect([
      read(DECIMAL, '-0.1'),
      read({ kind: 'decimal', min: 10 }, '9.9'),
      read({ kind: 'decimal', min: -1 }, '-1'),
      read(DECIMAL, '-0'),
    ]).toMatchObject([
      { problem: { id: 'kurang dari 0', en: 'is below 0' }, suggestion: { en: expect.any(String) } },
      { problem: { id: 'kurang dari 10', en: 'is below 10' }, suggestion: null },
      { value: -1 },
      { value: 0 },
    ]);
  });
});

describe('other cells', () => {
  test('name a region with dots', () => {
    const texts = ['00', '19', '19.03', '19.03.01.2001', '1903', '19.3', '19,03', 'Basel', '19.03 '];
    const refused = Array(5).fill('refused');
    expect(values({ kind: 'region' }, texts)).toEqual(['00', '19', '19.03', '19.03.01.2001', ...refused]);
  });

  test('are one of the words of their list, exactly', () => {
    const word = { kind: 'word', words: ['JKK', 'JKM'] } as const;
    expect(values(word, ['JKK', 'JKm', 'JKK ', 'JKK\u200b', 'JK\u041a'])).toEqual(['JKK', ...Array(4).fill('refused')]);
    expect(read(word, 'Jaminan Kematian')).toEqual({
      problem: { id: 'bukan salah satu dari JKK, JKM', en: 'is not one of JKK, JKM' },
      suggestion: { id: 'bila maksudnya JKM, tulis JKM', en: 'if it means JKM, write JKM' },
    });
  });

  test('are dates as precise as their source', () => {
    const texts = ['2024-10-12', '2024-10', '2024', '10/11/2024', 'Okt-24', '2024-09-31', '2024-10-31T17:00Z'];
    const refused = Array(4).fill('refused');
    expect(values({ kind: 'date' }, texts)).toEqual(['2024-10-12', '2024-10', '2024', ...refused]);
  });

  test('are ids of letters, digits and few signs', () => {
    const good = ['PEKERJA_RENTAN.NELAYAN', 'CATEGORY:x', 'a-b'];
    const bad = ['a b', "'; DROP", '../x', 'x'.repeat(81), 'x\u200b'];
    expect(values({ kind: 'id' }, [...good, ...bad])).toEqual([...good, ...Array(5).fill('refused')]);
  });

  test('are references with one space between', () => {
    const many = { kind: 'reference', to: 'source', many: true } as const;
    expect(values(many, ['a   b', 'a', ' a', 'a\u00a0b', 'a,b'])).toEqual(['a b', 'a', ...Array(3).fill('refused')]);
    expect(values({ kind: 'reference', to: 'indicator' }, ['ucj.v1', 'a b'])).toEqual(['ucj.v1', 'refused']);
  });

  test('are true or false', () => {
    expect(values({ kind: 'boolean' }, ['true', 'false', 'ya', '1', 'TRUE'])).toEqual([
      1,
      0,
      ...Array(3).fill('refused'),
    ]);
  });

  test('are texts of at most a thousand characters', () => {
    expect(values({ kind: 'text' }, ['x'.repeat(1000), 'x'.repeat(1001)])).toEqual(['x'.repeat(1000), 'refused']);
  });
});

describe('a long cell', () => {
  test.each(['count', 'rupiah', 'decimal', 'region', 'date', 'id', 'text', 'boolean'] as const)(
    'of a %s is refused at once',
    (kind) => {
      const texts = ['1.'.repeat(200_000), '1 '.repeat(200_000), 'Rp'.repeat(200_000), 'an'.repeat(200_000)];
      const started = performance.now();
      expect(values({ kind }, texts)).toEqual(Array(4).fill('refused'));
      expect(performance.now() - started).toBeLessThan(500);
    },
  );
});

describe('a stored cell', () => {
  test('is what it was before it was stored, whichever database kept it', () => {
    const kinds = [COUNT, DECIMAL, RUPIAH, { kind: 'boolean' }, { kind: 'text' }] as const;
    const asMySql = ['37229', '33.100000', '1814133110', '1', 'x'];
    const asSqlite = [37_229, 33.1, '1814133110', 1, 'x'];
    const expected = [37_229, 33.1, '1814133110', 1, 'x'];
    const back = (stored: readonly unknown[]) =>
      stored.map((value, index) => fromStored({ name: 'cell', ...(kinds[index] ?? COUNT) }, value));
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
