import type { Dice } from './dice.js';
import { DOUBTED, LAYOUTS, type Layout, type Locale, NEVER, SINGLE_PROGRAMS } from './layout.js';
import { endOf } from './meaning.js';
import { type Cells, type Sheet, sheetOf } from './sheet.js';

/** Invented figures that hold together, of four datasets, as an office would send them. */
export function validSheet(dice: Dice, sources: Readonly<Record<Layout['owner'], readonly string[]>>): Sheet {
  const locale: Locale = dice.chance(40) ? 'id-ID' : 'C';
  const dataset = dice.pick(Object.keys(LAYOUTS) as (keyof typeof LAYOUTS)[]); // its own keys
  const layout: Layout = LAYOUTS[dataset];
  const rows = MAKERS[dataset](dice, locale).map((row) => ({ ...row, source_id: row.source_id ?? '' }));
  const named = dice.pick(sources[layout.owner]);
  const more = dice.chance(20) ? `${named} ${dice.pick(sources[layout.owner])}` : named;
  const whole = rows.map((row) => ({ ...row, source_id: more, ...remarks(dice, row) }));
  const titles = layout.columns
    .filter(
      ({ name, required }) =>
        required ||
        name === layout.figures[0] ||
        dice.chance(30) ||
        whole.some((row: Cells) => (row[name] ?? '') !== ''),
    )
    .map(({ name }) => name);
  return sheetOf(layout, locale, dice.chance(30) ? turned(dice, titles) : titles, whole);
}

function turned(dice: Dice, titles: readonly string[]): string[] {
  const at = dice.whole(1, titles.length - 1);
  return [...titles.slice(at), ...titles.slice(0, at)];
}

const NOTES = [
  'Laporan triwulan kantor cabang',
  'Termasuk "pekerja rentan", menurut dinas',
  'Baris satu\nbaris dua',
  'Nilai; titik koma, koma',
  'Café – contoh ≥ 20 %',
  '(sementara)',
];

function remarks(dice: Dice, row: Cells): Cells {
  const note = dice.chance(15) ? { note: dice.pick(NOTES) } : {};
  const status = row.obs_status === undefined && dice.chance(10) ? { obs_status: dice.pick(['A', 'E', 'P']) } : {};
  return { ...note, ...status };
}

const MAKERS: Readonly<Record<keyof typeof LAYOUTS, (dice: Dice, locale: Locale) => Cells[]>> = {
  participant_count: makeCounts,
  stated_coverage: makeCoverage,
  population_base: makeBase,
  disbursement: makePayments,
};

const REGENCIES = ['19.01', '19.02', '19.03', '19.04', '19.05', '19.06', '19.71', '19.00'];

/** A region to tell of, and those it is the sum of; itself where it is no sum. */
interface Area {
  readonly code: string;
  readonly leaves: readonly string[];
}

function areasOf(dice: Dice, most: number): Area[] {
  const alone = (code: string) => ({ code, leaves: [code] });
  const from = dice.whole(0, 4);
  const regencies = REGENCIES.slice(from, from + dice.whole(2, Math.min(4, most)));
  const how = dice.pick(['one', 'one', 'several', 'province', 'high'] as const);
  if (how === 'province') return [...regencies.map(alone), { code: '19', leaves: regencies }];
  if (how === 'several') return regencies.map(alone);
  return [alone(how === 'one' ? dice.pick(['19.03', '19.05', '31.71', '19.03.01']) : dice.pick(['00', '19', '31']))];
}

/** Months that follow one another. */
function monthsOf(dice: Dice, most: number): string[] {
  const first = 2023 * 12 + dice.whole(0, 24);
  return Array.from({ length: dice.whole(1, most) }, (_, index) => {
    const month = first + index;
    return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
  });
}

/** Figures of one leaf over time, never twice the same and never far apart. */
function smooth(dice: Dice, first: number, length: number): number[] {
  const figures = [first];
  while (figures.length < length) {
    const last = figures.at(-1) ?? first;
    figures.push(last + dice.pick([-1, 1]) * Math.ceil((last * dice.whole(7, 12)) / 1000));
  }
  return figures;
}

/** A number as a file of the locale has it. */
export function written(dice: Dice, figure: number | bigint | string, locale: Locale): string {
  const text = String(figure);
  if (locale === 'C') return text;
  const [whole = '', fraction] = text.split('.');
  const grouped = dice.chance(70) ? whole.replace(/\B(?=(\d{3})+$)/g, '.') : whole;
  return fraction === undefined ? grouped : `${grouped},${fraction}`;
}

