import { say } from './bilingual.js';
import type { Bilingual } from './dataset.js';
import { adviseByHabit, type Habit } from './habit.js';
import { type Locale, SIGNS } from './locale.js';
import { oddity, plainText } from './lookalike.js';
import { type NumberReading, readingsOf, readNumber, readWhole, timesTen } from './number.js';

/** What the column of a cell asks for. */
export interface Wanted {
  /** True for counts and rupiah, which have no fraction. */
  readonly isWhole: boolean;
  readonly locale: Locale;
}

/** What a cell that is no number may be meant to say; null when nothing comes to mind. All ways to read it are named. */
export function adviseNumber(raw: string, wanted: Wanted): Bilingual | null {
  if (raw.length > 60) return null;
  const text = plainText(raw);
  return adviseByHabit(HABITS, text, wanted) ?? adviseFigure(raw, text, wanted);
}

const BLANK = say(
  'bila tidak ada angkanya, kosongkan sel dan tulis O (tidak ada) atau Q (disembunyikan) di obs_status; bila nol, tulis 0',
  'if there is no figure, leave the cell blank with O (missing) or Q (withheld) in obs_status; if it is zero, write 0',
);
const FAILED = say(
  'rumusnya gagal di lembar kerja: perbaiki di sana, lalu simpan lagi sebagai CSV',
  'a formula failed in the spreadsheet: mend it there and save as CSV again',
);
const FORMULA = say('tulis hasil rumusnya, bukan rumusnya', 'write what the formula gives, not the formula');
const HIDDEN = say(
  'angka kecil yang disembunyikan: kosongkan sel, tulis Q di obs_status dan A di conf_status',
  'a small figure that is withheld: leave the cell blank, with Q in obs_status and A in conf_status',
);
const NEGATIVE = say(
  'tidak mungkin di bawah nol: periksa sumbernya; koreksi dikirim sebagai angka baru, bukan selisih',
  'it cannot be below zero: look at the source; a correction is sent as the new figure, not as a difference',
);
const SHORTENED = say(
  'Excel menyingkat angkanya dan digit terakhir hilang: jadikan kolomnya Number tanpa desimal, salin lagi dari sumber',
  'a spreadsheet has shortened it and its last digits are lost: make the column Number without decimals, copy it again',
);
const RANGE = say(
  'rentang bukan satu angka: tulis angka yang dinyatakan sumbernya; rentangnya di kolom note',
  'a range is no figure: write the one that the source states, and the range in note',
);

