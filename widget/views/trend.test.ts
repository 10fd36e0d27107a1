import { describe, expect, test } from '@jest/globals';
import { markupOf, readerOf, textsOf } from '../../test/support/views.js';
import type { Language } from '../words.js';
import { draw } from './trend.js';

const indicator = (id: string, name: string, comparabilityGroup: string | null = id) => ({
  id,
  comparabilityGroup,
  name: { id: name, en: name },
  shortName: { id: name, en: name },
});
const UCJ = indicator('ucj', 'UCJ');
const JAKON = indicator('ucj_jakon', 'UCJ dengan Jakon');

const figure = (date: string, percent: number | null, change: object = {}) => ({
  percent,
  asPrinted: null,
  qualifier: null,
  approximate: false,
  date,
  numerator: null,
  denominator: 150_000,
  origin: 'STATED',
  flags: [] as string[],
  obsStatus: 'A',
  indicator: UCJ,
  sources: [{ publisher: 'Uji coba', url: null }],
  ...change,
});

const trend = (coverageSeries: unknown, change: object = {}) => ({
  code: '99.01',
  name: 'Kabupaten Contoh',
  coverage: { indicator: { id: 'ucj' } },
  coverageSeries,
  events: [],
  targets: [],
  ...change,
});
const drawn = (answer: unknown, language: Language = 'id') => {
  const drawing = draw(answer, readerOf(language));
  if (!drawing) throw new Error('The answer should be drawn');
  return drawing;
};
const pictured = (answer: unknown, language?: Language) => drawn(answer, language).picture;
const labelOf = (answer: unknown, language?: Language) =>
  /aria-label=(.*?)> /.exec(markupOf(pictured(answer, language)))?.[1];
const count = (answer: unknown, look: string) => markupOf(pictured(answer)).split(`class=${look}`).length - 1;

const SERIES = [
  figure('2024-12', 35, { qualifier: 'ABOUT', approximate: true, denominator: null }),
  figure('2024-12', 40.27, { indicator: JAKON, asPrinted: '40,27' }),
  figure('2025-06-01', 27.2, { asPrinted: '27,20', numerator: 40_800 }),
];

