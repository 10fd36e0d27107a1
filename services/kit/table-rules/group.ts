import type { Dataset, Row } from '../dataset.js';
import type { TableCheck } from '../table-check.js';
import type { Where } from '../table-rule.js';

/** Figures of a stage that differ, beside place and date, in one column only. */
export interface Group {
  /** The words of the other dimensions of their series. */
  readonly others: Row;
  /** By the word of the column. */
  readonly members: ReadonlyMap<string, Member>;
}

/** Where the figures of one word stand: the stored column that tells them, and what it holds. */
export interface Member {
  readonly column: string;
  readonly value: number | string;
}

/**
 * The groups of a stage by a column, of the series present in it. A column that is stored in the table itself has one
 * group for all: only reading its members tells which words there are.
 */
export function findGroups(
  { stage: { dataset, series }, present }: TableCheck,
  column: string,
  words: readonly string[],
  where: Where | undefined,
): Group[] {
  if (!series || !dataset.series?.includes(column)) return [storedGroup(dataset, column, words, where)];
  const groups = new Map<string, { others: Row; members: Map<string, Member> }>();
  for (const [id, dimensions] of series.all()) {
    const { [column]: word, ...others } = dimensions;
    if (!present.has(id) || !words.includes(String(word)) || !isMeant(dataset, dimensions, where)) continue;
    const text = JSON.stringify(others);
    const group = groups.get(text) ?? { others, members: new Map() };
    groups.set(text, group);
    group.members.set(String(word), { column: 'series', value: id });
  }
  return [...groups.values()];
}

/** True for a series that a rule is about. Throws where the rule names what is no dimension of the series. */
export function isMeant(dataset: Dataset, dimensions: Row, where: Where | undefined): boolean {
  return Object.entries(where ?? {}).every(([name, words]) => {
    if (!dataset.series?.includes(name))
      throw new Error(`a rule of ${dataset.name} names ${name}, which is in no series`);
    return words.includes(String(dimensions[name]));
  });
}

/** True where a combination of words is one of these. */
export function isImpossible(
  dimensions: Row,
  impossible: readonly Readonly<Record<string, string>>[] | undefined,
): boolean {
  return (impossible ?? []).some((words) => Object.entries(words).every(([name, word]) => dimensions[name] === word));
}

function storedGroup(dataset: Dataset, column: string, words: readonly string[], where: Where | undefined): Group {
  if (where) isMeant(dataset, {}, where);
  return { others: {}, members: new Map(words.map((word) => [word, { column, value: word }])) };
}
