/**
 * How an operation is answered by several subgraphs, as our executor reads it. Both planners give this form; their own
 * stays in `hive-planner.ts` and `apollo-planner.ts`.
 */
export type Step = Sequence | Parallel | Condition | Fetch;

/** One step after the other: a later one may need what an earlier one brought. */
export interface Sequence {
  readonly kind: 'sequence';
  readonly steps: readonly Step[];
}

/** Steps that need nothing of one another. */
export interface Parallel {
  readonly kind: 'parallel';
  readonly steps: readonly Step[];
}

/** One of two steps, by a variable of the operation; nothing where that one is null. */
export interface Condition {
  readonly kind: 'condition';
  readonly variable: string;
  readonly whenTrue: Step | null;
  readonly whenFalse: Step | null;
}

/** One request to one subgraph. */
export interface Fetch {
  readonly kind: 'fetch';
  readonly subgraph: string;
  readonly operation: string;
  readonly operationName: string | null;
  /** The variables of the operation that it passes on, as they were planned: `givenVariable` has their names. */
  readonly variables: readonly string[];
  /** What it adds to entities that are known already; null where it asks for fields of the root. */
  readonly entities: readonly EntityFetch[] | null;
  /** Changes to what the root fields brought. */
  readonly rewrites: readonly Rewrite[];
}

/** Fields of entities, asked for by their representations. */
export interface EntityFetch {
  /** The field of the answer that holds them: `_entities` or an alias of it. */
  readonly field: string;
  /** The variable that takes the representations. */
  readonly variable: string;
  /** Where in the answer the entities lie. */
  readonly paths: readonly Path[];
  /** What a representation is made of. */
  readonly requires: readonly Requirement[];
  /** Changes to a representation before it is sent. */
  readonly inputRewrites: readonly Rewrite[];
  /** Changes to an entity that was received. */
  readonly outputRewrites: readonly Rewrite[];
}

/** From the root to some objects: a field, every item of a list, or only objects of these types. */
export type Path = readonly Segment[];
export type Segment = { readonly field: string } | { readonly each: true } | { readonly types: readonly string[] };

/** A part of a representation. */
export type Requirement = RequiredField | RequiredType;

export interface RequiredField {
  /** The name it has in the answer so far. */
  readonly read: string;
  /** The name it is sent under. */
  readonly send: string;
  /** Null for a leaf. */
  readonly parts: readonly Requirement[] | null;
}

/** Parts that belong to an object only if it is of this type; of any type for null. */
export interface RequiredType {
  readonly type: string | null;
  readonly parts: readonly Requirement[];
}

/** A change of one place: its value is replaced, or its key is renamed. */
export type Rewrite =
  | { readonly path: readonly RewriteSegment[]; readonly set: unknown }
  | { readonly path: readonly RewriteSegment[]; readonly rename: string };
export type RewriteSegment = { readonly key: string } | { readonly types: readonly string[] };

/** Plans operations over one supergraph. */
export interface Planner {
  /**
   * The plan of a valid query, given as text with one operation and without introspection or `__typename` at its root.
   * Null where nothing has to be fetched. Throws where the supergraph cannot answer it, which is a bug of ours.
   */
  plan(operation: string): Step | null;
}

/** The subgraphs that a plan may call, in any of its branches, each once. */
export function subgraphsOf(step: Step | null): string[] {
  return [...new Set(namesIn(step))].sort();
}

function namesIn(step: Step | null): string[] {
  if (step === null) return [];
  if (step.kind === 'fetch') return [step.subgraph];
  if (step.kind === 'condition') return [...namesIn(step.whenTrue), ...namesIn(step.whenFalse)];
  return step.steps.flatMap(namesIn);
}