describe('the trend', () => {
  test('names what is seen, whose it is, and every source once', () => {
    const { title, name, sources } = drawn(trend(SERIES));
    expect({ title, name, sources }).toEqual({
      title: 'Tren cakupan · UCJ',
      name: 'Kabupaten Contoh',
      sources: [{ publisher: 'Uji coba', url: null }],
    });
    expect(drawn(trend(SERIES), 'en').title).toBe('Coverage over time · UCJ');
  });

  test('is told in words to who does not see it, figures with their dates', () => {
    expect(labelOf(trend(SERIES))).toBe(
      'Tren cakupan, Kabupaten Contoh: sekitar 35% per Des 2024; 27,20% per 1 Jun 2025',
    );
    expect(labelOf(trend(SERIES), 'en')).toBe(
      'Coverage over time, Kabupaten Contoh: about 35% as at Dec 2024; 27.20% as at 1 Jun 2025',
    );
  });

  test('is told by its ends and extremes when it is long', () => {
    const percents = [30, 25, 28, 33, 41, 39, 36, 38];
    const long = percents.map((percent, month) => figure(`2025-0${month + 1}`, percent));
    expect(labelOf(trend(long))).toBe(
      'Tren cakupan, Kabupaten Contoh: 30% per Jan 2025; 25% per Feb 2025; 41% per Mei 2025; 38% per Agu 2025',
    );
  });

  test('joins full points by a line, and leaves hollow those of another definition, which it names', () => {
    expect(['line', 'dot'].map((look) => count(trend(SERIES), look))).toEqual([1, 2]);
    expect(textsOf(pictured(trend(SERIES)))).toContain('UCJ dengan Jakon');
    expect(textsOf(pictured(trend(SERIES)))).toContain('40,27% per Des 2024 (tidak sebanding langsung)');
  });

  test('rings what is approximate, and says the word before the number', () => {
    const alone = trend(SERIES.slice(0, 1));
    expect([
      markupOf(pictured(alone)).split('<circle').length - 1,
      textsOf(pictured(alone)).includes('sekitar 35%'),
    ]).toEqual([1, true]);
    expect(markupOf(pictured(trend(SERIES.slice(2))))).not.toContain('<circle');
  });

  test('says that a source states no denominator where that may move the line', () => {
    const note = 'penyebut tidak disebutkan sumber';
    expect(textsOf(pictured(trend(SERIES)))).toContain(note);
    expect(textsOf(pictured(trend(SERIES.slice(1))))).not.toContain(note);
  });

  test('shows what is withheld or withdrawn as a gap of the whole height, with the word and its date', () => {
    const silent = [figure('2025-01', null, { obsStatus: 'Q' }), figure('2025-02', null, { obsStatus: 'O' })];
    const answer = trend([...silent, figure('2025-03', 30)]);
    expect(
      markupOf(pictured(answer)).match(/<line class=gap x1="[\d.]+%" y1="0%" x2="[\d.]+%" y2="100%">/g),
    ).toHaveLength(2);
    expect(textsOf(pictured(answer))).toEqual(
      expect.arrayContaining(['dirahasiakan (jumlah kecil)', 'Jan 2025', 'ditarik', 'Feb 2025']),
    );
    expect(count(answer, 'dot')).toBe(1);
  });

  test('has neither points nor a scale where all is withheld', () => {
    const answer = trend(['2025-01', '2025-02'].map((date) => figure(date, null, { obsStatus: 'Q' })));
    expect([count(answer, 'dot'), count(answer, 'base'), /\d%<\/text>/.test(markupOf(pictured(answer)))]).toEqual([
      0,
      0,
      false,
    ]);
  });

  test('marks events, and names them below with their dates; one that breaks the series says so', () => {
    const event = (date: string, kind: string, id: string) => ({ date, kind, note: { id, en: `${id} in English` } });
    const events = [
      event('2025-02', 'DENOMINATOR_REBASE', 'Penyebut baru.'),
      event('2025-03-01', 'ADHOC_ELECTION', 'Petugas pemilihan.'),
    ];
    const texts = textsOf(pictured(trend(SERIES, { events })));
    expect(texts).toEqual(
      expect.arrayContaining([
        'Feb 2025',
        'Penyebut baru. Jeda seri: tidak sebanding dengan angka sebelumnya',
        '1 Mar 2025',
        'Petugas pemilihan.',
      ]),
    );
    expect(count(trend(SERIES, { events }), 'line')).toBe(0);
    expect(textsOf(pictured(trend(SERIES, { events }), 'en'))).toContain('Petugas pemilihan. in English');
  });

  test('is drawn in an edition that is older than any target', () => {
    expect(textsOf(pictured({ ...trend(SERIES), targets: null }))).toEqual(textsOf(pictured(trend(SERIES))));
  });

  test('names the target of its own definition', () => {
    const targets = [
      { due: '2025', percent: 57.17, indicator: { id: 'ucj' } },
      { due: '2025', percent: 60.27, indicator: { id: 'ucj_jakon' } },
    ];
    const texts = textsOf(pictured(trend(SERIES, { targets }), 'id')).join(' ');
    expect(texts).toContain('Target 2025 57,17%');
    expect(texts).not.toContain('60,27');
  });

  test('says when its axis is cut, and what is above 100 percent', () => {
    const flat = trend([figure('2025-01', 96.1), figure('2025-02', 97.2)]);
    expect(textsOf(pictured(flat))).toContain('Sumbu tegak mulai dari 96%');
    const over = trend([figure('2025-01', 96), figure('2025-02', 120, { flags: ['OVER_100'] })]);
    expect(textsOf(pictured(over))).toContain('Di atas 100%: peserta dihitung di tempat kerja, bukan tempat tinggal');
    expect(textsOf(pictured(trend(SERIES))).join(' ')).not.toContain('Sumbu');
  });

  test('says that no figure is published where none is', () => {
    const drawing = drawn(trend([], { coverage: null }));
    expect([drawing.title, textsOf(drawing.picture), drawing.table.rows]).toEqual([
      'Tren cakupan',
      ['Belum ada angka yang diterbitkan'],
      [],
    ]);
  });

  test('sets no style and no colour of its own in the markup', () => {
    expect(markupOf(pictured(trend(SERIES)))).not.toMatch(/style=|fill=|stroke=|#[0-9a-f]{3}/);
  });

  test('has a table of every figure, also of those the picture leaves out', () => {
    const derived = figure('2025-06-01', 27.3, { origin: 'DERIVED', numerator: 41_000 });
    expect(drawn(trend([...SERIES, derived])).table).toEqual({
      caption: 'Tren cakupan, Kabupaten Contoh',
      columns: ['Tanggal', 'Angka', 'Definisi', 'Keterangan'],
      rows: [
        ['Des 2024', 'sekitar 35%', 'UCJ', 'UCJ · penyebut tidak disebutkan sumber'],
        ['Des 2024', '40,27%', 'UCJ dengan Jakon', 'UCJ dengan Jakon · dari 150.000'],
        ['1 Jun 2025', '27,20%', 'UCJ', 'UCJ · 40.800 peserta · dari 150.000'],
        ['1 Jun 2025', '27,3%', 'UCJ', 'UCJ · dihitung dari data peserta · 41.000 peserta · dari 150.000'],
      ],
    });
  });
});

describe('nothing is drawn of an answer', () => {
  const [first] = SERIES;
  const odd: Record<string, unknown> = {
    'that is missing': undefined,
    'that is null': null,
    'that is text': 'ok',
    'without a name': trend(SERIES, { name: '' }),
    'without its figures': trend(null),
    'without its events, which might part the line': trend(SERIES, { events: null }),
    'without its main definition': trend(SERIES, { coverage: undefined }),
    'with a figure that is text': trend([{ ...first, percent: '35' }]),
    'with a date that is none': trend([{ ...first, date: '2024-13' }]),
    'with a withheld figure that is there': trend([{ ...first, obsStatus: 'Q' }]),
    'with a withdrawn figure that is there': trend([{ ...first, obsStatus: 'O' }]),
    'with an event without words': trend(SERIES, {
      events: [{ date: '2025', kind: 'RULE_CHANGE', note: { id: 'a' } }],
    }),
    'with a target that is text': trend(SERIES, {
      targets: [{ due: '2025', percent: '57', indicator: { id: 'ucj' } }],
    }),
  };

  test.each(Object.keys(odd))('%s', (what) => {
    expect(draw(odd[what], readerOf('id'))).toBeNull();
  });
});
