import type { Dice } from './dice.js';
import { type Kind, NEVER } from './layout.js';
import { type CellChange, inCell, type Mutation, setCell } from './mutation.js';
import { type Sheet, withCell } from './sheet.js';

const CODES: readonly Kind[] = ['region', 'word', 'date', 'id', 'indicator'];

/** How codes, words, dates and texts go wrong. */
export const CODE_MUTATIONS: readonly Mutation[] = [
  region('a code without its dot', 49, (code) => (code.length > 2 ? code.replaceAll('.', '') : null)),
  region('a code made a number', 50, (code, { dice }) =>
    dice.pick([
      code.replace('.0', '.'),
      `${code}0`,
      code.replace('.', ','),
      code.replace('.', ':'),
      `${code}.`,
      `0${code}`,
    ]),
  ),
  region('a BPS village', 51, () => '1905010001'),
  region('a village of another district', 52, (code) => `${code.slice(0, 5).padEnd(5, '.03')}.99.2001`),
  region('a code of no region', null, (_, { dice }) => dice.pick(['99', '19.99', '19.03.77', '10.01', '98.76'])),
  region('another region', null, (_, { dice }) => dice.pick(['19.02', '11.01', '19.00', '32', '19.03.02'])),
  region('a name in place of a code', 54, (_, { dice }) =>
    dice.pick(['Kab. Bangka', 'Bangka', 'Pangkal Pinang', 'Basel', 'Babel', 'Indonesia']),
  ),
  code(
    'signs that cannot be seen',
    56,
    (text, { dice }) =>
      text.slice(0, 1) + dice.pick(['\u200b', '\u00ad', '\ufeff', '\u2060', '\u200d']) + text.slice(1),
  ),
  code('spaces around', 56, (text, { dice }) => dice.pick([`${text} `, ` ${text}`, `${text}\u00a0`, `\t${text}`])),
  word('letters that look alike', 56, (text) => text.replace('P', 'Р').replace('A', 'А').replace('K', 'К')),
  word('another case', 56, (text) => text.toLowerCase()),
  word('another name of a segment or programme', 57, (_, { dice }) =>
    dice.pick(['PBPU', 'jakon', 'JKm', 'JK', 'Jamsostek', 'BPJS Kesehatan', 'ALL', 'TOTAL', 'Penerima Upah', 'PPU']),
  ),
  {
    name: 'another word of the column',
    number: 75,
    sheet: inCell(['word'], (_, { column, dice }) => dice.pick(column.words ?? [])),
  },
  { name: 'a programme that the segment has not', number: 72, sheet: impossibleProgram },
  {
    name: 'a segment that has not the programme',
    number: 72,
    sheet: inCell(['word'], (_, { dice }) => dice.pick(['BPU', 'JAKON', 'PMI']), ['segment']),
  },
  { name: 'Return To Work', number: 81, sheet: inCell(['word'], () => 'RTW', ['benefit_type']) },
  date('day and month in either order', 60, (_, { dice }) =>
    dice.pick(['10/11/2024', '31/10/2024', '10-11-2024', '2024/10/31']),
  ),
  date('a serial number', 61, (_, { dice }) => dice.pick(['45575', '45575.5', '20241031', '202410'])),
  date('a month in words', 62, (_, { dice }) =>
    dice.pick(['Okt-24', 'Oktober 2024', 'Des', 's.d. Okt 2024', 'Oct-24']),
  ),
  date('a day that is not', 63, (text, { dice }) =>
    dice.pick(['2024-09-31', '2023-02-29', '2024-13', '2024-00', '2024-10-00', '2024-1', `${text}-32`, '0000']),
  ),
  date('a day to come', 64, (_, { dice }) =>
    dice.pick(['2027-01', '2026-07', '2062', '2026-06-16', '9999-12', '2204-10']),
  ),
  date('an instant', 65, (_, { dice }) =>
    dice.pick(['2024-10-31T17:00Z', '2024-10-31 00:00:00', '2024-10-31T00:00:00+07:00']),
  ),
  date('a day with words', 66, (_, { dice }) =>
    dice.pick(['per 14 Desember', 'akhir 2024', '2024 (sementara)', '~2024']),
  ),
  date('another date', 14, (_, { dice }) => dice.pick(['2024-09', '2023', '2024-12-31', '2025-02-01', '2024-02-29'])),
  {
    name: 'a source of nobody',
    number: null,
    sheet: inCell(['source'], (text, { dice }) =>
      dice.pick(['bps-2099', `${text}x`, text.slice(0, -1), `${text},`, `${text};`]),
    ),
  },
  {
    name: 'sources apart by two spaces',
    number: null,
    isHarmless: true,
    sheet: inCell(['source'], (text) => text.replace(' ', '  ')),
  },
  {
    name: 'an indicator of nobody',
    number: null,
    sheet: inCell(['indicator'], (text, { dice }) => dice.pick(['UCJ', 'ucj2', `${text}_`, 'coverage'])),
  },
  {
    name: 'an id with spaces',
    number: null,
    sheet: inCell(['id'], (text, { dice }) => dice.pick([`${text} ${text}`, `${text}/x`, 'Nelayan & Petani', 'é'])),
  },
  status('a figure that is withheld', ['Q', 'O']),
  { name: 'a figure that is confidential', number: null, sheet: setCell('conf_status', ['A', 'S', 'N', 'D']) },
  status('a status of another list', ['X', 'q', 'Z9', '0', 'withheld']),
  note('a formula', 82, ['=HYPERLINK("http://a.example","b")', '@SUM(A1:A9)', '+cmd|calc', '-2+3', '=1+1', ' =A1']),
  note('a script', 83, ['<script>alert(1)</script>', '<img src=x onerror=y>', 'javascript:alert(1)', '</td>']),
  {
    ...note('a query', 85, ["'; DROP TABLE participant_count; --", '{ __schema { types { name } } }', "1' OR '1'='1"]),
    isHarmless: true,
  },
  note('signs that turn a text', 56, ['a\u202eb', 'x\u200by', '\u2066z', 'a\u0007b']),
  note('a text without end', null, ['panjang '.repeat(130)]),
  note('an identity number', 80, ['1999990101990001', 'NIK 1999994101990002 (contoh)']),
  note('a telephone number or address', 80, ['hub. 081200000000', 'invented.person@example.org']),
  note('a name, a birth or a landline', 80, ['a.n. Budi Santoso', 'Budi, lahir 12-03-2085', '(0717) 422222']),
  note('a card number', 80, ['19990000001']),
  {
    name: 'an identity number for a figure',
    number: 80,
    sheet: inCell(['count', 'rupiah', 'id', 'source'], () => '1999990101990003'),
  },
];

