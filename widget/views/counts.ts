import { isAmount, isDate, isText, type Source } from '../answer.js';

/** How many persons are insured: a stock on one date. */
export interface Count {
  /** `2025-06-01`, `2025-02` or `2025`: as precise as the source was. */
  readonly date: string;
  /** PU, BPU, JAKON, PMI; a union of them joins them by `_`; NOT_STATED. */
  readonly segment: string;
  readonly program: string;
  /** ACTIVE, REGISTERED or NOT_STATED. */
  readonly status: string;
  /** ALL, or a group of workers, who may be in other groups too. */
  readonly category: string;
  /** Who pays the contribution; null when not stated. */
  readonly payer: string | null;
  /** Persons; null when withheld or withdrawn. */
  readonly value: number | null;
  readonly qualifier: string | null;
  /** The unit the source rounded to, in persons; null when unknown. */
  readonly roundedTo: number | null;
  readonly obsStatus: string;
  /** In Indonesian; null when there is nothing to know. */
  readonly note: string | null;
  readonly sources: readonly Source[];
}

/** Counts that may stand on one scale: of one date and one status. */
export interface Block {
  readonly date: string;
  readonly status: string;
  readonly counts: readonly Count[];
}

/** A region with all its counts, the newest first. */
export interface Counted {
  readonly name: string;
  readonly counts: readonly Count[];
}

/** What the API answered under `breakdowns`; null when it is half or odd: no figure is better than a wrong one. */
export function readCounts(answer: unknown): Counted | null {
  try {
    const { name, participants } = answer as { name: string; participants: readonly Count[] }; // looked at below
    return isText(name) && participants.every(isCount) ? { name, counts: participants } : null;
  } catch {
    return null; // something lacks what was looked for in it
  }
}

/**
 * What whole segments and programmes count, by date and status, the newest first. An older block is there only for
 * what no newer one counts, and then it is whole: within it the figures belong together.
 */
export function blocksOf(counts: readonly Count[]): Block[] {
  const blocks = new Map<string, Block>();
  for (const count of counts.filter(({ category }) => category === 'ALL')) {
    const { date, status } = count;
    const key = `${date} ${status}`;
    blocks.set(key, { date, status, counts: [...(blocks.get(key)?.counts ?? []), count].sort(byPlace) });
  }
  const seen = new Set<string>();
  return [...blocks.values()].filter(({ counts }) => {
    const size = seen.size;
    for (const { segment, program, status } of counts) seen.add(`${segment} ${program} ${status}`);
    return seen.size > size;
  });
}

/** The newest count of each group of workers; groups overlap, with one another and with the segments. */
export function groupsOf(counts: readonly Count[]): Count[] {
  const newest = new Map<string, Count>();
  for (const count of counts) {
    const { segment, program, status, category, payer } = count;
    const key = [segment, program, status, category, payer].join(' ');
    if (category !== 'ALL' && !newest.has(key)) newest.set(key, count);
  }
  return [...newest.values()];
}

/** The segments that a union joins, or the one that it is; null where that is not known, as for NOT_STATED. */
export function partsOf(segment: string): readonly string[] | null {
  const parts = segment.split('_');
  return parts.every((part) => SEGMENTS.includes(part)) ? parts : null;
}

/** In the order in which they are shown. */
const SEGMENTS = ['PU', 'BPU', 'JAKON', 'PMI'];
const PROGRAMS = ['ANY', 'JKK', 'JKM', 'JKK_JKM', 'JHT', 'JP', 'JKP'];

/** By programme, a newer one last, and within it the segments, then their unions, then what is not known. */
function byPlace(one: Count, other: Count): number {
  return placeOf(one) - placeOf(other);
}

function placeOf({ program, segment }: Count): number {
  const at = PROGRAMS.indexOf(program);
  const parts = partsOf(segment)?.length ?? 9;
  return (at < 0 ? 9 : at) * 100 + parts * 10 + SEGMENTS.indexOf(segment);
}

function isCount(count: Count): boolean {
  const { date, segment, program, status, category, payer, value, obsStatus, note, sources } = count;
  return (
    isDate(date) &&
    [segment, program, status, category, obsStatus, ...sources.map(({ publisher }) => publisher)].every(isText) &&
    [payer, note].every((text) => text === null || isText(text)) &&
    isAmount(value) &&
    (value === null || !/^[QO]$/.test(obsStatus))
  );
}
