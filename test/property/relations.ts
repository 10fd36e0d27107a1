import { type Layout, NEVER, SINGLE_PROGRAMS } from './layout.js';

/** A row as it may be published: each column written in one way only. */
export interface Told {
  readonly line: number;
  readonly cells: Readonly<Record<string, string | null>>;
  /** The true figures of a withheld row; null where nothing is withheld, or nothing of it may be kept. */
  readonly withheld: Readonly<Record<string, string | null>> | null;
}

/** What the rows of a file must be refused for together, and of which names a warning must be among. */
export interface Judged {
  readonly wrong: string | null;
  readonly warnings: readonly (readonly string[])[];
}

/** Judges rows by the invariants of the field that hold between them. Withheld and unstated figures prove nothing. */
export function judgeTogether(layout: Layout, rows: readonly Told[]): Judged {
  const table = tableOf(layout, rows);
  const wrong = RULES[layout.dataset]?.map((rule) => rule(table)).find((found) => found !== null) ?? null;
  return { wrong, warnings: wrong === null ? warningsOf(table) : [] };
}

interface Table {
  readonly layout: Layout;
  readonly rows: readonly Told[];
  /** The row that differs from another in these cells only. */
  readonly beside: (row: Told, other: Readonly<Record<string, string>>) => Told | undefined;
}

type Rule = (table: Table) => string | null;

function tableOf(layout: Layout, rows: readonly Told[]): Table {
  const keyOf = (cells: Told['cells']) => layout.key.map((name) => cells[name] ?? '').join('\u0000');
  const found = new Map(rows.map((row) => [keyOf(row.cells), row]));
  return { layout, rows, beside: (row, other) => found.get(keyOf({ ...row.cells, ...other })) };
}

/** A figure and how far from the true one it may be; null where it is withheld, not stated, or "about" so much. */
function figureOf(row: Told | undefined, column: string): { readonly is: bigint; readonly within: number } | null {
  const text = row?.cells[column] ?? null;
  if (!row || text === null || row.cells.qualifier !== null) return null;
  return { is: BigInt(text), within: Number(row.cells.rounded_to ?? 0) };
}

/** The total of a row beside its parts, where all of them are known: wrong when they differ by more than rounding. */
function sumRule(column: string, total: string, parts: readonly string[], figures: readonly string[]): Rule {
  return ({ rows, beside }) =>
    firstWrong(rows, (row) => {
      if (row.cells[column] !== total) return null;
      const real = parts.filter((part) => !isNever({ ...row.cells, [column]: part }));
      const found = real.map((part) => beside(row, { [column]: part }));
      if (real.length === 0) return null;
      return firstOf(figures, (figure) => {
        const [whole, ...known] = [row, ...found].map((one) => figureOf(one, figure));
        if (!whole || known.some((one) => one === null)) return null;
        const sum = known.reduce((all, one) => all + (one?.is ?? 0n), 0n);
        const within = [whole, ...known].reduce((all, one) => all + (one?.within ?? 0), 0);
        return distance(whole.is, sum) > within ? `E5 line ${row.line}: ${total} is not ${parts.join(' + ')}` : null;
      });
    });
}

/** Of figures that differ in one column, the first word's is never more than that of a later one. */
function orderRule(name: string, column: string, words: readonly string[], figures: readonly string[]): Rule {
  return ({ rows, beside }) =>
    firstWrong(rows, (row) => {
      const at = words.indexOf(row.cells[column] ?? '');
      const higher = at < 0 ? [] : words.slice(at + 1);
      return firstOf(figures, (figure) =>
        firstOf(higher, (word) => {
          const [low, high] = [figureOf(row, figure), figureOf(beside(row, { [column]: word }), figure)];
          if (!low || !high || Number(low.is - high.is) <= low.within + high.within) return null;
          return `${name} line ${row.line}: ${words[at]} is more than ${word}`;
        }),
      );
    });
}

