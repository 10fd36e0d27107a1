import { say } from '../bilingual.js';
import type { Bilingual } from '../dataset.js';
import type { TableCheck } from '../table-check.js';
import type { SumRule } from '../table-rule.js';
import { hasColumn } from './figure.js';
import { findGroups, type Group, isImpossible, type Member } from './group.js';
import type { Broken, Relation } from './relation.js';

/** A part of a sum: its word, and where its figures stand. */
export interface Part {
  readonly word: string;
  readonly member: Member;
}

/** Tells of totals that are not the sum of their parts, or less than the parts that are there. */
export function relateSum(check: TableCheck, rule: SumRule): Relation[] {
  const { name, column, total, parts: words, values, where, isComplete } = rule;
  return findGroups(check, column, [total, ...words], where).flatMap((group) => {
    const whole = group.members.get(total);
    const parts = partsOf(group, rule);
    if (!whole || parts.length === 0 || (isComplete !== false && !hasAll(group, rule))) return [];
    const how = isComplete === false ? ({ wrong: '<', isOfSome: true } as const) : ({ wrong: '<>' } as const);
    const members = parts.map(({ member }) => member);
    return values.map((value) => ({
      whole,
      parts: members,
      value,
      ...how,
      tell: (broken: Broken) => addBroken(check, name, value, { rule, parts, broken }),
    }));
  });
}

/** The parts of a group that the stage has and that exist. */
export function partsOf(
  { members, others }: Group,
  { column, parts, impossible }: Pick<SumRule, 'column' | 'parts' | 'impossible'>,
): Part[] {
  return parts.flatMap((word) => {
    const member = members.get(word);
    return member && !isImpossible({ ...others, [column]: word }, impossible) ? [{ word, member }] : [];
  });
}

/** True where no part that exists is missing from the group. */
export function hasAll(group: Group, rule: Pick<SumRule, 'column' | 'parts' | 'impossible'>): boolean {
  return rule.parts.every(
    (word) => group.members.has(word) || isImpossible({ ...group.others, [rule.column]: word }, rule.impossible),
  );
}

function addBroken(
  { problems, stage: { dataset } }: TableCheck,
  name: string,
  value: string,
  { rule, parts, broken }: { rule: SumRule; parts: readonly Part[]; broken: Broken },
): void {
  problems.add(name, messageOf(rule, parts, broken), {
    row: broken.line,
    column: value,
    raw: broken.whole,
    suggestion: sumAdvice(hasColumn(dataset, 'rounded_to'), broken),
  });
}

function messageOf({ total, isComplete }: SumRule, parts: readonly Part[], broken: Broken): Bilingual {
  const [whole, sum] = [`${total} ${broken.whole}`, sumText(parts, broken)];
  if (isComplete === false) return say(`${whole} kurang dari ${sum}`, `${whole} is less than ${sum}`);
  if (parts.length === 1) return say(`${whole} dan ${sum} seharusnya sama`, `${whole} and ${sum} should be the same`);
  return say(`${whole}, padahal ${sum}`, `${total} is ${broken.whole} where ${sum}`);
}

/** `PU 115472 + BPU 28598 = 144070`: the parts that are there, with their sum where there are several. */
export function sumText(parts: readonly Part[], broken: Broken): string {
  const terms = parts.flatMap(({ word }, index) =>
    broken.parts[index] ? [`${word} ${broken.parts[index].value}`] : [],
  );
  return terms.length === 1 ? terms.join() : `${terms.join(' + ')} = ${broken.sum}`;
}

function sumAdvice(canRound: boolean, { parts }: Broken): Bilingual {
  const lines = parts.flatMap((part) => (part ? [part.line] : [])).join(', ');
  const rounded = canRound
    ? say('; bila dibulatkan, isi rounded_to', '; if they are rounded, say so in rounded_to')
    : say('', '');
  return say(`periksa baris ini dan baris ${lines}${rounded.id}`, `look at this line and at ${lines}${rounded.en}`);
}
