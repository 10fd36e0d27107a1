import type { Dice } from '../property/dice.js';

/** What a family is about before its schemas are written: who has which entity, and who answers which field. */
export interface Plan {
  readonly dice: Dice;
  readonly subgraphs: readonly string[];
  readonly entities: readonly Entity[];
  readonly interfaces: readonly Interface[];
  /** An interface that one subgraph declares with a key and another extends as if it were one type; null for none. */
  readonly media: Media | null;
  readonly fields: PlannedField[];
}

export interface Entity {
  readonly name: string;
  /** The field sets of its keys, by the subgraphs that can find it from them. */
  readonly keys: ReadonlyMap<string, readonly string[]>;
}

/** An interface of entities: a subgraph that has some of them declares it with the fields that it answers for all of those. */
export interface Interface {
  readonly name: string;
  readonly members: readonly string[];
  /** Fields that all members have somewhere. */
  readonly common: readonly string[];
}

export interface Media {
  /** Declares the interface and all members. */
  readonly home: string;
  /** Has `@interfaceObject`, and none of the members. */
  readonly other: string;
  readonly members: readonly string[];
}

export interface PlannedField {
  /** The type that has it: an entity, `Query`, or `Media` where it is a field of the interface object. */
  readonly of: string;
  readonly name: string;
  /** With its brackets and marks: `[Cat!]!`. */
  readonly type: string;
  /** The arguments in their parentheses; empty for none. */
  readonly given: string;
  /** The directives it has in each subgraph that declares it. */
  readonly at: Map<string, string[]>;
}

export function nameIn(type: string): string {
  return type.replace(/[[\]!]/g, '');
}

/** The subgraphs that answer a field: those where it is not external. */
export function answererOf({ at }: PlannedField): string[] {
  return [...at].filter(([, directives]) => !directives.includes('@external')).map(([subgraph]) => subgraph);
}

/** The members of a set of types that a subgraph has. */
export function localMembers({ entities }: Plan, members: readonly string[], subgraph: string): string[] {
  return entities.filter(({ name, keys }) => members.includes(name) && keys.has(subgraph)).map(({ name }) => name);
}
