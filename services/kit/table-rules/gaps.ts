import { ancestorCodes, COUNTRY_CODE } from '../region-code.js';
import type { TableCheck } from '../table-check.js';
import type { GapRule } from '../table-rule.js';
import { isMeant } from './group.js';
import type { Walk, Watch } from './walk.js';

/** Dates further apart are no neighbours: what had a figure then need not have one now. */
const NEIGHBOURS = 100; // days: a quarter, and some
/** Of fewer regions nobody can say that one is missing. */
const FEWEST = 3;
/** How many missing regions are named. */
const NAMED = 20;

/** Tells of regions that had a figure on the date before and have none now, although most of their neighbours do. */
export function watchGaps(check: TableCheck, rule: GapRule): Watch {
  const { dataset } = check.stage;
  const isOurs = check.isWhole && dataset.place !== undefined;
  return {
    open: (dimensions) => (isOurs && isMeant(dataset, dimensions, rule.where) ? createWalk(check, rule.name) : null),
  };
}

/** One date: its regions in their order, each with its line in the file. */
interface Day {
  readonly date: string;
  readonly day: number;
  readonly codes: string[];
  readonly lines: (number | null)[];
}

function createWalk(check: TableCheck, name: string): Walk {
  let [before, now]: [Day | null, Day | null] = [null, null];
  const close = () => {
    if (before && now && now.day - before.day <= NEIGHBOURS && !isSame(before.codes, now.codes))
      tell(check, name, before, now);
  };
  return {
    take({ period: { date, day }, region, line }) {
      if (now?.date !== date) {
        close();
        [before, now] = [now, { date, day, codes: [], lines: [] }];
      }
      now.codes.push(region);
      now.lines.push(line);
    },
    end: close,
  };
}

function isSame(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((code, index) => code === right[index]);
}

/** Regions by the one above them, with the first line of the file among them. */
function siblingsOf({ codes, lines }: Day) {
  const found = new Map<string, { readonly codes: Set<string>; line: number | null }>();
  for (const [index, code] of codes.entries()) {
    if (code === COUNTRY_CODE || code.endsWith('.00')) continue; // what is not allocated may well be nothing
    const parent = ancestorCodes(code)[0] ?? '';
    const siblings = found.get(parent) ?? { codes: new Set<string>(), line: null };
    found.set(parent, siblings);
    siblings.codes.add(code);
    siblings.line ??= lines[index] ?? null;
  }
  return found;
}

function tell({ problems, stage }: TableCheck, name: string, before: Day, now: Day): void {
  const known = siblingsOf(before);
  for (const [parent, { codes, line }] of siblingsOf(now)) {
    const had = known.get(parent)?.codes;
    if (line === null || !had || had.size < FEWEST) continue;
    const missing = [...had].filter((code) => !codes.has(code));
    if (missing.length === 0 || missing.length > had.size / 2) continue;
    const named = `${missing.slice(0, NAMED).join(', ')}${missing.length > NAMED ? ', ...' : ''}`;
    problems.add(
      name,
      {
        id: `wilayah ${named} tidak ada untuk ${now.date}, padahal ada untuk ${before.date}`,
        en: `region ${named} is missing for ${now.date}; it was there for ${before.date}`,
      },
      {
        row: line,
        column: stage.dataset.place?.region ?? '',
        raw: now.date,
        suggestion: {
          id: 'tambahkan barisnya; bila memang tidak ada datanya, kirim barisnya dengan angka kosong dan obs_status O',
          en: 'add its row; where there is no figure, send the row with a blank figure and obs_status O',
        },
      },
    );
  }
}
