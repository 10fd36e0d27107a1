import type { TableCheck } from '../table-check.js';
import type { CumulativeRule } from '../table-rule.js';
import { differenceOf, type Figure } from './figure.js';
import { isMeant } from './group.js';
import { marginOf, type Point } from './point.js';
import type { Walk, Watch } from './walk.js';

/** Tells where what is counted since a day is less than it was earlier, in the file or published. */
export function watchCumulative(check: TableCheck, rule: CumulativeRule): Watch {
  const columns = rule.values.map((value) => check.names.indexOf(value));
  return {
    open: (dimensions) =>
      check.kind === 'CORRECTION' || !isMeant(check.stage.dataset, dimensions, rule.where)
        ? null
        : createWalk(check, rule, columns),
  };
}

function createWalk(check: TableCheck, { name, values }: CumulativeRule, columns: readonly number[]): Walk {
  const last = columns.map(() => new Map<string, Point>());
  return {
    take(point) {
      if (!point.isExact) return;
      const place = `${point.place}\u0001${point.period.since}`;
      for (const [index, column] of columns.entries()) {
        const now = point.figures[column] ?? null;
        if (now === null) continue;
        const before = last[index]?.get(place);
        last[index]?.set(place, point);
        const earlier = before?.figures[column] ?? null;
        if (!before || earlier === null || (before.line === null && point.line === null)) continue;
        if (!isLess(now, earlier, marginOf(check, before, column) + marginOf(check, point, column))) continue;
        const row = point.line ?? before.line ?? 0;
        check.problems.add(name, message(point, now, before, earlier), {
          row,
          column: values[index] ?? '',
          raw: String(point.line === null ? earlier : now),
          suggestion: SUGGESTION,
        });
      }
    },
  };
}

const SUGGESTION = {
  id: 'angka kumulatif tidak pernah turun: periksa apakah ini angka satu bulan; bila koreksi, terbitkan sebagai CORRECTION',
  en: 'a cumulative figure never falls: look whether this is one month only; a correction is published as CORRECTION',
};

function message(point: Point, now: Figure, before: Point, earlier: Figure) {
  return {
    id: `s.d. ${point.period.date} ${now}, kurang dari s.d. ${before.period.date} ${earlier}${ofLine(point, before).id}`,
    en: `${now} up to ${point.period.date} is less than ${earlier} up to ${before.period.date}${ofLine(point, before).en}`,
  };
}

/** Says where the other figure stands. */
function ofLine(point: Point, before: Point) {
  if (point.line === null || before.line === null) return { id: ' (sudah terbit)', en: ' (published)' };
  return { id: ` (baris ${before.line})`, en: ` (line ${before.line})` };
}

/** Whole numbers are compared as they are; figures that are rounded may differ by half of both units. */
function isLess(now: Figure, earlier: Figure, margin: number): boolean {
  return now < earlier && (margin === 0 || Number(differenceOf(earlier, now)) > margin);
}
