import type { Dice } from '../property/dice.js';
import type { Draft } from './draft.js';

/** Types without keys that any subgraph of a family may use: every one that does declares them alike. */
export interface Library {
  /** Declares a type in a subgraph, with all that it is made of; nothing for what is built in, or there already. */
  add(draft: Draft, subgraph: string, type: string): void;
}

/** One type of the library: its head, and its fields or values with what follows their names. */
interface Shared {
  readonly head: string;
  readonly fields: readonly (readonly [name: string, rest?: string])[];
  readonly needs: readonly string[];
}

export const LEAF_TYPES = ['Int', 'Float', 'String', 'Boolean', 'ID', 'Shade', 'Size', 'Stamp'] as const;
export const VALUE_TYPES = ['Box', 'Pin', 'Thing', 'Labelled'] as const;

/** The values of the enums; of a hidden one no answer may tell. */
export const ENUMS: Readonly<Record<string, readonly string[]>> = {
  Shade: ['LIGHT', 'DARK', 'DIM', 'HIDDEN'],
  Size: ['SMALL', 'MIDDLE', 'LARGE'],
};

/** Which fields of the value types may be null differs from family to family. */
export function createLibrary(dice: Dice): Library {
  const maybe = () => dice.pick(['', '!']);
  const shared: Readonly<Record<string, Shared>> = {
    Shade: {
      head: 'enum Shade',
      fields: [['LIGHT'], ['DARK'], ['DIM'], ['HIDDEN', ' @inaccessible']],
      needs: [],
    },
    Size: { head: 'enum Size', fields: [['SMALL'], ['MIDDLE'], ['LARGE']], needs: [] },
    Stamp: { head: 'scalar Stamp', fields: [], needs: [] },
    Wish: {
      head: 'input Wish',
      fields: [
        ['size', ': Size = MIDDLE'],
        ['at', ': Int! = 3'],
        ['words', ': [String!]'],
        ['more', ': Wish'],
        ['stamp', ': Stamp'],
        ['must', ': Boolean!'],
      ],
      needs: ['Size', 'Stamp'],
    },
    Tag: { head: 'type Tag @shareable', fields: [['code', ': String!']], needs: [] },
    Box: {
      head: 'type Box @shareable',
      fields: [
        ['width', `: Int${maybe()}`],
        ['note', `(wish: Wish, at: Int = 7): String${maybe()}`],
        ['shade', `: Shade${maybe()}`],
        ['inner', ': Box'],
        ['grid', `: [[Int${maybe()}]${maybe()}]${maybe()}`],
        ['secret', ': String @inaccessible'],
      ],
      needs: ['Shade', 'Wish'],
    },
    Pin: {
      head: 'type Pin implements Labelled @shareable',
      fields: [
        ['label', `: String${maybe()}`],
        ['width', ': Int'],
        ['box', `: Box${maybe()}`],
        ['stamps', `: [Stamp${maybe()}]${maybe()}`],
      ],
      needs: ['Box', 'Labelled', 'Stamp'],
    },
    Card: {
      head: 'type Card implements Labelled @shareable',
      fields: [
        ['label', ': String'],
        ['things', `: [Thing${maybe()}]${maybe()}`],
      ],
      needs: ['Labelled', 'Thing'],
    },
    Labelled: { head: 'interface Labelled', fields: [['label', ': String']], needs: ['Pin', 'Card'] },
    Thing: { head: 'union Thing = Box | Pin | Card', fields: [], needs: ['Box', 'Pin', 'Card'] },
  };
  return { add: (draft, subgraph, type) => declareShared(shared, draft, subgraph, type) };
}

function declareShared(shared: Readonly<Record<string, Shared>>, draft: Draft, subgraph: string, type: string): void {
  const found = Object.hasOwn(shared, type) ? shared[type] : undefined;
  if (!found || draft.has(subgraph, type)) return;
  draft.declare(subgraph, type, found.head);
  for (const [name, rest] of found.fields) draft.add(subgraph, type, name, rest);
  for (const needed of found.needs) declareShared(shared, draft, subgraph, needed);
}