const SEGMENT_PARTS: Readonly<Record<string, readonly string[]>> = {
  PU_BPU: ['PU', 'BPU'],
  PU_BPU_JAKON: ['PU', 'BPU', 'JAKON'],
};
/** Of those in JKK, how many of a thousand are in a programme. */
const IN_PROGRAM: Readonly<Record<string, number>> = { JHT: 700, JP: 520, JKP: 410 };

function isReal(segment: string, program: string): boolean {
  const isDoubted = segment === DOUBTED.segment && DOUBTED.programs.some((one) => one === program);
  return !isDoubted && !NEVER[segment]?.includes(program);
}

/** The segments of a file: alone, or with the sum of them. */
function segmentsOf(dice: Dice, alone: readonly string[]): readonly string[] {
  const sums = [
    ['PU', 'BPU', 'PU_BPU'],
    ['PU', 'BPU', 'PU_BPU', 'JAKON', 'PU_BPU_JAKON'],
  ];
  return dice.chance(55) ? dice.pick(sums) : [dice.pick(alone)];
}

function makeCounts(dice: Dice, locale: Locale): Cells[] {
  const areas = areasOf(dice, 3);
  const segments = segmentsOf(dice, ['PU', 'BPU', 'JAKON', 'PMI', 'PU_BPU', 'NOT_STATED']);
  const isSmall = areas.length * segments.length <= 6;
  const some = [['JKK'], ['JKK', 'JKM'], ['ANY'], ['JKK', 'JKM', 'ANY'], ['JKK_JKM']];
  const all = [['JKK', 'JKM', 'JHT', 'JP'], [...SINGLE_PROGRAMS], [...SINGLE_PROGRAMS, 'ANY']];
  const programs = dice.pick<readonly string[]>(isSmall ? [...some, ...all] : some);
  const statuses = isSmall && dice.chance(40) ? ['ACTIVE', 'REGISTERED'] : [dice.pick(['ACTIVE', 'REGISTERED'])];
  const dates = dice.chance(20) ? [dice.pick(['2024', '2024-12-14'])] : monthsOf(dice, isSmall ? 3 : 2);
  const leaves = leafFigures(dice, areas, segments, dates.length);
  const same: Cells = {
    category: dice.pick(['', '', 'ALL', 'PEKERJA_RENTAN.NELAYAN', 'RT_RW_LKD']),
    administrator: dice.pick(['', '', 'BPJSTK']),
    payer: dice.pick(['', '', '', 'APBD']),
    basis: dice.pick(['', 'BRANCH', 'RESIDENCE']),
  };
  const isPrinted = dice.chance(25);
  return areas.flatMap(({ code, leaves: places }) =>
    dates.flatMap((date, time) =>
      segments.flatMap((segment) =>
        programs
          .filter((program) => isReal(segment, program))
          .flatMap((program) =>
            statuses.map((status) => {
              const parts = (SEGMENT_PARTS[segment] ?? [segment]).filter((part) => segments.includes(part));
              const from = (parts.length > 0 ? parts : [segment]).filter((part) => isReal(part, program));
              const value = places
                .flatMap((place) => from.map((part) => leaves.get(`${place} ${part}`)?.[time] ?? 0))
                .map((figure) => Math.floor((figure * (IN_PROGRAM[program] ?? 1000)) / 1000))
                .map((figure) => (status === 'REGISTERED' ? figure + Math.ceil(figure / 4) : figure))
                .reduce((sum, figure) => sum + figure, 0);
              const figure = isPrinted
                ? { as_printed: value.toLocaleString('id-ID'), rounded_to: '1' }
                : dice.chance(2)
                  ? { qualifier: 'ABOUT' }
                  : {};
              return {
                ...same,
                region_code: code,
                date,
                segment,
                program,
                status,
                ...(dice.chance(4) ? { obs_status: 'O' } : { value: written(dice, value, locale), ...figure }),
              };
            }),
          ),
      ),
    ),
  );
}

/** Figures of every region and segment that is no sum, over time. */
function leafFigures(
  dice: Dice,
  areas: readonly Area[],
  segments: readonly string[],
  times: number,
): Map<string, number[]> {
  const places = new Set(areas.flatMap(({ leaves }) => leaves));
  const figures = new Map<string, number[]>();
  for (const place of places)
    for (const segment of segments)
      figures.set(
        `${place} ${segment}`,
        smooth(dice, times === 1 && dice.chance(12) ? dice.whole(0, 14) : dice.whole(3000, 400_000), times),
      );
  return figures;
}

