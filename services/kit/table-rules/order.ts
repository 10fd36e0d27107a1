import { say } from '../bilingual.js';
import type { TableCheck } from '../table-check.js';
import type { OrderRule } from '../table-rule.js';
import { findGroups, type Group, type Member } from './group.js';
import type { Relation } from './relation.js';

/** Tells of figures that are more than the one they may not exceed, such as ACTIVE more than REGISTERED. */
export function relateOrder(check: TableCheck, rule: OrderRule): Relation[] {
  return findGroups(check, rule.column, rule.words, rule.where).flatMap((group) => {
    const words = rule.words.filter((word) => group.members.has(word));
    return words.flatMap((low, index) =>
      words.slice(index + 1).flatMap((high, rank) => {
        const between = words.slice(index + 1, index + 1 + rank).flatMap((word) => group.members.get(word) ?? []);
        return rule.values.flatMap((value) => relatePair(check, rule.name, value, group, [low, high], between));
      }),
    );
  });
}

/** Tells where the figure of one word is more than that of another; nothing where the group lacks one of them. */
export function relatePair(
  { problems }: TableCheck,
  name: string,
  value: string,
  { members }: Group,
  [low, high]: readonly [string, string],
  between: readonly Member[] = [],
): Relation[] {
  const [part, whole] = [members.get(low), members.get(high)];
  if (!part || !whole) return [];
  const suggestion = say(
    `periksa kedua baris; mungkin ${low} dan ${high} tertukar`,
    `look at both lines; ${low} and ${high} may have been swapped`,
  );
  const relation: Relation = {
    whole,
    parts: [part],
    value,
    wrong: '<',
    between,
    tell({ line, whole: most, parts: [found] }) {
      if (!found) return;
      const message = say(
        `${low} ${found.value} melebihi ${high} ${most} (baris ${line})`,
        `${low} ${found.value} is more than ${high} ${most} (line ${line})`,
      );
      problems.add(name, message, { row: found.line, column: value, raw: found.value, suggestion });
    },
  };
  return [relation];
}
