import type { DbRow } from '../database.js';
import { type Dataset, storedKey } from '../dataset.js';
import { visible } from '../edition.js';
import { stageTable } from '../stage.js';
import type { TableCheck } from '../table-check.js';
import { hasColumn, rupiahColumn } from './figure.js';
import type { Member } from './group.js';
import { comparePoints, type Point, partsOfKey, pointReader } from './point.js';

/** How far back, and ahead, of a file what is published is looked at. */
const MONTHS = 13;

/** How a lane is read. */
export interface LaneFacts {
  /** The series, or the word of a stored column; null for the whole of a dataset without series. */
  readonly member: Member | null;
  /** True to have what is published about those dates, too. */
  readonly withPublished: boolean;
  /** How many rows are read at once. */
  readonly page: number;
}

/** The points of one member of a stage in the order of their key, some at a time; published ones that it replaces left out. */
export async function* readLane(check: TableCheck, facts: LaneFacts): AsyncGenerator<readonly Point[]> {
  const staged = pagesOf(check, facts, stagedPart(check, facts.member));
  const part = facts.withPublished ? await publishedPart(check, facts.member) : null;
  if (part) yield* merge(staged, pagesOf(check, facts, part));
  else yield* staged;
}

/** Where both have a point with the same key, the first one's is taken. */
async function* merge(
  first: AsyncGenerator<readonly Point[]>,
  second: AsyncGenerator<readonly Point[]>,
): AsyncGenerator<readonly Point[]> {
  const [staged, published] = [cursorOf(first), cursorOf(second)];
  for (;;) {
    await staged.fill();
    await published.fill();
    const points: Point[] = [];
    while ((staged.head() || staged.isDone()) && (published.head() || published.isDone())) {
      const [one, other] = [staged.head(), published.head()];
      if (!one && !other) break;
      const order = !one ? 1 : !other ? -1 : comparePoints(one, other);
      if (order <= 0 && one) points.push(one);
      if (order > 0 && other) points.push(other);
      if (order <= 0) staged.drop();
      if (order >= 0) published.drop();
    }
    if (points.length === 0) return;
    yield points;
  }
}

/** Points one at a time, out of pages. */
export interface Cursor {
  /** Null when its page is used up, or it has no more at all. */
  head(): Point | null;
  drop(): void;
  isDone(): boolean;
  /** Waits for the next page where this one is used up. */
  fill(): Promise<void>;
}

export function cursorOf(pages: AsyncGenerator<readonly Point[]>): Cursor {
  let page: readonly Point[] = [];
  let index = 0;
  let done = false;
  return {
    head: () => page[index] ?? null,
    isDone: () => done,
    drop() {
      index += 1;
    },
    async fill() {
      while (!done && index >= page.length) {
        const next = await pages.next();
        done = next.done === true;
        page = next.done ? [] : next.value;
        index = 0;
      }
    },
  };
}

interface Part {
  readonly table: string;
  readonly line: string;
  readonly condition: string;
  readonly parameters: readonly unknown[];
}

function stagedPart({ stage: { dataset, id } }: TableCheck, member: Member | null): Part {
  return { table: stageTable(id), line: 's.line', ...ofMember(dataset, member) };
}

/** Null where nothing is published that could be near. */
async function publishedPart(
  { db, stage, hasPublished, seen }: TableCheck,
  member: Member | null,
): Promise<Part | null> {
  const { dataset, id } = stage;
  const [date] = partsOfKey(dataset).dates;
  if (!hasPublished || date === undefined) return null;
  const { condition, parameters } = ofMember(dataset, member);
  const [range] = await db.query(
    `SELECT MIN(s.${date}) AS first, MAX(s.${date}) AS last FROM ${stageTable(id)} s WHERE ${condition}`,
    parameters,
  );
  const at = seen(dataset.name);
  const dates = [addMonths(String(range?.first), -MONTHS), addMonths(String(range?.last), MONTHS)];
  return {
    table: dataset.table,
    line: 'NULL',
    condition: `${condition} AND ${visible('s')} AND s.${date} >= ? AND s.${date} <= ?`,
    parameters: [...parameters, at, at, ...dates],
  };
}

function ofMember({ series }: Dataset, member: Member | null): Pick<Part, 'condition' | 'parameters'> {
  if (member) return { condition: `s.${member.column} = ?`, parameters: [member.value] };
  if (series) throw new Error('a dataset with series is read one series at a time');
  return { condition: '1 = 1', parameters: [] };
}

/** A month so many before or after a date, as text: `2024-10` less 13 is `2023-09`. */
function addMonths(date: string, months: number): string {
  const month = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7) || '1') - 1 + months;
  return `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`;
}

/** Reads rows in the order of their key, each page from where the last one ended. */
async function* pagesOf(check: TableCheck, { member, page }: LaneFacts, part: Part): AsyncGenerator<readonly Point[]> {
  const { db, stage, names } = check;
  const { dataset } = stage;
  const without = member?.column ?? null;
  const { dates, rest } = partsOfKey(dataset, without);
  const order = [...dates, ...rest, ...(part.line === 'NULL' ? [] : ['line'])];
  const columns = [...dates, ...rest, ...beside(dataset)].map((name) => `s.${name}`);
  const list = [...columns, `${part.line} AS line`, ...names.map((name) => figureSql(dataset, name))].join(', ');
  const read = pointReader(dataset, names, without);
  const sorted = storedKey(dataset).filter((name) => name !== without);
  const by = [...(without === 'series' ? ['series'] : []), ...sorted, ...order.slice(sorted.length)];
  let last: readonly unknown[] | null = null;
  for (;;) {
    const from: readonly [string, readonly unknown[]] = last ? after(order, last) : ['1 = 1', []];
    const rows: readonly DbRow[] = await db.query(
      `SELECT ${list} FROM ${part.table} s WHERE ${part.condition} AND ${from[0]}
        ORDER BY ${by.map((name) => `s.${name}`).join(', ')} LIMIT ${page}`,
      [...part.parameters, ...from[1]],
    );
    if (rows.length > 0) yield rows.map(read);
    const end = rows.at(-1);
    if (!end || rows.length < page) return;
    last = order.map((name) => end[name]);
  }
}

/** Rows that come after these cells: beyond the first, or beyond the second where the first is the same, and so on. */
function after(names: readonly string[], cells: readonly unknown[]): readonly [string, readonly unknown[]] {
  const [name, ...others] = names;
  if (others.length === 0) return [`s.${name} > ?`, [cells[0]]];
  const [sql, parameters] = after(others, cells.slice(1));
  return [`s.${name} >= ? AND (s.${name} > ? OR (${sql}))`, [cells[0], cells[0], ...parameters]];
}

function beside(dataset: Dataset): readonly string[] {
  return ['rounded_to', 'qualifier'].filter((name) => hasColumn(dataset, name));
}

/** Rupiah come as text: no number holds all of them. */
function figureSql(dataset: Dataset, name: string): string {
  return rupiahColumn(dataset) === name ? `CAST(s.${name} AS CHAR) AS ${name}` : `s.${name}`;
}
