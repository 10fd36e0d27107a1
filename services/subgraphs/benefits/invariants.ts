import { figuresAreFree } from '../../kit/confidential.js';
import type { Bilingual, Row, Rule } from '../../kit/dataset.js';
import { countIsNoAmount } from '../../kit/large-count.js';
import { migrantProgram } from '../../kit/migrant-program.js';
import { noSuchProgram } from '../../kit/no-such-program.js';
import { levelOfCode } from '../../kit/region-code.js';
import type { TableRule } from '../../kit/table-rule.js';
import { fitsKind } from './interval.js';
import { isProgram, type PeriodKind, PROGRAMS, PROGRAMS_OF, SEGMENTS, type Segment } from './words.js';

/** The columns of a disbursement that count something, and all that hold a figure. Their meanings are never exchanged. */
export const COUNTS = ['cases', 'payments', 'recipients', 'beneficiaries'] as const;
export const FIGURES = [...COUNTS, 'amount_rupiah'] as const;

const programExists: Rule = {
  name: 'E4',
  columns: ['program', 'segment'],
  check({ program, segment }) {
    const [paying, claiming] = [String(program), segment as Segment]; // one of its words, or the row would not be here
    if (!isProgram(paying) || claiming === 'PMI' || PROGRAMS_OF[claiming].includes(paying)) return null;
    return noSuchProgram(paying, claiming, PROGRAMS_OF[claiming]);
  },
};

/** What may not exceed what; the last pair is for rows without cases. */
const ORDER = [
  ['recipients', 'cases'],
  ['cases', 'payments'],
  ['recipients', 'payments'],
] as const;

/** Of claims paid, or not said to be anything else: an approved claim may be paid in another period. */
const claimsInOrder: Rule = {
  name: 'E10',
  columns: ['recipients', 'cases', 'payments'],
  check(row) {
    if (row.date_basis === 'APPROVED' || row.date_basis === 'EVENT') return null;
    const wrong = ORDER.find(
      (pair) => pair.every((name) => isGiven(row, name)) && Number(row[pair[0]]) > Number(row[pair[1]]),
    );
    if (!wrong) return null;
    const [left, right] = wrong.map((name) => `${name} ${row[name]}`);
    return {
      ...say(`${left} melebihi ${right}`, `${left} is more than ${right}`),
      suggestion: say(
        'periksa apakah kolomnya tertukar: penerima adalah orang, dan satu kasus dapat dibayar beberapa kali',
        'look whether columns were swapped: recipients are persons, and one case may be paid several times',
      ),
    };
  },
};

const periodFitsKind: Rule = {
  name: 'LAYOUT',
  columns: ['period_start', 'period_end', 'period_kind'],
  check(row) {
    const [start, end] = [String(row.period_start), String(row.period_end)];
    const interval = `${start}/${end}`;
    if (start.length < 10 || end.length < 10)
      return say(`${interval} harus hari, mis. 2024-10-31`, `${interval} must be days, e.g. 2024-10-31`);
    if (start > end) return say(`${interval} berakhir sebelum mulai`, `${interval} ends before it begins`);
    const kind = row.period_kind as PeriodKind; // one of its words, or the row would not be here
    if (fitsKind(kind, { start, end })) return null;
    return {
      ...say(`${interval} bukan ${kind}`, `${interval} is no ${kind}`),
      suggestion: say(
        'periksa kedua tanggalnya, atau pilih period_kind yang sesuai',
        'look at both days, or choose the period_kind that they are',
      ),
    };
  },
};

const noPersonsOfAll: Rule = {
  name: 'LAYOUT',
  columns: ['program'],
  check(row) {
    const counted = ['payments', 'recipients', 'beneficiaries'].filter((name) => isGiven(row, name));
    if (row.program !== 'ALL' || counted.length === 0) return null;
    const names = counted.join(', ');
    return {
      ...say(
        `program ALL hanya untuk cases dan amount_rupiah, bukan ${names}`,
        `programme ALL is for cases and amount_rupiah only, not ${names}`,
      ),
      suggestion: say(
        `kosongkan ${names} di baris ini dan kirim per program: satu orang dapat menerima dari beberapa program`,
        `leave ${names} blank in this row and send it by programme: one person may be paid by several of them`,
      ),
    };
  },
};

const figureOrStatus: Rule = {
  name: 'LAYOUT',
  columns: ['obs_status'],
  check(row) {
    const isBlank = !FIGURES.some((name) => isGiven(row, name));
    const saysBlank = row.obs_status === 'Q' || row.obs_status === 'O';
    if (isBlank === saysBlank) return null;
    if (isBlank)
      return {
        ...say('baris tanpa angka harus berstatus Q atau O', 'a row without any figure must have the status Q or O'),
        suggestion: say(
          'isi angkanya, atau obs_status O bila tidak ada dan Q bila ditahan',
          'write a figure, or obs_status O where there is none and Q where it is withheld',
        ),
      };
    return {
      ...say(`status ${row.obs_status} berarti tanpa angka`, `status ${row.obs_status} means without any figure`),
      suggestion: say(
        'kosongkan angkanya, atau tulis obs_status A bila memang boleh terbit',
        'leave its figures blank, or write obs_status A where they may be published',
      ),
    };
  },
};

