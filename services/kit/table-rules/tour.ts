import { setImmediate as nextTurn } from 'node:timers/promises';
import { stageTable } from '../stage.js';
import type { TableCheck } from '../table-check.js';
import type { Member } from './group.js';
import { type Cursor, cursorOf, readLane } from './lane.js';
import { meet } from './meeting.js';
import { type Point, partsOfKey } from './point.js';
import { lookOf, type Relation } from './relation.js';
import type { Walk, Watch } from './walk.js';

/** Members that are related, one by one or through others, and their relations. */
interface Circle {
  readonly members: readonly (Member | null)[];
  readonly relations: readonly Relation[];
}

/** Rows in memory at once, over all lanes. */
const ROWS = 10_000;
const LEAST_PAGE = 200;
const LARGEST_PAGE = 5000;

/** Reads the stage so that every relation meets its figures and every watch goes along its series; once, if memory allows. */
export async function readTogether(
  check: TableCheck,
  relations: readonly Relation[],
  watches: readonly Watch[],
): Promise<void> {
  const places = await countPlaces(check);
  for (const circle of circlesOf(check, relations)) {
    if (circle.relations.length === 0 || circle.members.length * places <= check.places) {
      await readCircle(check, circle, watches);
      continue;
    }
    await readCircle(check, circle, []);
    for (const member of circle.members) await readCircle(check, { members: [member], relations: [] }, watches);
  }
}

async function readCircle(check: TableCheck, { members, relations }: Circle, watches: readonly Watch[]): Promise<void> {
  const walks = members.map((member) => walksOf(check, member, watches));
  if (relations.length === 0 && walks.every((some) => some.length === 0)) return;
  const page = Math.min(LARGEST_PAGE, Math.max(LEAST_PAGE, Math.floor(ROWS / members.length)));
  const lanes = members.map((member, index) =>
    readLane(check, { member, page, withPublished: (walks[index] ?? []).length > 0 }),
  );
  const [only] = lanes;
  if (lanes.length === 1 && only && relations.length === 0) await goAlong(only, walks[0] ?? []);
  else await goTogether(check, { members, relations }, lanes.map(cursorOf), walks);
  for (const some of walks) for (const walk of some) walk.end?.();
}

async function goAlong(pages: AsyncGenerator<readonly Point[]>, walks: readonly Walk[]): Promise<void> {
  for await (const points of pages) {
    for (const walk of walks) for (const point of points) walk.take(point);
    await nextTurn();
  }
}

/** How many meetings are held before others of this process have their turn. */
const TURN = 2000;

async function goTogether(
  check: TableCheck,
  { members, relations }: Circle,
  lanes: readonly Cursor[],
  walks: readonly (readonly Walk[])[],
): Promise<void> {
  const places = new Map(members.map((member, index) => [nameOf(member), index]));
  const looks = relations.map((relation) => lookOf(check, relation, (member) => places.get(nameOf(member)) ?? -1));
  await meet(lanes, TURN, (points) => {
    for (let index = 0; index < points.length; index += 1) {
      const point = points[index];
      if (point) for (const walk of walks[index] ?? []) walk.take(point);
    }
    for (const look of looks) look(points);
  });
}

function walksOf({ stage: { dataset, series } }: TableCheck, member: Member | null, watches: readonly Watch[]): Walk[] {
  if (member && member.column !== 'series') return []; // one word of a stored column is not a whole series
  const id = member && dataset.series ? Number(member.value) : null;
  const dimensions = (id === null ? null : series?.all().get(id)) ?? {};
  return watches.flatMap((watch) => watch.open(dimensions, id) ?? []);
}

/** Every series of the stage is in one circle. A dataset without series is one by itself, beside those of its words. */
function circlesOf({ stage: { dataset }, present }: TableCheck, relations: readonly Relation[]): Circle[] {
  const circles = new Map<string, { members: Map<string, Member | null>; relations: Relation[] }>();
  const put = (members: readonly (Member | null)[], relation: Relation | null) => {
    const whole = { members: new Map(members.map((one) => [nameOf(one), one])), relations: relation ? [relation] : [] };
    for (const circle of new Set(members.flatMap((member) => circles.get(nameOf(member)) ?? []))) {
      for (const [name, member] of circle.members) whole.members.set(name, member);
      whole.relations.unshift(...circle.relations);
    }
    for (const name of whole.members.keys()) circles.set(name, whole);
  };
  if (dataset.series) for (const value of present) put([{ column: 'series', value }], null);
  else put([null], null);
  for (const relation of relations) put([relation.whole, ...relation.parts], relation);
  return [...new Set(circles.values())].map(({ members, relations: own }) => ({
    members: [...members.values()],
    relations: own,
  }));
}

function nameOf(member: Member | null): string {
  return member ? `${member.column} ${member.value}` : '';
}

/** About how many places a series has on a date. */
async function countPlaces({ db, stage: { dataset, id } }: TableCheck): Promise<number> {
  const keys = [...(dataset.series ? ['series'] : []), ...partsOfKey(dataset).dates];
  if (keys.length === 0) return 1;
  const [row] = await db.query(
    `SELECT (SELECT COUNT(*) FROM ${stageTable(id)}) AS n,
      (SELECT COUNT(*) FROM (SELECT DISTINCT ${keys.join(', ')} FROM ${stageTable(id)}) d) AS dates`,
  );
  return Number(row?.n ?? 0) / Math.max(1, Number(row?.dates ?? 0));
}
