import type { SubgraphSchema } from '../../services/gateway/supergraph.js';
import { KEY_FIELDS } from './entities.js';
import { INSTANCES, keyValue, type Thing } from './truth.js';

/** A representation, as a gateway sends it. */
export type Told = Readonly<Record<string, unknown>>;

/** The members of the interface that has a key, which an interface object stands for. */
export function mediaMembers(subgraphs: readonly SubgraphSchema[]): readonly string[] {
  return subgraphs.flatMap(({ sdl }) =>
    [...sdl.matchAll(/type (\w+) implements .*\bMedia\b/g)].flatMap(([, name]) => name ?? []),
  );
}

/** What a representation means; null where no such thing is, or where its parts speak of different ones. */
export function findThing(told: Told, members: readonly string[]): Thing | null {
  const typename = String(told.__typename);
  const types = typename === 'Media' ? members : [typename];
  const keys = Object.keys(told).filter((name) => Object.hasOwn(KEY_FIELDS, name));
  for (const type of types) {
    for (let number = 0; number < INSTANCES; number += 1) {
      const thing: Thing = { __typename: type, type, number, told };
      if (keys.length > 0 && keys.every((name) => hasKey(thing, name, told[name]))) return thing;
    }
  }
  return null;
}

function hasKey({ type, number }: Thing, name: string, told: unknown): boolean {
  const code = typeof told === 'object' && told !== null && 'code' in told ? told.code : undefined;
  return name === 'tag' ? code === `Tag-code-${number}` : told === keyValue({ __typename: type, type, number }, name);
}
