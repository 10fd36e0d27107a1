import type { Dice } from '../property/dice.js';
import { someOf } from './dice.js';
import { LEAF_TYPES, VALUE_TYPES } from './library.js';
import { type Entity, localMembers, nameIn, type Plan, type PlannedField } from './plan.js';

/** Some names are those of what every object of JavaScript inherits, to see that nothing takes them for it. */
const NAMES = [
  'alpha',
  'beta',
  'gamma',
  'delta',
  'epsilon',
  'zeta',
  'eta',
  'theta',
  'iota',
  'constructor',
  'toString',
  'valueOf',
];
const LEAF_WRAPS = ['%', '%', '%!', '%!', '[%]', '[%!]!', '[[%!]!]', '[[%]]!'];
const OBJECT_WRAPS = ['%', '%', '%!', '[%]', '[%!]!', '[%]!', '[[%!]!]!', '[[%]!]'];
const ARGUMENTS = [
  'at: Int = 3',
  'wish: Wish',
  'size: Size! = LARGE',
  'words: [String!]',
  'must: Int!',
  'wishes: [Wish!] = [{ must: true }]',
  'stamp: Stamp',
];

/** Adds the fields of all entities and of the root, and who answers them. */
export function planFields(plan: Plan): void {
  for (const entity of plan.entities) addEntityFields(plan, entity);
  addMediaFields(plan);
  for (const subgraph of plan.subgraphs) addRootFields(plan, subgraph);
}

function addEntityFields(plan: Plan, entity: Entity): void {
  const { dice } = plan;
  const homes = [...entity.keys.keys()];
  for (const name of commonFields(plan, entity)) {
    const type = name === 'title' ? 'String' : name === 'rank' ? 'Int!' : '[Animal]';
    const at = name === 'mate' ? [dice.pick(homes)] : someOf(dice, homes, 1, 2);
    plan.fields.push({ of: entity.name, name, type, given: '', at: sharedAt(at) });
  }
  for (const name of someOf(dice, NAMES, 3, 7)) {
    const field = fieldAt(plan, entity.name, name, homes);
    if (dice.chance(10)) for (const directives of field.at.values()) directives.push('@inaccessible');
    plan.fields.push(field);
  }
}

function commonFields({ interfaces }: Plan, { name }: Entity): string[] {
  return interfaces.flatMap(({ members, common }) => (members.includes(name) ? common : []));
}

/** A field of one subgraph, of several, or that one has taken over from another. */
function fieldAt(plan: Plan, of: string, name: string, homes: readonly string[]): PlannedField {
  const { dice } = plan;
  const way = dice.whole(1, 10);
  const isSeveral = homes.length > 1 && way > 6;
  const at = isSeveral ? someOf(dice, homes, 2, 3) : [dice.pick(homes)];
  const type = typeAt(plan, at);
  const given = dice.chance(35) ? `(${someOf(dice, ARGUMENTS, 1, 3).join(', ')})` : '';
  const [from, to] = at;
  const isTakenOver = isSeveral && way > 8 && from !== undefined && to !== undefined;
  const taken = isTakenOver
    ? new Map([
        [from, []],
        [to, [`@override(from: "${from}")`]],
      ])
    : sharedAt(at);
  return { of, name, type, given, at: taken };
}

function sharedAt(subgraphs: readonly string[]): Map<string, string[]> {
  return new Map(subgraphs.map((subgraph) => [subgraph, subgraphs.length > 1 ? ['@shareable'] : []]));
}

function addMediaFields(plan: Plan): void {
  const { dice, media } = plan;
  if (!media) return;
  for (const name of someOf(dice, ['extra', 'bonus', 'sequel'], 1, 3)) {
    const type = name === 'sequel' ? dice.pick(['Media', '[Media!]']) : typeAt(plan, [media.other]);
    plan.fields.push({ of: 'Media', name, type, given: '', at: sharedAt([media.other]) });
  }
}

function addRootFields(plan: Plan, subgraph: string): void {
  const { dice, subgraphs } = plan;
  const count = dice.whole(1, 3);
  for (let n = 1; n <= count; n += 1) {
    const others = subgraphs.filter((one) => one !== subgraph);
    const at = dice.chance(15) ? [subgraph, dice.pick(others)] : [subgraph];
    const given = dice.chance(35) ? `(${someOf(dice, ARGUMENTS, 1, 3).join(', ')})` : '';
    const type = dice.chance(80) ? objectTypeAt(plan, at) : typeAt(plan, at);
    plan.fields.push({ of: 'Query', name: `${subgraph}${n}`, type, given, at: sharedAt(at) });
  }
}

function typeAt(plan: Plan, at: readonly string[]): string {
  return plan.dice.chance(45) ? wrapped(plan.dice, plan.dice.pick(LEAF_TYPES), LEAF_WRAPS) : objectTypeAt(plan, at);
}

/** A type with fields that all of these subgraphs can give, the same way. */
function objectTypeAt(plan: Plan, at: readonly string[]): string {
  const entities = plan.entities.filter(({ name, keys }) =>
    at.every((one) => keys.has(one) || (plan.dice.chance(30) && !isForeign(plan, name, one))),
  );
  const named = [...entities, ...entities, ...entities].map(({ name }) => name);
  return wrapped(plan.dice, plan.dice.pick([...named, ...abstractTypesAt(plan, at), ...VALUE_TYPES]), OBJECT_WRAPS);
}

/** Members of the interface object are not known where it stands for them. */
function isForeign({ media }: Plan, entity: string, subgraph: string): boolean {
  return media !== null && media.other === subgraph && media.members.includes(entity);
}

function abstractTypesAt(plan: Plan, at: readonly string[]): string[] {
  const { entities, interfaces, media } = plan;
  const unions = [{ name: 'Any', members: entities.map(({ name }) => name) }];
  const found = [...interfaces, ...unions].filter(({ members }) => {
    const [first = [], ...others] = at.map((one) => localMembers(plan, members, one));
    return first.some((member) => others.every((local) => local.includes(member)));
  });
  const hasMedia = media && at.every((one) => one === media.home || one === media.other);
  return [...found.map(({ name }) => name), ...(hasMedia ? ['Media'] : [])];
}

function wrapped(dice: Dice, type: string, wraps: readonly string[]): string {
  return dice.pick(wraps).replace('%', type);
}

export function isLeafType(type: string): boolean {
  return LEAF_TYPES.some((leaf) => leaf === nameIn(type));
}