/** A province is the sum of its regencies and of what is said to lie in none of them. */
function regionRule(figures: readonly string[]): Rule {
  return ({ rows, layout }) =>
    firstWrong(rows, (row) => {
      const code = row.cells.region_code ?? '';
      if (code.length !== 2 || code === '00') return null;
      const parts = rows.filter(
        ({ cells }) =>
          cells.region_code?.length === 5 &&
          cells.region_code.startsWith(`${code}.`) &&
          layout.key.every((name) => name === 'region_code' || cells[name] === row.cells[name]),
      );
      return firstOf(figures, (figure) => {
        const whole = figureOf(row, figure);
        const known = parts.map((part) => figureOf(part, figure)).filter((one) => one !== null);
        const isVague = parts.some(({ cells }) => cells.qualifier !== null);
        if (!whole || known.length === 0 || isVague) return null;
        const sum = known.reduce((all, one) => all + one.is, 0n);
        const within = [whole, ...known].reduce((all, one) => all + one.within, 0);
        const isWrong =
          known.length === parts.length ? distance(whole.is, sum) > within : Number(sum - whole.is) > within;
        return isWrong ? `E6 line ${row.line}: province ${code} is not the sum of its regencies` : null;
      });
    });
}

/** ANY is everybody in at least one programme. */
const anyRule: Rule = ({ rows, beside }) =>
  firstWrong(rows, (row) => {
    const any = row.cells.program === 'ANY' ? figureOf(row, 'value') : null;
    if (!any) return null;
    const real = SINGLE_PROGRAMS.filter((program) => !isNever({ ...row.cells, program }));
    const parts = real.map((program) => figureOf(beside(row, { program }), 'value'));
    const known = parts.filter((part) => part !== null);
    const isLess = known.some((part) => Number(part.is - any.is) > part.within + any.within);
    const sum = known.reduce((all, part) => all + part.is, 0n);
    const within = known.reduce((all, part) => all + part.within, any.within);
    const isMore = known.length === real.length && Number(any.is - sum) > within;
    return isLess || isMore ? `E7 line ${row.line}` : null;
  });

/** Parts of what a programme paid never exceed the whole. */
const wrapperRule: Rule = ({ rows, beside }) =>
  firstWrong(rows, (row) => {
    if (row.cells.benefit_type !== 'ALL') return null;
    return firstOf(ADDED, (figure) => {
      const whole = figureOf(row, figure);
      const types = ['SCHOLARSHIP', 'RTW'].map((benefit_type) => beside(row, { benefit_type }));
      const parts = types.map((part) => figureOf(part, figure)).filter((part) => part !== null);
      if (!whole || types.some((part) => part && part.cells.qualifier !== null)) return null;
      const sum = parts.reduce((all, part) => all + part.is, 0n);
      const within = parts.reduce((all, part) => all + part.within, whole.within);
      return Number(sum - whole.is) > within ? `E9 line ${row.line}` : null;
    });
  });

/** What is summed since January never falls. */
const yearToDateRule: Rule = ({ rows, layout }) =>
  firstWrong(rows, (row) => {
    if (row.cells.period_kind !== 'YTD') return null;
    const later = rows.filter(({ cells }) =>
      layout.key.every((name) =>
        name === 'period_end' ? (cells[name] ?? '') > (row.cells[name] ?? '') : cells[name] === row.cells[name],
      ),
    );
    return firstOf(layout.figures, (figure) => {
      const [before, ...after] = [row, ...later].map((one) => figureOf(one, figure));
      const fell = after.some((one) => before && one && Number(before.is - one.is) > before.within + one.within);
      return fell ? `E11 line ${row.line}` : null;
    });
  });

const ADDED = ['cases', 'payments', 'amount_rupiah'];
const CLOSED = ['PU', 'BPU'];

function segmentSums(figures: readonly string[]): Rule[] {
  return [
    sumRule('segment', 'PU_BPU', CLOSED, figures),
    sumRule('segment', 'PU_BPU_JAKON', ['PU_BPU', 'JAKON'], figures),
    sumRule('segment', 'PU_BPU_JAKON', [...CLOSED, 'JAKON'], figures),
    sumRule('segment', 'PU_BPU_JAKON_PMI', ['PU_BPU_JAKON', 'PMI'], figures),
  ];
}

