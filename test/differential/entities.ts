import type { Dice } from '../property/dice.js';
import { someOf } from './dice.js';
import type { Entity, Interface, Media } from './plan.js';

const NAMES = ['Ant', 'Bee', 'Cat', 'Dog', 'Elk'];

/** The fields that keys are made of, and their types. */
export const KEY_FIELDS: Readonly<Record<string, string>> = {
  id: 'ID!',
  sku: 'String!',
  tag: 'Tag!',
  left: 'Int!',
  right: 'String!',
};

export interface Entities {
  readonly entities: readonly Entity[];
  readonly interfaces: readonly Interface[];
  readonly media: Media | null;
}

export function planEntities(dice: Dice, subgraphs: readonly string[]): Entities {
  const names = NAMES.slice(0, dice.whole(2, NAMES.length));
  const media = dice.chance(50) ? planMedia(dice, subgraphs, names) : null;
  const entities = names.map((name) => {
    const isMedia = media?.members.includes(name) ?? false;
    const allowed = isMedia && media ? subgraphs.filter((one) => one !== media.other) : subgraphs;
    const some = someOf(dice, allowed, 1, allowed.length);
    const homes = isMedia && media && !some.includes(media.home) ? [media.home, ...some] : some;
    return { name, keys: isMedia ? new Map(homes.map((home) => [home, ['id']])) : planKeys(dice, homes) };
  });
  const identified = entities.filter(({ keys }) => [...keys.values()].every((sets) => sets.some(hasId)));
  const interfaces = identified.length < 2 || dice.chance(20) ? [] : [planInterface(dice, identified)];
  return { entities, interfaces, media };
}

function planMedia(dice: Dice, subgraphs: readonly string[], names: readonly string[]): Media | null {
  const [home, other] = someOf(dice, subgraphs, 2, 2);
  return home && other ? { home, other, members: someOf(dice, names, 1, 3) } : null;
}

/** One key, several of which one subgraph knows all, or one of several parts. */
function planKeys(dice: Dice, homes: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const style = dice.whole(1, 10);
  if (style <= 5) return new Map(homes.map((home) => [home, ['id']]));
  if (style <= 8) {
    const hub = dice.pick(homes);
    return new Map(homes.map((home) => [home, home === hub ? ['id', 'sku'] : [dice.pick(['id', 'sku'])]]));
  }
  const key = dice.pick(['id tag { code }', 'left right', 'tag { code }']);
  return new Map(homes.map((home) => [home, [key]]));
}

function planInterface(dice: Dice, entities: readonly Entity[]): Interface {
  const members = someOf(dice, entities, 2, 4).map(({ name }) => name);
  return { name: 'Animal', members, common: someOf(dice, ['title', 'rank', 'mate'], 1, 3) };
}

function hasId(key: string): boolean {
  return key.split(' ').includes('id');
}
