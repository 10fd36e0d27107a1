import type { TableCheck } from '../table-check.js';
import type { Point } from './point.js';

/** Fewer figures may stay the same by chance. */
const ENOUGH = 5;

interface Count {
  compared: number;
  equal: number;
  /** The first line of the file among them. */
  line: number;
}

/** Counts, by date, how many figures of the file equal those of the month before: W12 where all of them do. */
export function watchCopies({ problems }: TableCheck) {
  const byDate = new Map<string, Count>();
  const series: (Count & { readonly date: string })[] = [];
  return {
    /** One series: figures that have one a month before. */
    open() {
      const mine = new Map<string, Count>();
      let [date, counts]: [string, readonly Count[]] = ['', []];
      return {
        take(point: Point, isEqual: boolean) {
          if (point.period.date !== date) {
            date = point.period.date;
            counts = [countOf(byDate, date), countOf(mine, date)];
          }
          for (const count of counts) addTo(count, point.line ?? 0, isEqual);
        },
        end() {
          for (const [day, count] of mine) if (isCopy(count)) series.push({ date: day, ...count });
        },
      };
    },
    /** Tells of the dates that are copies whole, and of the series copied on others. */
    finish() {
      for (const [date, count] of byDate) if (isCopy(count)) tell(problems, date, count);
      for (const { date, ...count } of series) {
        const whole = byDate.get(date);
        if (!whole || !isCopy(whole)) tell(problems, date, count);
      }
    },
  };
}

function countOf(counts: Map<string, Count>, date: string): Count {
  const count = counts.get(date) ?? { compared: 0, equal: 0, line: Number.MAX_SAFE_INTEGER };
  counts.set(date, count);
  return count;
}

function addTo(count: Count, line: number, isEqual: boolean): void {
  count.compared += 1;
  if (isEqual) count.equal += 1;
  if (line < count.line) count.line = line;
}

function isCopy({ compared, equal }: Count): boolean {
  return compared >= ENOUGH && equal === compared;
}

function tell(problems: TableCheck['problems'], date: string, { equal, line }: Count): void {
  problems.add(
    'W12',
    {
      id: `semua ${equal} angka untuk ${date} sama dengan bulan sebelumnya`,
      en: `all ${equal} figures for ${date} equal those of the month before`,
    },
    {
      row: line,
      raw: date,
      suggestion: {
        id: 'bulan sebelumnya tampaknya disalin: kirim angka bulan ini, atau tunggu sampai ada',
        en: 'the month before seems to have been copied: send the figures of this month, or wait until there are any',
      },
    },
  );
}
