import { say } from '../bilingual.js';
import type { TableCheck } from '../table-check.js';
import type { UnionRule } from '../table-rule.js';
import { findGroups } from './group.js';
import { relatePair } from './order.js';
import type { Broken, Relation } from './relation.js';
import { hasAll, type Part, partsOf, sumText } from './sum.js';

/** Tells where the whole is less than a part, more than all parts together, or just their sum. */
export function relateUnion(check: TableCheck, rule: UnionRule): Relation[] {
  const { name, column, whole: word, parts: words, values, where } = rule;
  return findGroups(check, column, [word, ...words], where).flatMap((group) => {
    const parts = partsOf(group, rule);
    const whole = group.members.get(word);
    if (!whole) return [];
    const members = parts.map(({ member }) => member);
    return values.flatMap((value) => {
      const pairs = parts.flatMap((part) => relatePair(check, name, value, group, [part.word, word]));
      const tell = (broken: Broken) => addBroken(check, rule, value, parts, broken);
      const all: Relation = { whole, parts: members, value, wrong: '>=', tell };
      return parts.length > 0 && hasAll(group, rule) ? [...pairs, all] : pairs;
    });
  });
}

/** One part alone is the whole, lawfully; of several that just make it, somebody was counted more than once. */
function addBroken(
  { problems }: TableCheck,
  { name, equalName, whole }: UnionRule,
  value: string,
  parts: readonly Part[],
  broken: Broken,
): void {
  const place = { row: broken.line, column: value, raw: broken.whole };
  const [told, sum] = [`${whole} ${broken.whole}`, sumText(parts, broken)];
  if (broken.whole !== broken.sum) {
    const suggestion = say(
      `${whole} menghitung setiap orang satu kali: periksa apakah ada bagian yang kurang`,
      `${whole} counts everybody once: look whether a part is too small`,
    );
    problems.add(name, say(`${told} melebihi ${sum}`, `${told} is more than ${sum}`), { ...place, suggestion });
    return;
  }
  if (broken.parts.filter((part) => part && part.value !== '0').length < 2) return;
  const message = say(
    `${told} sama dengan ${sum}: satu orang dapat dihitung beberapa kali`,
    `${told} is just ${sum}: one person may be counted several times`,
  );
  const suggestion = say(
    `jangan menjumlahkan program: isi ${whole} dengan banyaknya orang yang berbeda`,
    `do not add programmes: let ${whole} be the number of different persons`,
  );
  problems.add(equalName, message, { ...place, suggestion });
}
