import { describe, expect, test } from '@jest/globals';
import { markupOf, readerOf, textsOf } from '../../test/support/views.js';
import type { Language } from '../words.js';
import { draw } from './benefits.js';

const YEAR = {
  segment: 'NOT_STATED',
  basis: 'BRANCH',
  dateBasis: null,
  periodStart: '2024-01-01',
  periodEnd: '2024-12-31',
  periodKind: 'YEAR',
};
const YTD = { ...YEAR, segment: 'PU', periodEnd: '2024-10-31', periodKind: 'YTD', dateBasis: 'PAID' };
const QUARTER = { ...YEAR, periodStart: '2025-01-01', periodEnd: '2025-03-31', periodKind: 'QUARTER' };
const NOTHING = { cases: null, amountRupiah: null, roundedTo: null };

const paid = (program: string, amountRupiah: unknown, change: object = {}) => ({
  ...YEAR,
  program,
  benefitType: 'ALL',
  cases: 1200,
  payments: null,
  recipients: null,
  beneficiaries: null,
  amountRupiah,
  roundedTo: 10_000_000,
  qualifier: null,
  obsStatus: 'A',
  note: null,
  sources: [{ publisher: 'Uji coba', url: null }],
  ...change,
});
const total = (amountRupiah: string | null, change: object = {}) => ({
  ...YEAR,
  cases: 2400,
  amountRupiah,
  roundedTo: 10_000_000,
  obsStatus: 'A',
  origin: 'STATED',
  ...change,
});
const benefits = (disbursements: unknown, disbursementTotals: unknown = [], change: object = {}) => ({
  code: '99.01',
  name: 'Kabupaten Contoh',
  disbursements,
  disbursementTotals,
  ...change,
});
const drawn = (answer: unknown, language: Language = 'id') => {
  const drawing = draw(answer, readerOf(language));
  if (!drawing) throw new Error('The answer should be drawn');
  return drawing;
};
const pictured = (answer: unknown, language?: Language) => drawn(answer, language).picture;
/** The lengths of all bars, in percent. */
const lengths = (answer: unknown) =>
  [...markupOf(pictured(answer)).matchAll(/<rect width="([\d.]+)%"/g)].map(([, length]) => Number(length));
const hatched = (answer: unknown) => markupOf(pictured(answer)).split('class="bar withheld"').length - 1;