function region(name: string, number: number | null, change: CellChange): Mutation {
  return { name, number, sheet: inCell(['region'], change) };
}

function word(name: string, number: number | null, change: CellChange): Mutation {
  return { name, number, sheet: inCell(['word'], change, ['segment', 'program', 'status', 'period_kind', 'basis']) };
}

function date(name: string, number: number | null, change: CellChange): Mutation {
  return { name, number, sheet: inCell(['date'], change) };
}

function code(name: string, number: number | null, change: CellChange): Mutation {
  return { name, number, sheet: inCell(CODES, change) };
}

/** Puts one of these into the note of one row. */
function note(name: string, number: number | null, texts: readonly string[]): Mutation {
  return { name, number, sheet: setCell('note', texts) };
}

function status(name: string, words: readonly string[]): Mutation {
  return { name, number: null, sheet: setCell('obs_status', words) };
}

/** JP and JKP where nobody can have them. */
function impossibleProgram(sheet: Sheet, dice: Dice): Sheet | null {
  const [segment, program] = ['segment', 'program'].map((title) => sheet.titles.indexOf(title));
  if (segment === undefined || program === undefined || segment < 0 || program < 0) return null;
  const rows = sheet.rows.flatMap((cells, index) => (NEVER[cells[segment] ?? ''] ? [index] : []));
  if (rows.length === 0) return null;
  const row = dice.pick(rows);
  return withCell(sheet, row, program, dice.pick(NEVER[sheet.rows[row]?.[segment] ?? ''] ?? []));
}
