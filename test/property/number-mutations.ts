import { type CellChange, digitsOf, grouped, inCell, type Mutation, NUMBERS, WHOLE } from './mutation.js';

/** How numbers go wrong: as written by people, spreadsheets and other countries. */
export const NUMBER_MUTATIONS: readonly Mutation[] = [
  whole('thousands with points', 28, (text, { locale }) => grouped(digitsOf(text, locale), '.')),
  whole('a space within groups', 29, (text, { locale }) => grouped(digitsOf(text, locale), '. ')),
  whole('thousands with commas', 30, (text, { locale }) => grouped(digitsOf(text, locale), ',')),
  whole('groups that are not of three', 31, (text, { locale }) => digitsOf(text, locale).replace(/(?=\d{2}$)/, '.')),
  whole('a digit lost from groups', 31, (text, { locale }) => grouped(digitsOf(text, locale), '.').slice(0, -1)),
  whole('a leading zero in groups', 31, (text, { locale }) => `0.${grouped(digitsOf(text, locale), '.')}`),
  whole('Rp', 32, (text, { locale, dice }) => dice.pick(['Rp', 'Rp ', 'IDR ']) + grouped(digitsOf(text, locale), '.')),
  whole('rupiah with cents', 32, (text, { locale }) => `${grouped(digitsOf(text, locale), '.')},00`),
  whole('words for millions', 33, (_, { dice }) => dice.pick(['1,8 juta', '1.8 M', '12 rb', '3 jt', '1,8 miliar'])),
  whole('miliar behind grouped digits', 34, (text, { locale }) => `${grouped(digitsOf(text, locale), '.')} Miliar`),
  percent('a percent sign', (text) => `${text}%`),
  percent('a fraction of one', (text, { locale }) => timesHundredth(text, locale)),
  percent('a hundred times', (text) => text.replace(/[.,]/, '')),
  percent('the other decimal sign', (text) => text.replace(/[.,]/g, (sign) => (sign === '.' ? ',' : '.'))),
  percent('a group in a percentage', (text, { locale }) => text + (locale === 'C' ? ',000' : '.000')),
  number('negative', 36, (text, { dice }) => dice.pick([`-${text}`, `(${text})`, `−${text}`, `${text}-`])),
  whole(
    'half a person',
    37,
    (text, { locale, dice }) => text + (locale === 'C' ? '.' : ',') + dice.pick(['5', '0', '50']),
  ),
  number('scientific', 38, (_, { dice }) => dice.pick(['1,81E+09', '1.81E+09', '3e5', '2E3', '1E+05'])),
  number('a spreadsheet error', 39, (_, { dice }) => dice.pick(['#REF!', '#N/A', '#DIV/0!', '#VALUE!', '########'])),
  number('a sign for nothing', 40, (_, { dice }) =>
    dice.pick(['-', '–', 'n/a', 'NA', 'null', '...', '…', '.', 'tad', 'NaN', 'Infinity', ' ']),
  ),
  number('a number with words', 40, (text, { dice }) =>
    dice.pick([
      `<${text}`,
      `${text}-an`,
      `hampir ${text}`,
      `±${text}`,
      `~${text}`,
      `>${text}`,
      `${text}*`,
      `${text} orang`,
    ]),
  ),
  number('the letter O', 41, (text) => (text.includes('0') ? text.replace('0', 'O') : text.replace(/1|l/, 'l'))),
  number('digits of other scripts', 41, (text, { dice }) => {
    const zero = dice.pick([0x0660, 0xff10, 0x0966, 0x1bb0]);
    return text.replace(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)));
  }),
  whole('thousands with spaces', 42, (text, { locale, dice }) =>
    grouped(digitsOf(text, locale), dice.pick([' ', '\u00a0', '\u2009', '\u202f', "'", '_'])),
  ),
  number('an apostrophe', 43, (text, { dice }) => dice.pick([`'${text}`, `${text}'`, `\u2019${text}`])),
  whole(
    'a float tail',
    44,
    (text, { locale, dice }) =>
      digitsOf(text, locale) + (locale === 'C' ? '.' : ',') + dice.pick(['000000001', '99999999']),
  ),
  percent('a long float tail', (text) => (/[.,]/.test(text) ? `${text}00000000001` : null)),
  { name: 'blank', number: 45, sheet: inCell(NUMBERS, () => '') },
  number('zero', 45, () => '0'),
  number('a mark for nothing', 46, (_, { dice }) => dice.pick(['-99', '-999', '-1', '9999999999', '99999999999'])),
  percent('a mark for no percentage', (_, { dice }) => dice.pick(['999', '9999', '-99', '999,9', '999.9'])),
  whole('more than 32 bits', 47, (_, { dice }) => dice.pick(['2147483648', '4294967296', '10000000000'])),
  whole('more than 53 bits', 47, (_, { dice }) =>
    dice.pick(['9007199254740993', '123456789012345678', '1234567890123456789', '9'.repeat(40)]),
  ),
  whole('thousands of a thousand', 48, (_, { dice }) => dice.pick(['178,86 ribu', '178.86', '178,86'])),
  number('a plus', null, (text) => `+${text}`),
  number('a space around', null, (text, { dice }) => dice.pick([` ${text}`, `${text} `, `\t${text}`, `${text}\u00a0`])),
  number('zeros before', null, (text, { dice }) => dice.pick(['0', '00']) + text),
  number('another base', null, (_, { dice }) => dice.pick(['0x1F', '0b11', '0o17', '1_000', '1n'])),
  number('two points', null, (text) => `${text}.1.2`),
  number('a point at an end', null, (text, { dice }) => dice.pick([`${text}.`, `.${text}`, `${text},`, `,${text}`])),
  number('a line end within', null, (text) => `${text}\n`),
];

function whole(name: string, catalogue: number | null, change: CellChange): Mutation {
  return { name, number: catalogue, sheet: inCell(WHOLE, change) };
}

function number(name: string, catalogue: number | null, change: CellChange): Mutation {
  return { name, number: catalogue, sheet: inCell(NUMBERS, change) };
}

function percent(name: string, change: CellChange): Mutation {
  return { name, number: 35, sheet: inCell(['decimal'], change, ['percent']) };
}

function timesHundredth(text: string, locale: 'C' | 'id-ID'): string {
  const fraction = (Number(text.replace(',', '.')) / 100).toFixed(4);
  return locale === 'C' ? fraction : fraction.replace('.', ',');
}
