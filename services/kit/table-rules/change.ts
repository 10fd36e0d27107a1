import { datePrecision } from '../period.js';
import type { TableCheck } from '../table-check.js';
import type { ChangeRule } from '../table-rule.js';
import { watchCopies } from './copy.js';
import { isUnusual } from './deviation.js';
import { type Happened, readEvents } from './events.js';
import type { Figure } from './figure.js';
import { isMeant } from './group.js';
import { createJumps, type Jumps } from './jump.js';
import type { Point } from './point.js';
import { addSlip, findSlip } from './slip.js';
import type { Walk, Watch } from './walk.js';
import { addToYear, EMPTY_YEAR, isYearSoFar, type Year } from './year.js';

/** Dates no further apart than this are months that follow one another. */
const MONTH = 45; // days
/** Figures further apart than this may well be far apart. */
const HALF_YEAR = 190; // days
/** How many changes are remembered to say what is usual. */
const REMEMBERED = 12;
/** So many equal months in a row are told. */
const REPEATS = 3;

/** What a place had in one column until now. */
interface Track {
  point: Point;
  figure: Figure;
  /** How many months in a row it has been the same. */
  repeats: number;
  readonly changes: number[];
  year: Year;
}

/** Tells of figures that jump, slip, stay the same for months, or are all those of the month before. */
export async function watchChange(check: TableCheck, rule: ChangeRule): Promise<Watch> {
  const { dataset } = check.stage;
  const happened = await readEvents(check, rule);
  const jumps = createJumps(check, rule);
  const copies = watchCopies(check);
  const columns = rule.values.map((value) => check.names.indexOf(value));
  return {
    open(dimensions, series) {
      if (!isMeant(dataset, dimensions, rule.where)) return null;
      const copy = copies.open();
      const judge = { check, rule, happened, jumps, copy, series };
      const walks = columns.map((column, index) => createWalk(judge, column, rule.values[index] ?? ''));
      const take = (point: Point) => {
        for (const walk of walks) walk.take(point);
      };
      return { take, end: copy.end };
    },
    async finish() {
      copies.finish();
      await jumps.finish();
    },
  };
}

interface Judge {
  readonly check: TableCheck;
  readonly rule: ChangeRule;
  readonly happened: Happened;
  readonly jumps: Jumps;
  readonly copy: ReturnType<ReturnType<typeof watchCopies>['open']>;
  readonly series: number | null;
}

/** Goes along one column of one series. */
function createWalk(judge: Judge, column: number, value: string): Walk {
  const tracks = new Map<string, Track>();
  const isFlow = judge.rule.isFlow === true;
  return {
    take(point) {
      const figure = point.figures[column] ?? null;
      if (figure === null) return;
      const { date, day } = point.period;
      const track = tracks.get(point.place);
      if (!track) {
        const year = isFlow ? addToYear(EMPTY_YEAR, date, figure) : EMPTY_YEAR;
        tracks.set(point.place, { point, figure, repeats: 1, changes: [], year });
        return;
      }
      if (track.point.period.date === date) return; // the same key twice is told as that
      const isNextMonth = day - track.point.period.day <= MONTH;
      const isSame = figure === track.figure;
      track.repeats = isSame && isNextMonth ? track.repeats + 1 : 1;
      if (point.line !== null) {
        if (isNextMonth && (figure > 0 || track.figure > 0)) judge.copy.take(point, isSame);
        judgeFigure(judge, value, column, point, figure, track);
      }
      remember(track, point, figure, isFlow);
    },
  };
}

function remember(track: Track, point: Point, figure: Figure, isFlow: boolean): void {
  const before = Number(track.figure);
  if (before > 0 && point.period.day - track.point.period.day <= MONTH) {
    track.changes.push((Number(figure) - before) / before);
    if (track.changes.length > REMEMBERED) track.changes.shift();
  }
  if (isFlow) track.year = addToYear(track.year, point.period.date, figure);
  track.point = point;
  track.figure = figure;
}

function judgeFigure(judge: Judge, value: string, column: number, point: Point, figure: Figure, track: Track): void {
  const { check, rule } = judge;
  const [now, before] = [Number(figure), Number(track.figure)];
  if (Math.max(now, before) < rule.least) return;
  if (now === before) {
    if (track.repeats >= REPEATS) addRepeat(check, value, point, figure, track.repeats);
    return;
  }
  if (before === 0 || now === 0) return; // a beginning or an end, not a change by a share
  const isSum = rule.isFlow === true && isYearSoFar(track.year, point.period.date, now);
  const slip = isSum ? null : findSlip(track.figure, figure);
  const pair = { value, point, figure, before: track.point, was: track.figure };
  if (slip) {
    addSlip(check.problems, slip, pair);
    return;
  }
  const change = (now - before) / before;
  if (Math.abs(now - before) < rule.least || !isJump(rule, change, track, point)) return;
  if (judge.happened(point.region, track.point.period.date, point.period.date)) return;
  judge.jumps.add({ ...pair, column, change, isSum, series: judge.series });
}

/** A figure known to a year only has no month to be compared with. */
function isJump(rule: ChangeRule, change: number, track: Track, point: Point): boolean {
  const days = point.period.day - track.point.period.day;
  if (days > HALF_YEAR || [point.period.date, track.point.period.date].some((date) => datePrecision(date) === 'YEAR'))
    return false;
  return Math.abs(change) > rule.jump || (days <= MONTH && isUnusual(change, track.changes));
}

function addRepeat({ problems }: TableCheck, column: string, point: Point, figure: Figure, repeats: number): void {
  problems.add(
    'W6',
    {
      id: `${figure} sama persis selama ${repeats} bulan berturut-turut`,
      en: `${figure} is exactly the same for ${repeats} months in a row`,
    },
    {
      row: point.line ?? 0,
      column,
      raw: String(figure),
      suggestion: {
        id: 'periksa apakah angka bulan lalu tersalin; bila belum ada angka baru, jangan kirim barisnya',
        en: 'look whether the last month was copied; where there is no new figure, leave the row out',
      },
    },
  );
}
