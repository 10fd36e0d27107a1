import type { Bilingual } from '../dataset.js';
import { visible } from '../edition.js';
import { stageTable } from '../stage.js';
import type { TableCheck } from '../table-check.js';
import type { ChangeRule } from '../table-rule.js';
import { type Figure, readFigure, textSql } from './figure.js';
import { type Point, partsOfKey, splitKey } from './point.js';

/** A figure that is far from the one before it. */
export interface Jump {
  readonly value: string;
  /** Where the figure stands in a point. */
  readonly column: number;
  readonly point: Point;
  readonly figure: Figure;
  readonly before: Point;
  readonly was: Figure;
  /** As a share of the figure before. */
  readonly change: number;
  /** True where it looks like the sum of the year so far. */
  readonly isSum: boolean;
  readonly series: number | null;
}

/** Collects jumps and tells of them at the end, with what may have happened. */
export interface Jumps {
  add(jump: Jump): void;
  finish(): Promise<void>;
}

/** A report keeps no more of a rule; the others are counted. */
const KEPT = 1000;
/** For how many it is looked up what they may have been mistaken for. */
const EXPLAINED = 100;
/** How near two figures are taken for the same one, as a share. */
const NEARLY = 0.05;

export function createJumps(check: TableCheck, rule: ChangeRule): Jumps {
  const kept: Jump[] = [];
  let more = 0;
  return {
    add(jump) {
      if (kept.length < KEPT) kept.push(jump);
      else more += 1;
    },
    async finish() {
      for (const [index, jump] of kept.entries()) {
        const explained = index < EXPLAINED ? await explain(check, rule, jump) : null;
        check.problems.add('W2', messageOf(jump), {
          row: jump.point.line ?? 0,
          column: jump.value,
          raw: String(jump.figure),
          suggestion: explained ?? adviceOf(rule),
        });
      }
      for (; more > 0; more -= 1) check.problems.add('W2', { id: '', en: '' }); // counted, not kept
    },
  };
}

function messageOf({ figure, before, was, change }: Jump): Bilingual {
  const share = Math.abs(change * 100);
  const percent = share < 100 ? share.toFixed(1).replace('.0', '') : String(Math.round(share));
  const where = before.line === null ? { id: 'sudah terbit', en: 'published' } : lineOf(before.line);
  return {
    id: `${figure}, ${change > 0 ? 'naik' : 'turun'} ${percent.replace('.', ',')} persen dari ${was} (${before.period.date}, ${where.id})`,
    en: `${figure} is ${percent} percent ${change > 0 ? 'up' : 'down'} from ${was} (${before.period.date}, ${where.en})`,
  };
}

function lineOf(line: number): Bilingual {
  return { id: `baris ${line}`, en: `line ${line}` };
}

function adviceOf({ events }: ChangeRule): Bilingual {
  if (!events) return { id: 'periksa angka ini dan angka sebelumnya', en: 'look at this figure and at the one before' };
  return {
    id: `periksa angkanya; bila memang begitu, terbitkan peristiwanya di ${events.dataset} agar pembaca tahu sebabnya`,
    en: `look at the figure; if it is right, publish the event in ${events.dataset} so that readers know why`,
  };
}

/** What a jump may come from: a sum sent as a month, another column, the words of another series. Null for nothing known. */
async function explain(check: TableCheck, rule: ChangeRule, jump: Jump): Promise<Bilingual | null> {
  const other = check.names.find(
    (_, index) => index !== jump.column && isNear(jump.figure, jump.before.figures[index]),
  );
  if (other !== undefined) return mistaken(other, jump.value, jump.before.period.date);
  return (await explainBySeries(check, rule, jump)) ?? (jump.isSum ? SUM_OF_YEAR : null);
}

const SUM_OF_YEAR: Bilingual = {
  id: 'mendekati jumlah sejak Januari: mungkin angka kumulatif dikirim sebagai angka satu bulan (period_kind YTD)',
  en: 'it is near the sum since January: a cumulative figure may have been sent as that of one month (period_kind YTD)',
};

async function explainBySeries(check: TableCheck, rule: ChangeRule, jump: Jump): Promise<Bilingual | null> {
  for (const { id, word, own } of relatedSeries(check, rule, jump.series)) {
    const was = await findFigure(check, id, jump);
    if (isNear(jump.figure, was)) return mistaken(word, own, jump.before.period.date);
  }
  return null;
}

function mistaken(other: string, own: string, date: string): Bilingual {
  return {
    id: `mendekati angka ${other} untuk ${date}: mungkin ${other} dikirim sebagai ${own}, atau keduanya tertukar`,
    en: `it is near ${other} of ${date}: ${other} may have been sent as ${own}, or the two were swapped`,
  };
}

function isNear(figure: Figure, other: Figure | null | undefined): boolean {
  const was = Number(other ?? 0);
  return was > 0 && Math.abs(Number(figure) / was - 1) <= NEARLY;
}

/** Series that differ in one word only, of a column whose words are mistaken for one another. */
function relatedSeries({ stage: { series } }: TableCheck, rule: ChangeRule, id: number | null) {
  const mine = id === null ? undefined : series?.all().get(id);
  if (!mine || !series || !rule.mistaken) return [];
  const dimensions = Object.keys(mine);
  return [...series.all()].flatMap(([other, words]) => {
    const different = dimensions.filter((name) => mine[name] !== words[name]);
    const [name] = different;
    if (different.length !== 1 || name === undefined || !rule.mistaken?.includes(name)) return [];
    return [{ id: other, word: String(words[name]), own: String(mine[name]) }];
  });
}

/** The figure of a series for the place and date before a jump, in the file or else published. */
async function findFigure({ db, stage, seen }: TableCheck, series: number, jump: Jump): Promise<Figure | null> {
  const { dataset, id } = stage;
  const { dates, rest } = partsOfKey(dataset);
  const same = [...dates, ...rest].map((name) => `s.${name} = ?`);
  const key = [...splitKey(jump.before.period.dates), ...splitKey(jump.before.place)];
  const read = async (table: string, condition: string, ...parameters: readonly unknown[]) => {
    const [row] = await db.query(
      `SELECT ${textSql(`s.${jump.value}`)} AS figure FROM ${table} s WHERE s.series = ? AND ${same.join(' AND ')} AND ${condition} LIMIT 1`,
      [series, ...key, ...parameters],
    );
    return readFigure(row?.figure);
  };
  const at = seen(dataset.name);
  return (await read(stageTable(id), '1 = 1')) ?? (await read(dataset.table, visible('s'), at, at));
}