const NOTHING =
  /^(?:-+|\.+|\*+|x+|\?+|±|#?n\.?\/?a\.?|null|nil|none|nan|undefined|tad|t\.a\.d\.?|kosong|nihil|no data|(?:data )?(?:tidak|belum) (?:ada|tersedia)(?: data)?)$/i;
const FIGURE = '(\\d[\\d.,]*(?: \\d{3})*)';

const HABITS: readonly Habit<Wanted>[] = [
  [/^(?:#+|#(?!n\/a$)[a-z/]+[0!?]{0,2})$/i, () => FAILED],
  [/^#n\/a$/i, () => FAILED],
  [/^[=@]|^[+-][a-z@=]/i, () => FORMULA],
  [NOTHING, () => BLANK],
  [/^-9{2,}$|^0\*+$/, () => BLANK],
  [/^(?:<|≤|<=|kurang dari|di bawah|less than|under)\s*\d+$/i, () => HIDDEN],
  [
    /^(?:sekitar|seputar|kurang lebih|kira-kira|kisaran|berkisar|±|~|≈|\+\/-|about|around|approx\.?|ca\.?|kurleb)\s*(.+)$/i,
    qualified('ABOUT'),
  ],
  [/^(.+?)\s*-?\s*an$/i, qualified('ABOUT')],
  [/^(?:hampir|mendekati|nyaris|almost|nearly)\s*(.+)$/i, qualified('ALMOST')],
  [/^(?:lebih dari|di atas|lebih|minimal|>|≥|>=|more than|over)\s*(.+)$/i, qualified('MORE_THAN')],
  [/^\((.+)\)$/, ([inner = ''], wanted) => (figures(inner, wanted).length > 0 ? NEGATIVE : null)],
  [/^-\s?[\d.,]+$/, (_, { isWhole }) => (isWhole ? NEGATIVE : null)],
  [/^\d(?:[.,]\d+)?\s*e\s*[+-]?\d+$/i, () => SHORTENED],
  [/^\d[\d.,]*\s*(?:-|s\.?\s?d\.?|s\/d|sampai|hingga|to)\s*\d[\d.,]*\s*%?$/i, () => RANGE],
  [/^\d+[.,]\d*(?:0{5,}[1-9]|9{6,})\d*$/, adviseTail],
  [new RegExp(`^(?:(?:rp|idr)\\.?\\s*)*${FIGURE}(\\*)?\\s*([a-z%]+)?(?:,-)?$`, 'i'), adviseUnit],
];

function adviseTail(_: readonly string[], { isWhole }: Wanted): Bilingual {
  return isWhole
    ? say(
        'sisa hitungan lembar kerja di belakang koma: bulatkan di sana, lalu tulis bilangan bulatnya',
        'what a spreadsheet left behind the point: round it there and write the whole number',
      )
    : say(
        'sisa hitungan lembar kerja di belakang koma: bulatkan di sana seperti pada sumbernya',
        'what a spreadsheet left behind the point: round it there, as its source has it',
      );
}

function qualified(word: 'ABOUT' | 'ALMOST' | 'MORE_THAN'): Habit<Wanted>[1] {
  return ([inner = ''], wanted) => {
    const unit = /^(.*?\d)\s*([a-z%]+)$/i.exec(inner);
    const number = unit?.[1] ?? inner;
    const [found] = optionsOf(number, unit?.[2] ?? '', wanted);
    if (!found) return null;
    return say(
      `tulis angkanya saja (${choice(optionsOf(number, unit?.[2] ?? '', wanted), 'id')}), ${word} di kolom qualifier, dan aslinya di as_printed`,
      `write the number alone (${choice(optionsOf(number, unit?.[2] ?? '', wanted), 'en')}), ${word} in qualifier, and what was printed in as_printed`,
    );
  };
}

/** Words behind a figure, with the powers of ten they may stand for. M is *miliar* to Indonesians, million to others. */
const UNITS: readonly (readonly [RegExp, readonly Scale[]])[] = [
  [
    /^(?:orang|org|jiwa|peserta|pekerja|kasus|tk|persons?|people|cases?|rupiah|%|persen|percent|pct)?$/i,
    [{ power: 0 }],
  ],
  [/^(?:ribu|rb|k|thousand)$/i, [{ power: 3 }]],
  [/^(?:juta|jt|million|mn)$/i, [{ power: 6 }]],
  [/^(?:miliar|milyar|mlr|billion|bn)$/i, [{ power: 9 }]],
  [
    /^m$/i,
    [
      { power: 9, word: say('miliar', 'miliar (10^9)') },
      { power: 6, word: say('million', 'million') },
    ],
  ],
  [/^(?:triliun|trilyun|t|trillion)$/i, [{ power: 12 }]],
];

interface Scale {
  readonly power: number;
  readonly word?: Bilingual;
}

/** A value that may be meant, and when. */
interface Option {
  readonly value: string;
  readonly when: Bilingual | null;
}

function adviseUnit([figure = '', mark = '', unit = '']: readonly string[], wanted: Wanted): Bilingual | null {
  const options = optionsOf(figure, unit, wanted);
  if (options.length === 0) return unit === '' || mark !== '' ? null : adviseFraction(unit, wanted);
  if (mark !== '')
    return say(
      `tulis ${choice(options, 'id')}; tanda catatan kaki dijelaskan di kolom note`,
      `write ${choice(options, 'en')}; explain the footnote mark in note`,
    );
  if (unit === '') return null;
  const isScaled = scalesOf(unit).some(({ power }) => power > 0);
  return isScaled
    ? say(
        `tulis semua digitnya: ${choice(options, 'id')}; satuan pembulatannya di rounded_to`,
        `write all digits: ${choice(options, 'en')}; what it was rounded to goes in rounded_to`,
      )
    : say(`tulis angkanya saja: ${choice(options, 'id')}`, `write the number alone: ${choice(options, 'en')}`);
}

function adviseFraction(unit: string, { isWhole }: Wanted): Bilingual | null {
  if (!isWhole || !/^(?:%|persen|percent|pct)$/i.test(unit)) return null;
  return say('kolom ini berisi jumlah, bukan persen', 'this column holds counts, not percents');
}

/** A figure without a word: the wrong signs, unseen signs, letters for digits. */
function adviseFigure(raw: string, text: string, wanted: Wanted): Bilingual | null {
  const currency = /^(?:(?:rp|idr)\.?\s*)+/i;
  const bare = text
    .replace(currency, '')
    .replace(/,-$/, '')
    .replace(/^'|^\+/, '');
  const digits = /\d/.test(bare) || /^[O]$/i.test(bare) ? bare.replace(/[O]/gi, '0').replace(/[lI|]/g, '1') : bare;
  const options = optionsOf(digits, '', wanted);
  if (options.length === 0) return wanted.isWhole ? adviseWhole(digits) : adviseDecimals(digits);
  const [reason, locale] = [reasonOf(raw, text, digits), otherLocale(raw, wanted)];
  return say(
    `${reason.id}${phrase(options, 'id')}${locale?.id ?? ''}`,
    `${reason.en}${phrase(options, 'en')}${locale?.en ?? ''}`,
  );
}

function reasonOf(raw: string, text: string, digits: string): Bilingual {
  if (text.startsWith("'")) return say('tanda petik menjadikannya teks: ', 'the apostrophe makes it a text: ');
  if (/[OlI|]/i.test(text.replace(/^(?:rp|idr)/i, '')) && /^[\d.,]+$/.test(digits))
    return say('sel memuat huruf, bukan angka 0 atau 1: ', 'the cell holds a letter, not the digit 0 or 1: ');
  const odd = oddity(raw);
  return odd ? say(`sel memuat ${odd.id}: `, `the cell holds ${odd.en}: `) : say('', '');
}

/** Where the text is a number of the other locale. */
function otherLocale(raw: string, { locale, isWhole }: Wanted): Bilingual | null {
  const other: Locale = locale === 'C' ? 'id-ID' : 'C';
  if ((isWhole ? readWhole(raw, other) : readNumber(raw, other)) === null) return null;
  return other === 'id-ID'
    ? say(
        '; bila seluruh berkas ditulis begitu, kirim dengan locale id-ID',
        '; if the whole file is written so, send it with the locale id-ID',
      )
    : say(
        '; bila seluruh berkas ditulis begitu, kirim tanpa locale id-ID',
        '; if the whole file is written so, send it without the locale id-ID',
      );
}

function adviseWhole(text: string): Bilingual | null {
  return readingsOf(text).length > 0
    ? say(
        'orang, kasus, dan rupiah dihitung utuh: periksa apakah ini persen, rata-rata, atau dalam ribuan',
        'persons, cases and rupiah are whole: see whether this is a percent, an average, or in thousands',
      )
    : null;
}

function adviseDecimals(text: string): Bilingual | null {
  return /^\d*[.,]\d*$/.test(text) && /\d/.test(text)
    ? say(
        'tulis digit di depan dan di belakang desimalnya, mis. 0.5',
        'write digits before and after the point, e.g. 0.5',
      )
    : null;
}

function scalesOf(unit: string): readonly Scale[] {
  return UNITS.find(([pattern]) => pattern.test(unit))?.[1] ?? [];
}

/** Every value that a figure with a unit may stand for and that its column may hold. */
function optionsOf(figure: string, unit: string, wanted: Wanted): readonly Option[] {
  const options = figures(figure, wanted, scalesOf(unit));
  return options.filter(({ value }, index) => options.findIndex((one) => one.value === value) === index);
}

function figures(figure: string, wanted: Wanted, scales: readonly Scale[] = [{ power: 0 }]): Option[] {
  const readings = readingsOf(figure.replaceAll(' ', '').replace(/[.,]$/, ''));
  const several = readings.length > 1;
  return scales.flatMap(({ power, word }) =>
    readings.flatMap((reading) => {
      const value = power === 0 && !wanted.isWhole ? reading.value : timesTen(reading.value, power);
      const isFit = !wanted.isWhole || !value.includes('.');
      return isFit ? [{ value: write(value, wanted), when: whenOf(several ? reading : null, word ?? null) }] : [];
    }),
  );
}

function write(value: string, { locale }: Wanted): string {
  return value.replace('.', SIGNS[locale].decimal);
}

function whenOf(reading: NumberReading | null, word: Bilingual | null): Bilingual | null {
  const sign = reading && SIGN_NAMES[reading.sign ?? ''];
  if (!reading?.as || !sign) return word && say(`bila M berarti ${word.id}`, `if M means ${word.en}`);
  const [id, en] =
    reading.as === 'GROUP'
      ? [`bila ${sign.id}nya memisah ribuan`, `if its ${sign.en} parts thousands`]
      : [`bila ${sign.id}nya desimal`, `if its ${sign.en} is decimal`];
  return word ? say(`${id} dan M berarti ${word.id}`, `${en} and M means ${word.en}`) : say(id, en);
}

const SIGN_NAMES: Readonly<Record<string, Bilingual>> = { '.': say('titik', 'point'), ',': say('koma', 'comma') };

/** `37229`, or `1234 if its comma parts thousands, 1.234 if its comma is decimal`. */
function choice(options: readonly Option[], language: keyof Bilingual): string {
  if (options.length === 1) return options[0]?.value ?? '';
  return options
    .map(({ value, when }) => (when ? `${value} ${when[language]}` : value))
    .join(language === 'id' ? ', atau ' : ', or ');
}

function phrase(options: readonly Option[], language: keyof Bilingual): string {
  const [only] = options;
  if (options.length > 1 || !only)
    return language === 'id' ? `tulis ${choice(options, 'id')}` : `write ${choice(options, 'en')}`;
  return language === 'id'
    ? `bila maksudnya ${only.value}, tulis ${only.value}`
    : `if it means ${only.value}, write ${only.value}`;
}
