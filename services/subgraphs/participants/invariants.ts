import { say } from '../../kit/bilingual.js';
import type { Row, Rule } from '../../kit/dataset.js';
import { noSuchProgram } from '../../kit/no-such-program.js';
import type { TableRule } from '../../kit/table-rule.js';
import type { PROGRAMS } from './words.js';

/** The programmes one by one, without the bundle and without ANY. */
const SINGLE = ['JKK', 'JKM', 'JHT', 'JP', 'JKP'] as const satisfies readonly (typeof PROGRAMS)[number][];

/** JP and JKP exist for wage earners only; construction workers have JKK and JKM. PMI is known too little to refuse: see W17. */
const NEVER: Readonly<Record<string, readonly string[]>> = { BPU: ['JP', 'JKP'], JAKON: ['JHT', 'JP', 'JKP'] };

/** The same as pairs: such a part of a sum is zero. */
const IMPOSSIBLE = Object.entries(NEVER).flatMap(([segment, programs]) =>
  programs.map((program) => ({ segment, program })),
);

/** E4. */
export const programExists: Rule = {
  name: 'E4',
  columns: ['program'],
  check({ segment, program }) {
    const never = NEVER[String(segment)] ?? [];
    if (!never.includes(String(program))) return null;
    return noSuchProgram(
      String(program),
      String(segment),
      SINGLE.filter((one) => !never.includes(one)),
    );
  },
};

/** Normally insured elsewhere: civil servants by Taspen, soldiers and police by Asabri. What holds for PPPK is disputed. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  PNS: 'TASPEN',
  PPPK: 'TASPEN',
  TNI: 'ASABRI',
  POLRI: 'ASABRI',
};

/** W15. */
export const administratorFits: Rule = {
  name: 'W15',
  columns: ['administrator'],
  check({ category, administrator }) {
    const usual = ELSEWHERE[String(category)];
    if (usual === undefined || administrator !== 'BPJSTK') return null;
    return {
      ...say(
        `${category} biasanya peserta ${usual}, bukan BPJSTK`,
        `${category} are normally insured by ${usual}, not by BPJSTK`,
      ),
      suggestion: say(
        `periksa kolom administrator: ${usual}, atau akui W15 bila memang BPJSTK`,
        `look at the administrator: ${usual}, or acknowledge W15 where it is BPJSTK indeed`,
      ),
    };
  },
};

/** W8. A percentage that its source gave with a word before it says less than that, and is left alone. */
export const percentFitsFigures: Rule = {
  name: 'W8',
  columns: ['percent'],
  check(row) {
    const { percent, numerator, denominator, qualifier } = row;
    if (qualifier || typeof percent !== 'number' || typeof numerator !== 'number' || !denominator) return null;
    const computed = (100 * numerator) / Number(denominator);
    if (Math.abs(computed - percent) <= unitOf(row) / 2 + TINY) return null;
    const shown = computed.toFixed(2);
    return {
      ...say(
        `${percent} persen, padahal ${numerator} / ${denominator} = ${shown} persen`,
        `${percent} percent where ${numerator} / ${denominator} = ${shown} percent`,
      ),
      suggestion: say(
        'periksa ketiga angkanya dengan sumbernya: mungkin tanggal atau wilayah salah satunya lain',
        'compare all three with the source: one of them may be of another date or region',
      ),
    };
  },
};

/** Numbers in base two miss decimals by this much. */
const TINY = 1e-9;

/** What a percentage is rounded to: as stated, or else the last digit that was printed or sent. */
function unitOf({ rounded_to, as_printed, percent }: Row): number {
  if (typeof rounded_to === 'number' && rounded_to > 0) return rounded_to;
  const printed = /^\d+(?:[.,](\d+))?$/.exec(String(as_printed ?? percent));
  return 10 ** -(printed?.[1]?.length ?? 0);
}

/** Sums of segments, each with its parts; a sum may itself be a part. */
const SEGMENT_SUMS: readonly (readonly [string, readonly string[]])[] = [
  ['PU_BPU', ['PU', 'BPU']],
  ['PU_BPU_JAKON', ['PU_BPU', 'JAKON']],
  ['PU_BPU_JAKON', ['PU', 'BPU', 'JAKON']],
  ['PU_BPU_JAKON_PMI', ['PU_BPU_JAKON', 'PMI']],
];

const PERSONS = { values: ['value'] } as const;
const PU = { segment: ['PU'] } as const;
const EVENTS = { dataset: 'series_event', date: 'date' } as const;

/** What counts of participants must obey together. */
export const COUNT_RULES: readonly TableRule[] = [
  ...SEGMENT_SUMS.map(([total, parts]) => ({
    ...PERSONS,
    kind: 'sum' as const,
    name: 'E5',
    column: 'segment',
    total,
    parts,
    impossible: IMPOSSIBLE,
  })),
  { ...PERSONS, kind: 'regions', name: 'E6' },
  {
    ...PERSONS,
    kind: 'union',
    name: 'E7',
    equalName: 'W16',
    column: 'program',
    whole: 'ANY',
    parts: SINGLE,
    impossible: IMPOSSIBLE,
  },
  { ...PERSONS, kind: 'order', name: 'E8', column: 'status', words: ['ACTIVE', 'REGISTERED'] },
  { ...PERSONS, kind: 'sum', name: 'W1', column: 'program', total: 'JKK', parts: ['JKM'], where: PU },
  { ...PERSONS, kind: 'order', name: 'W1', column: 'program', words: ['JKP', 'JP', 'JHT', 'JKK'], where: PU },
  { ...PERSONS, kind: 'change', jump: 0.15, least: 30, events: EVENTS, mistaken: ['status', 'segment', 'program'] },
  { kind: 'gaps', name: 'W13' },
  {
    ...PERSONS,
    kind: 'ceiling',
    name: 'W14',
    where: PU,
    of: { dataset: 'population_base', where: { concept: ['EMPLOYED'] }, value: 'value' },
  },
  { ...PERSONS, kind: 'round' },
];

/** What denominators must obey together. A survey of every half year may move more than a register does. */
export const BASE_RULES: readonly TableRule[] = [
  { ...PERSONS, kind: 'sum', name: 'E5', column: 'concept', total: 'LABOUR_FORCE', parts: ['EMPLOYED', 'UNEMPLOYED'] },
  { ...PERSONS, kind: 'sum', name: 'E5', column: 'concept', total: 'EMPLOYED', parts: ['FORMAL', 'INFORMAL'] },
  {
    ...PERSONS,
    kind: 'order',
    name: 'E5',
    column: 'concept',
    words: ['EMPLOYEES', 'EMPLOYED', 'LABOUR_FORCE', 'WORKING_AGE', 'POPULATION'],
  },
  { ...PERSONS, kind: 'regions', name: 'E6' },
  { ...PERSONS, kind: 'change', jump: 0.15, least: 100, events: EVENTS },
  { kind: 'gaps', name: 'W13' },
  { ...PERSONS, kind: 'round' },
];

/** What stated percentages must obey together. */
export const COVERAGE_RULES: readonly TableRule[] = [
  { kind: 'change', values: ['percent'], jump: 0.15, least: 0, events: EVENTS },
];
