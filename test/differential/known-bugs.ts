import type { Executor } from '../../services/gateway/executors.js';
import type { Family } from './family.js';
import { ABORTED } from './probe.js';
import type { Finding, Judgement } from './trial.js';

/** A mistake of a planner, or of Apollo's gateway, that explains a difference. `examples.ts` has a small case of each. */
export interface KnownBug {
  readonly name: string;
  readonly who: readonly Executor[];
  readonly reason: string;
  explains(finding: Finding, judgement: Judgement, family: Family): boolean;
}

export const KNOWN_BUGS: readonly KnownBug[] = [
  {
    name: 'required field aborts',
    who: ['hive'],
    reason:
      'A field that is made of others, in a subgraph with a second key, makes the planner panic: the process ends.',
    explains: ({ problem }, { operation }, family) =>
      problem === ABORTED && asksComputed(operation.text) && hasTwoKeys(family),
  },
  {
    name: 'no fetch graph',
    who: ['hive'],
    reason:
      'Refused: fields that are made of others after a change of keys, or of such fields; interface objects below a condition.',
    explains: ({ problem }) => problem.startsWith('Failed to plan query: failed to build fetch graph'),
  },
  {
    name: 'members differ',
    who: ['hive'],
    reason: 'A shared field whose interface or union has other members in each subgraph is refused.',
    explains: ({ problem }) => problem.includes('No paths found for selection item'),
  },
  {
    name: 'another interface of an interface object',
    who: ['hive'],
    reason:
      'What a fragment on another interface asks of an interface object, beside its key or by an alias, is fetched for one member only.',
    explains: ({ how }, { operation, answers }, family) =>
      how === 'data' &&
      hasInterfaceObject(family) &&
      / on (Animal|Any|Labelled|Thing)\b/.test(operation.text) &&
      answers.hive?.found.some(({ message }) => message.startsWith('A subgraph gave nothing for ')) === true,
  },
  {
    name: 'member of an interface object',
    who: ['hive'],
    reason:
      'For a fragment on one member within an interface object the key is asked of that member, before it is known.',
    explains: ({ how }, { operation, answers }, family) =>
      how === 'data' &&
      hasInterfaceObject(family) &&
      / on [A-Z][a-z]{2} /.test(operation.text) &&
      answers.hive?.found.some(({ message }) => message.endsWith('is not of its type.')) === true,
  },
  {
    name: 'condition of an interface object lost',
    who: ['hive'],
    reason: 'Of an interface object, what stands after a conditional field is fetched without its own condition.',
    explains: ({ how }, { operation }, family) =>
      (how === 'errors' || how === 'found') && hasInterfaceObject(family) && conditionsIn(operation.text) > 0,
  },
  {
    name: 'outer condition lost',
    who: ['hive'],
    reason: 'Of a conditional fragment within a conditional one only the inner condition is kept.',
    explains: ({ how }, { operation }) =>
      (how === 'errors' || how === 'found') &&
      /\.\.\.[^{}]*@(skip|include)\(if: \$/.test(operation.text) &&
      conditionsIn(operation.text) > 1,
  },
  {
    name: 'interface object without a type',
    who: ['apollo', 'stock'],
    reason: 'A fragment on a union or another interface within an interface object is refused.',
    explains: ({ problem }) => /^We should have an edge from Media\(\w\) for __typename/.test(problem),
  },
  {
    name: 'members differ in a field',
    who: ['apollo', 'stock'],
    reason: 'Refused: a field of an interface that no subgraph which answers has for all members.',
    explains: ({ problem }) => problem.startsWith('Was not able to find any options for '),
  },
  {
    name: 'endless choice',
    who: ['apollo', 'stock'],
    reason: 'The ways to each object are multiplied by those to every other one; refused where there are thousands.',
    explains: ({ problem }) => problem.startsWith('Too many options generated for '),
  },
  {
    name: 'required chain asks others',
    who: ['apollo', 'stock'],
    reason: 'Of a chain of required fields the planner asks one where it is external, or leaves it out.',
    explains: ({ how }, { operation }, family) => how === 'data' && hasChain(family) && asksComputed(operation.text),
  },
  {
    name: 'required under a condition',
    who: ['apollo', 'stock'],
    reason: 'What stands beside a conditional field that is made of others waits for what only that one needs.',
    explains: ({ how }, { operation }) =>
      how === 'data' && asksComputed(operation.text) && conditionsIn(operation.text) > 0,
  },
  {
    name: 'name of a variable',
    who: ['stock'],
    reason: 'A variable that has the name of the one which entities are asked by is declared twice.',
    explains: ({ how }, { operation, answers }) =>
      (how === 'data' || how === 'errors') &&
      operation.text.includes('$representations') &&
      answers.stock?.told.some(({ path }) => path.length === 0) === true,
  },
  {
    name: 'literal lost',
    who: ['stock'],
    reason: 'What a literal leaves out within a conditional fragment at the root is fetched.',
    explains: ({ how }, { operation }) =>
      how === 'errors' &&
      / on Query @(skip|include)\(if: \$/.test(operation.text) &&
      /@(skip\(if: true|include\(if: false)\)/.test(operation.text),
  },
  {
    name: 'variable nobody uses',
    who: ['apollo', 'stock'],
    reason:
      'Where a condition is settled in the plan its variable stays declared, and the subgraph refuses the request.',
    explains: ({ how, who }, { answers }) =>
      how === 'data' && [who, 'stock' as const].some((one) => answers[one]?.told.some(({ path }) => path.length === 0)),
  },
  {
    name: 'lists of lists not sent',
    who: ['stock'],
    reason: 'In a representation a list within a list is null.',
    explains: ({ how }, { operation }) => how === 'data' && asksComputed(operation.text),
  },
  {
    name: 'alias taken for a field',
    who: ['stock'],
    reason: 'An alias that is the name of a field which the plan needs is taken for it.',
    explains: ({ how }, { operation }) =>
      (how === 'data' || how === 'refused') && /\b(id|title|toString|constructor): /.test(operation.text),
  },
  {
    name: 'condition moved out',
    who: ['stock'],
    reason: 'Where all of a field is conditional, the condition is made one of the field, which then is null.',
    explains: ({ how }, { operation }) => how === 'data' && conditionsIn(operation.text) > 0,
  },
  {
    name: 'type forgotten in fragments',
    who: ['stock'],
    reason: 'Below a fragment on an interface or union, an object whose type was not asked for matches no fragment.',
    explains: ({ how }, { operation }) =>
      how === 'data' && / on (Animal|Any|Labelled|Media|Thing)\b/.test(operation.text),
  },
  {
    name: 'type replaced by the interface',
    who: ['stock'],
    reason: 'A field of an interface object gives the interface for the type, and the object is empty or null.',
    explains: ({ how }, _judgement, family) => how === 'data' && hasInterfaceObject(family),
  },
];

/** The bug that explains a finding; undefined for one that nobody has looked into. Where ours differs from stock, either may be wrong. */
export function explain(finding: Finding, judgement: Judgement, family: Family): KnownBug | undefined {
  const suspects = finding.what === 'differs from stock' ? [finding.who, 'stock'] : [finding.who];
  return KNOWN_BUGS.find(
    (bug) => bug.who.some((who) => suspects.includes(who)) && bug.explains(finding, judgement, family),
  );
}

/** The fields that are made of others have these names in every family. */
function asksComputed(text: string): boolean {
  return /\b(sum|mix|blend)\b/.test(text);
}

function hasChain({ subgraphs }: Family): boolean {
  return subgraphs.some(({ sdl }) => /@requires\(fields: "[^"]*\b(sum|mix|blend)\b/.test(sdl));
}

function hasTwoKeys({ subgraphs }: Family): boolean {
  return subgraphs.some(({ sdl }) => sdl.includes('@key(fields: "id") @key(fields: "sku")'));
}

function hasInterfaceObject({ subgraphs }: Family): boolean {
  return subgraphs.some(({ sdl }) => sdl.includes('type Media @interfaceObject'));
}

function conditionsIn(text: string): number {
  return text.match(/@(skip|include)\(if: \$/g)?.length ?? 0;
}