const returnToWorkIsHighUp: Rule = {
  name: 'E2',
  columns: ['region_code'],
  check({ benefit_type, region_code }) {
    const isHighUp = ['COUNTRY', 'PROVINCE'].includes(levelOfCode(String(region_code)));
    if (benefit_type !== 'RTW' || isHighUp) return null;
    return {
      ...say('RTW hanya di tingkat provinsi atau negara', 'RTW is allowed for a province or the country only'),
      suggestion: say(
        'jumlahkan ke provinsinya: satu peserta RTW dapat dikenali di wilayah yang lebih kecil',
        'add it up for the province: one participant of RTW could be recognised in a smaller region',
      ),
    };
  },
};

/** One worker has been all of a province's Return To Work: without a count nobody can tell whether it may be shown. */
const returnToWorkIsCounted: Rule = {
  name: 'DISCLOSURE',
  columns: ['amount_rupiah'],
  check(row) {
    const isCounted = COUNTS.some((name) => isGiven(row, name));
    if (row.benefit_type !== 'RTW' || isCounted || !isGiven(row, 'amount_rupiah')) return null;
    return {
      ...say('rupiah RTW tanpa jumlah kasus tidak boleh dimuat', 'an RTW amount without a count may not be loaded'),
      suggestion: say(
        'sertakan cases atau recipients, atau kosongkan rupiahnya',
        'send its cases or recipients, or leave the amount blank',
      ),
    };
  },
};

/** What every row of disbursements must obey. */
export const INVARIANTS: readonly Rule[] = [
  countIsNoAmount(COUNTS),
  programExists,
  migrantProgram,
  claimsInOrder,
  periodFitsKind,
  noPersonsOfAll,
  figureOrStatus,
  figuresAreFree(FIGURES),
  returnToWorkIsHighUp,
  returnToWorkIsCounted,
];

/** Combinations that do not exist: such a part of a sum is zero. PMI is known too little to say so. */
const IMPOSSIBLE = SEGMENTS.filter((segment) => segment !== 'PMI').flatMap((segment) =>
  PROGRAMS.filter((program) => !PROGRAMS_OF[segment].includes(program)).map((program) => ({ segment, program })),
);

/** Figures that may be added: one participant may be paid by several programmes, so persons may not. */
const ADDED = ['cases', 'payments', 'amount_rupiah'] as const;

/** Sums of segments, each with its parts; a sum may itself be a part. */
const SEGMENT_SUMS: readonly (readonly [Segment, readonly Segment[]])[] = [
  ['PU_BPU', ['PU', 'BPU']],
  ['PU_BPU_JAKON', ['PU_BPU', 'JAKON']],
  ['PU_BPU_JAKON', ['PU', 'BPU', 'JAKON']],
  ['PU_BPU_JAKON_PMI', ['PU_BPU_JAKON', 'PMI']],
];

const WHOLE = { benefit_type: ['ALL'] } as const;

/** What the rows of disbursements must obey together. */
export const TABLE_RULES: readonly TableRule[] = [
  {
    kind: 'sum',
    name: 'E5',
    column: 'program',
    total: 'ALL',
    parts: PROGRAMS,
    values: ['cases', 'amount_rupiah'],
    where: WHOLE,
    impossible: IMPOSSIBLE,
  },
  {
    kind: 'sum',
    name: 'E5',
    column: 'program',
    total: 'JKK_JKM',
    parts: ['JKK', 'JKM'],
    values: ADDED,
    impossible: IMPOSSIBLE,
  },
  ...SEGMENT_SUMS.map(([total, parts]) => ({
    kind: 'sum' as const,
    name: 'E5',
    column: 'segment',
    total,
    parts,
    values: ADDED,
    impossible: IMPOSSIBLE,
  })),
  { kind: 'regions', name: 'E6', values: ADDED },
  // what a programme paid holds its parts, and more than those we name
  {
    kind: 'sum',
    name: 'E9',
    column: 'benefit_type',
    total: 'ALL',
    parts: ['SCHOLARSHIP', 'RTW'],
    values: ADDED,
    isComplete: false,
  },
  { kind: 'cumulative', name: 'E11', values: FIGURES, where: { period_kind: ['YTD'] } },
  {
    kind: 'change',
    values: FIGURES,
    jump: 0.5,
    least: 30,
    where: { period_kind: ['MONTH'] },
    mistaken: ['program', 'segment'],
    isFlow: true,
  },
  { kind: 'gaps', name: 'W13' },
  { kind: 'round', values: FIGURES },
];

function isGiven(row: Row, name: string): boolean {
  return (row[name] ?? null) !== null;
}

function say(id: string, en: string): Bilingual {
  return { id, en };
}