function makeCoverage(dice: Dice, locale: Locale): Cells[] {
  const regions = dice.chance(50) ? [dice.pick(['19', '19.03', '00'])] : REGENCIES.slice(0, dice.whole(2, 6));
  const dates = dice.chance(25) ? ['2025-12-14'] : monthsOf(dice, 3);
  const indicators = dice.pick([['ucj'], ['ucj', 'ucj_jakon'], ['unstated'], ['rpjmn', 'ucj']]);
  const segment = dice.pick(['', '', 'PU', 'BPU']);
  const decimals = dice.pick([1, 2, 2]);
  const tellsCounts = dice.chance(60);
  const tellsPrinted = dice.chance(40);
  return regions.flatMap((region_code) =>
    indicators.flatMap((indicator_id) => {
      const denominator = dice.whole(40_000, 900_000);
      const numerators = smooth(dice, Math.floor((denominator * dice.whole(8, 90)) / 100), dates.length);
      return dates.map((date, time) => {
        const numerator = numerators[time] ?? 0;
        const percent = ((100 * numerator) / denominator).toFixed(decimals);
        const counts = { numerator: written(dice, numerator, locale), denominator: written(dice, denominator, locale) };
        const printed = {
          as_printed: percent.replace('.', ','),
          rounded_to: written(dice, String(10 ** -decimals), locale),
        };
        return {
          region_code,
          date,
          indicator_id,
          segment,
          ...(dice.chance(3)
            ? { obs_status: 'Q', conf_status: 'A' }
            : {
                percent: written(dice, percent, locale),
                ...(tellsCounts ? counts : {}),
                ...(tellsPrinted ? printed : {}),
              }),
        };
      });
    }),
  );
}

/** Concepts as sums of what nobody counts twice. */
const CONCEPT_PARTS: Readonly<Record<string, readonly string[]>> = {
  EMPLOYEES: ['FORMAL'],
  EMPLOYED: ['FORMAL', 'INFORMAL'],
  LABOUR_FORCE: ['FORMAL', 'INFORMAL', 'UNEMPLOYED'],
  WORKING_AGE: ['FORMAL', 'INFORMAL', 'UNEMPLOYED', 'OTHERS'],
  POPULATION: ['FORMAL', 'INFORMAL', 'UNEMPLOYED', 'OTHERS', 'CHILDREN'],
};
const CONCEPT_SETS = [
  ['EMPLOYED', 'UNEMPLOYED', 'LABOUR_FORCE'],
  ['FORMAL', 'INFORMAL', 'EMPLOYED'],
  ['FORMAL', 'INFORMAL', 'EMPLOYED', 'UNEMPLOYED', 'LABOUR_FORCE', 'WORKING_AGE', 'POPULATION'],
  ['POPULATION', 'WORKING_AGE'],
  ['EMPLOYEES', 'EMPLOYED', 'LABOUR_FORCE', 'WORKING_AGE'],
  ['POTENTIAL_UCJ'],
  ['CATEGORY:PNS'],
];

function makeBase(dice: Dice, locale: Locale): Cells[] {
  const areas = areasOf(dice, 4);
  const concepts = dice.pick(CONCEPT_SETS);
  const dates = dice.chance(50) ? ['2024-08'] : ['2024-02', '2024-08'];
  const leaves = leafFigures(
    dice,
    areas,
    ['FORMAL', 'INFORMAL', 'UNEMPLOYED', 'OTHERS', 'CHILDREN', ...concepts],
    dates.length,
  );
  const tellsSurvey = dice.chance(50);
  return areas.flatMap(({ code, leaves: places }) =>
    dates.flatMap((date, time) =>
      concepts.map((concept) => {
        const parts = CONCEPT_PARTS[concept] ?? [concept];
        const value = places
          .flatMap((place) => parts.map((part) => leaves.get(`${place} ${part}`)?.[time] ?? 0))
          .reduce((sum, one) => sum + one, 0);
        const survey = {
          age_floor: '15',
          rse: written(dice, `${dice.whole(1, 24)}.${dice.whole(1, 9)}`, locale),
          survey_round: 'SAKERNAS-2024',
        };
        return {
          region_code: code,
          date,
          concept,
          ...(tellsSurvey ? survey : {}),
          ...(dice.chance(4) ? { obs_status: 'O' } : { value: written(dice, value, locale) }),
        };
      }),
    ),
  );
}