const RULES: Readonly<Record<string, readonly Rule[]>> = {
  participant_count: [
    ...segmentSums(['value']),
    regionRule(['value']),
    anyRule,
    orderRule('E8', 'status', ['ACTIVE', 'REGISTERED'], ['value']),
  ],
  population_base: [
    sumRule('concept', 'LABOUR_FORCE', ['EMPLOYED', 'UNEMPLOYED'], ['value']),
    sumRule('concept', 'EMPLOYED', ['FORMAL', 'INFORMAL'], ['value']),
    orderRule('E5', 'concept', ['EMPLOYEES', 'EMPLOYED', 'LABOUR_FORCE', 'WORKING_AGE', 'POPULATION'], ['value']),
    regionRule(['value']),
  ],
  stated_coverage: [],
  disbursement: [
    ({ rows, ...table }) =>
      wholeOnly(sumRule('program', 'ALL', SINGLE_PROGRAMS, ['cases', 'amount_rupiah']), rows, table),
    sumRule('program', 'JKK_JKM', ['JKK', 'JKM'], ADDED),
    ...segmentSums(ADDED),
    regionRule(ADDED),
    wrapperRule,
    yearToDateRule,
  ],
};

/** Programmes are added up where all that they paid is told, not parts of it. */
function wholeOnly(rule: Rule, rows: readonly Told[], table: Omit<Table, 'rows'>): string | null {
  return rule({ ...table, rows: rows.filter(({ cells }) => cells.benefit_type === 'ALL') });
}

function warningsOf(table: Table): string[][] {
  const { layout } = table;
  const isNested = orderRule('W1', 'program', ['JKP', 'JP', 'JHT', 'JKK'], ['value']);
  const warnings: string[][] = [];
  if (layout.dataset === 'participant_count') {
    const wage = table.rows.filter(({ cells }) => cells.segment === 'PU');
    const sameRisks = firstWrong(wage, (row) => {
      const [accident, death] = [row, table.beside(row, { program: 'JKM' })].map((one) => figureOf(one, 'value'));
      const differ = accident && death && distance(accident.is, death.is) > accident.within + death.within;
      return row.cells.program === 'JKK' && differ ? 'W1' : null;
    });
    if (sameRisks || isNested({ ...table, rows: wage })) warnings.push(['W1']);
  }
  if (table.rows.some((row) => leaps(table, row))) warnings.push(['W2', 'W5']);
  return warnings;
}

/** So far apart that no series of the field gets there within the time between two reports. */
const LEAP = 1.7;
/** Smaller figures leap by chance. */
const FEW: Readonly<Record<string, number>> = {
  participant_count: 1000,
  population_base: 1000,
  disbursement: 1000,
  stated_coverage: 5,
};

/** True where a monthly (half-yearly) figure is far from the one before it in the file. */
function leaps({ layout, beside }: Table, row: Told): boolean {
  const date = row.cells[layout.date] ?? '';
  const few = FEW[layout.dataset] ?? 0;
  const before = [1, ...(layout.dataset === 'population_base' ? [6] : [])].flatMap(
    (months): Readonly<Record<string, string>>[] => {
      if (layout.dataset !== 'disbursement') return date.length === 7 ? [{ date: monthsBefore(date, months) }] : [];
      if (row.cells.period_kind !== 'MONTH') return [];
      const start = `${monthsBefore(date.slice(0, 7), 1)}-01`;
      return [28, 29, 30, 31].map((day) => ({ period_start: start, period_end: `${start.slice(0, 8)}${day}` }));
    },
  );
  return before.some((other) =>
    layout.figures.some((figure) => {
      const [now, was] = [row, beside(row, other)].map((one) => Number(one?.cells[figure] ?? 0));
      if (!now || !was || now < few || was < few) return false;
      return now / was > LEAP || was / now > LEAP;
    }),
  );
}

function monthsBefore(date: string, months: number): string {
  const count = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 - months;
  return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}`;
}

function isNever(cells: Told['cells']): boolean {
  return NEVER[cells.segment ?? '']?.includes(cells.program ?? '') === true;
}

function distance(one: bigint, other: bigint): number {
  return Math.abs(Number(one - other));
}

function firstWrong(rows: readonly Told[], find: (row: Told) => string | null): string | null {
  return firstOf(rows, find);
}

function firstOf<T>(list: readonly T[], find: (one: T) => string | null): string | null {
  for (const one of list) {
    const found = find(one);
    if (found !== null) return found;
  }
  return null;
}