describe('the benefits', () => {
  test('say for each programme its rupiah and its cases, the highest first', () => {
    const answer = benefits([paid('JKK', '11360000000'), paid('JHT', '139300000000', { cases: 12_613 })]);
    expect(textsOf(pictured(answer))).toEqual([
      '2024',
      'menurut kantor cabang yang membayar, bukan tempat tinggal penerima',
      'Hari tua (JHT)',
      'Rp139,30 miliar',
      '12.613 kasus',
      'Kecelakaan kerja (JKK)',
      'Rp11,36 miliar',
      '1.200 kasus',
    ]);
    expect(lengths(answer).map(Math.round)).toEqual([100, 8]);
  });

  test('are told in English too', () => {
    const answer = benefits([paid('JHT', '139300000000', YTD)]);
    expect([drawn(answer, 'en').title, ...textsOf(pictured(answer, 'en'))]).toEqual([
      'Benefits paid',
      '1 Jan 2024 – 31 Oct 2024',
      'year to date · PU · by the branch office that paid, not where recipients live · by date of payment',
      'Old age (JHT)',
      'Rp139.30 billion',
      '1,200 cases',
    ]);
  });

  test('stand by period, the newest first, each on a scale of its own', () => {
    const answer = benefits([
      paid('JHT', '8000000000'),
      paid('JKK', '2000000000'),
      paid('JHT', '1000000000', QUARTER),
      paid('JKK', '500000000', QUARTER),
    ]);
    const periods = (one: unknown) => textsOf(pictured(one)).filter((text) => /20\d\d/.test(text));
    expect(periods(answer)).toEqual(['1 Jan 2025 – 31 Mar 2025', '2024']);
    expect(periods(benefits([paid('JHT', '1', QUARTER), paid('JHT', '1')]))).toEqual(periods(answer));
    expect(lengths(answer)).toEqual([100, 50, 100, 25]);
  });

  test('of another segment, or placed by something else, are on another scale', () => {
    const others = [{ segment: 'PU' }, { basis: 'RESIDENCE' }, { dateBasis: 'PAID' }, { periodKind: 'YTD' }];
    for (const other of others) {
      const pair = (change: object) => [paid('JHT', '4000000000', change), paid('JKK', '1000000000', change)];
      expect(lengths(benefits([...pair({}), ...pair(other)]))).toEqual([100, 25, 100, 25]);
    }
  });

  test('have no bar where there is no second amount to compare with', () => {
    expect(lengths(benefits([paid('JHT', '4000000000'), paid('JKK', null)]))).toEqual([]);
  });

  test('that are withheld have a word, hatching and no length; withdrawn ones a word', () => {
    const silent = [
      paid('JKK', null, { ...NOTHING, obsStatus: 'Q' }),
      paid('JKM', null, { ...NOTHING, obsStatus: 'O' }),
    ];
    const answer = benefits([paid('JHT', '4000000000'), paid('JP', '1000000000'), ...silent]);
    expect([hatched(answer), lengths(answer)]).toEqual([1, [100, 25, 0]]);
    expect(textsOf(pictured(answer)).slice(-4)).toEqual([
      'Kecelakaan kerja (JKK)',
      'dirahasiakan (jumlah kecil)',
      'Kematian (JKM)',
      'ditarik',
    ]);
  });

  test('that are a part of a programme, or two programmes as one, have no bar and are said to be in the others', () => {
    const parts = [
      paid('JKK_JKM', '901000000', {
        benefitType: 'SCHOLARSHIP',
        cases: null,
        beneficiaries: 208,
        roundedTo: 1_000_000,
      }),
      paid('JKK_JKM', '3000000000'),
    ];
    const answer = benefits([paid('JHT', '4000000000'), paid('JP', '1000000000'), ...parts]);
    expect(lengths(answer)).toEqual([100, 25]);
    expect(textsOf(pictured(answer)).slice(-6)).toEqual([
      'JKK dan JKM',
      'Rp3,00 miliar',
      '1.200 kasus · sudah termasuk dalam program, tidak dijumlahkan',
      'Beasiswa, JKK dan JKM',
      'Rp901 juta',
      '208 penerima selain peserta · sudah termasuk dalam program, tidak dijumlahkan',
    ]);
  });

  test('have a total only where the API gives one, marked as stated or summed', () => {
    const programs = [paid('JHT', '4000000000'), paid('ALL', '5000000000')];
    expect(textsOf(pictured(benefits(programs)))).not.toContain('Semua program');
    const told = (...totals: object[]) => textsOf(pictured(benefits(programs, totals))).slice(2, 5);
    expect(told(total('5000000000'))).toEqual(['Semua program', 'Rp5,00 miliar', '2.400 kasus · menurut sumber']);
    expect(told(total('5000000000', { origin: 'SUMMED' }))).toEqual([
      'Semua program',
      'Rp5,00 miliar',
      '2.400 kasus · dijumlahkan dari semua program',
    ]);
    expect(told(total(null, { ...NOTHING, origin: 'SUMMED', obsStatus: 'Q' }))).toEqual([
      'Semua program',
      'dirahasiakan (jumlah kecil)',
      'dijumlahkan dari semua program',
    ]);
  });

  test('say what places them in the region', () => {
    const placed = (basis: string) => textsOf(pictured(benefits([paid('JHT', '1', { basis })])))[1];
    expect(['RESIDENCE', 'WORKPLACE', 'UNKNOWN'].map(placed)).toEqual([
      'menurut tempat tinggal',
      'menurut tempat kerja',
      'dasar wilayah tidak disebutkan sumber',
    ]);
  });

  test('of more periods than a card holds are left to the table, and that is said', () => {
    const months = ['01', '02', '03', '04', '05', '06'].map((month) =>
      paid('JHT', '1000000000', {
        periodStart: `2025-${month}-01`,
        periodEnd: `2025-${month}-28`,
        periodKind: 'MONTH',
      }),
    );
    const texts = textsOf(pictured(benefits(months)));
    expect(texts.filter((text) => /^\w+ 2025$/.test(text))).toEqual(['Jun 2025', 'Mei 2025', 'Apr 2025', 'Mar 2025']);
    expect(texts.at(-1)).toBe('Periode lain ada di tabel: 2');
    expect(drawn(benefits(months)).table.rows).toHaveLength(6);
  });

  test('have a table that keeps cases, payments and persons apart', () => {
    const rows = [
      paid('JKP', '1814133110', {
        ...YTD,
        cases: null,
        payments: 3100,
        recipients: 1126,
        roundedTo: 1,
        qualifier: 'ABOUT',
        obsStatus: 'P',
        note: 'Cabang Contoh.',
      }),
    ];
    const { table } = drawn(benefits(rows));
    expect(table).toEqual({
      caption: 'Manfaat yang dibayarkan, Kabupaten Contoh',
      columns: ['Program', 'Periode', 'Kasus', 'Pembayaran', 'Orang', 'Rupiah', 'Keterangan'],
      rows: [
        [
          'Kehilangan pekerjaan (JKP)',
          '1 Jan 2024 – 31 Okt 2024',
          '',
          '3.100',
          '1.126 peserta dibayar',
          'sekitar Rp1.814.133.110',
          'sejak awal tahun · PU · menurut kantor cabang yang membayar, bukan tempat tinggal penerima · menurut tanggal pembayaran · Angka sementara · Cabang Contoh.',
        ],
      ],
    });
    expect(drawn(benefits(rows), 'en').table.rows[0]?.at(-1)).toBe(
      'year to date · PU · by the branch office that paid, not where recipients live · by date of payment · Provisional figure',
    );
  });

  test('are said to be unpublished where nothing is', () => {
    expect(textsOf(pictured(benefits([])))).toEqual(['Belum ada angka yang diterbitkan']);
  });
});

describe('nothing is drawn of an answer', () => {
  const odd: Record<string, unknown> = {
    'that is missing': undefined,
    'that is null': null,
    'without a name': benefits([], [], { name: '' }),
    'without its disbursements': benefits(null),
    'without its totals': benefits([], null),
    'with an amount in parts of a rupiah': benefits([paid('JHT', '1.5')]),
    'with an amount in words': benefits([paid('JHT', '1,8 miliar')]),
    'with cases that are text': benefits([paid('JHT', '1', { cases: '12' })]),
    'with a period that is none': benefits([paid('JHT', '1', { periodEnd: '2024-13-31' })]),
    'with a withheld amount that is there': benefits([paid('JHT', '1', { cases: null, obsStatus: 'Q' })]),
    'with withheld persons that are there': benefits([
      paid('JHT', null, { ...NOTHING, recipients: 3, obsStatus: 'Q' }),
    ]),
    'with a withdrawn total that is there': benefits([], [total('1', { obsStatus: 'O' })]),
  };

  test.each(Object.keys(odd))('%s', (what) => {
    expect(draw(odd[what], readerOf('id'))).toBeNull();
  });
});