interface Period {
  readonly period_kind: string;
  readonly period_start: string;
  readonly period_end: string;
}

function periodsOf(dice: Dice): Period[] {
  const kind = dice.pick(['MONTH', 'MONTH', 'YTD', 'QUARTER', 'YEAR']);
  if (kind === 'YEAR') return [{ period_kind: kind, period_start: '2024-01-01', period_end: '2024-12-31' }];
  if (kind === 'QUARTER') return [{ period_kind: kind, period_start: '2024-04-01', period_end: '2024-06-30' }];
  if (kind === 'MONTH')
    return monthsOf(dice, 3).map((month) => ({
      period_kind: kind,
      period_start: `${month}-01`,
      period_end: endOf(month),
    }));
  return ['03', '06', '09'].slice(0, dice.whole(1, 3)).map((month) => ({
    period_kind: kind,
    period_start: '2025-01-01',
    period_end: endOf(`2025-${month}`),
  }));
}

const PAYMENT_PROGRAMS: readonly (readonly string[])[] = [
  ['JHT'],
  ['JKK', 'JKM', 'JKK_JKM'],
  ['JP', 'JKP'],
  [...SINGLE_PROGRAMS, 'ALL'],
  ['ALL'],
];
const PROGRAM_PARTS: Readonly<Record<string, readonly string[]>> = { JKK_JKM: ['JKK', 'JKM'], ALL: SINGLE_PROGRAMS };

function makePayments(dice: Dice, locale: Locale): Cells[] {
  const areas = areasOf(dice, 2);
  const programs = dice.pick(PAYMENT_PROGRAMS);
  const segments = dice.chance(40) ? ['PU', 'BPU', 'PU_BPU'] : [dice.pick(['', 'PU', 'NOT_STATED'])];
  const periods = periodsOf(dice).slice(0, areas.length * segments.length * programs.length > 24 ? 1 : 3);
  const types = programs.length < 3 && dice.chance(30) ? ['ALL', 'SCHOLARSHIP'] : ['ALL'];
  const columns = new Set([
    'cases',
    ...['payments', 'recipients', 'beneficiaries', 'amount_rupiah'].filter(() => dice.chance(50)),
  ]);
  const leaves = leafFigures(
    dice,
    areas,
    segments.flatMap((segment) => programs.map((program) => `${segment} ${program}`)),
    periods.length,
  );
  const average = dice.whole(20_000, 900_000) * 10 + 7;
  const same: Cells = { basis: dice.pick(['', 'BRANCH']), date_basis: dice.pick(['', 'PAID', 'APPROVED']) };
  const told = (cells: Readonly<Record<string, number>>) =>
    Object.fromEntries(
      Object.entries(cells)
        .filter(([name]) => columns.has(name))
        .map(([name, figure]) => [name, written(dice, figure, locale)]),
    );
  return areas.flatMap(({ code, leaves: places }) =>
    periods.flatMap((period, time) =>
      segments.flatMap((segment) =>
        programs
          .filter((program) => isReal(segment, program))
          .flatMap((program) =>
            types.map((benefit_type) => {
              const parts = (SEGMENT_PARTS[segment] ?? [segment]).filter((part) => segments.includes(part));
              const singles = (PROGRAM_PARTS[program] ?? [program]).filter((one) => programs.includes(one));
              const shares = (parts.length > 0 ? parts : [segment]).flatMap((part) =>
                (singles.length > 0 ? singles : [program])
                  .filter((one) => isReal(part, one))
                  .flatMap((one) => places.map((place) => leaves.get(`${place} ${part} ${one}`)?.[time] ?? 0)),
              );
              const isYearSoFar = period.period_kind === 'YTD';
              const cases =
                shares.reduce((sum, share) => sum + (benefit_type === 'ALL' ? share : Math.floor(share / 5)), 0) *
                (isYearSoFar ? time + 1 : 1);
              const isSum = shares.length > 1;
              const persons: Readonly<Record<string, number>> = isSum
                ? {}
                : { recipients: cases - Math.floor(cases / 20), beneficiaries: cases };
              const counts: Readonly<Record<string, number>> = {
                cases,
                ...(program === 'ALL' ? {} : { payments: cases * 2, ...persons }),
              };
              return {
                ...same,
                ...period,
                region_code: code,
                program,
                benefit_type,
                segment,
                ...told({ ...counts, amount_rupiah: cases * average }),
              };
            }),
          ),
      ),
    ),
  );
}
