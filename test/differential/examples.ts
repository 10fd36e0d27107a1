import type { Executor } from '../../services/gateway/executors.js';
import type { DataSeed } from './family.js';

/** A small case that one of those who answer gets wrong, or got wrong. */
export interface Example {
  /** Read after "answers": a form of operation. */
  readonly name: string;
  /** The types of each subgraph, by its name. */
  readonly subgraphs: Readonly<Record<string, string>>;
  readonly operation: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** For chance to make some values wrong, where it takes such. */
  readonly data?: Partial<DataSeed>;
  /** Those who get it wrong; nobody where it is empty. */
  readonly wrong: readonly Executor[];
}

const SEVERAL_KEYS = {
  a: `type Query { ants: [Ant!]! } type Ant @key(fields: "sku") { sku: String! }`,
  b: `type Ant @key(fields: "id") @key(fields: "sku") { id: ID! sku: String! }`,
};

const LABELLED = {
  a: `type Query { things: [Thing!]! labelled: Labelled! } union Thing = Pin | Card
    interface Labelled { label: String }
    type Pin implements Labelled { label: String! }
    type Card implements Labelled { label: String }`,
};

const ARGUMENTS = {
  a: `type Query { ants: [Ant!]! } type Ant @key(fields: "id") { id: ID! size(at: Int): Int }`,
  b: `type Ant @key(fields: "id") {
    id: ID! rank(at: Int): Int! size(at: Int): Int @external sum: String! @requires(fields: "size")
  }`,
};

const MEDIA = {
  home: `type Query { ant: Ant media: [Media!]! }
    interface Media @key(fields: "id") { id: ID! }
    type Ant implements Media @key(fields: "id") { id: ID! rank: Int! }
    type Bee implements Media @key(fields: "id") { id: ID! }
    union Any = Ant | Bee`,
  other: `type Media @interfaceObject @key(fields: "id") { id: ID! bonus: String! sequel: Media! }`,
};

/**
 * What the generated operations have brought up, each in a form that a person can read. An example of which nobody is
 * wrong any more is kept: it was a mistake of ours. When a planner is made better its example fails here; then it is
 * changed, and the bug leaves `known-bugs.ts`.
 */
export const EXAMPLES: readonly Example[] = [
  {
    name: 'a field of lists in lists whose items another subgraph completes',
    subgraphs: {
      a: `type Query { grid: [[Any!]!]! } union Any = Ant | Bee
        type Ant @key(fields: "id") { id: ID! } type Bee @key(fields: "id") { id: ID! }`,
      b: `type Ant @key(fields: "id") { id: ID! rank: Int! }`,
    },
    operation: '{ grid { ... on Ant { rank } } }',
    wrong: [],
  },
  {
    name: 'an alias that is the name of a field which another field is made of',
    subgraphs: {
      a: `type Ant @key(fields: "id") { id: ID! name: ID! @external sum: String! @requires(fields: "name") }`,
      b: `type Ant @key(fields: "id") {
        id: ID! name: ID! @shareable sum: String! @external mix: String! @requires(fields: "sum")
      }`,
      c: `type Query { ants: [Ant!]! } type Ant @key(fields: "id") {
        id: ID! name: ID! @shareable mix: String! @external blend: String! @requires(fields: "mix")
      }`,
    },
    operation: '{ ants { blend name: id } }',
    wrong: ['stock'],
  },
  {
    name: 'an object of which only conditional fragments are asked',
    subgraphs: { a: 'type Query { any: Any! } union Any = Ant | Bee type Ant { rank: Int } type Bee { rank: Int }' },
    operation:
      'query ($one: Boolean!, $two: Boolean!) { any @include(if: $one) { ... on Ant @include(if: $two) { rank } } }',
    variables: { one: true, two: false },
    wrong: ['stock'],
  },
  {
    name: 'a condition on a union within the same union',
    subgraphs: { a: 'type Query { any: Any! } union Any = Ant | Bee type Ant { rank: Int } type Bee { rank: Int }' },
    operation: 'query ($one: Boolean!) { any { ... on Any @include(if: $one) { __typename } } }',
    variables: { one: true },
    wrong: [],
  },
  {
    name: 'nothing, where literals leave out all there is',
    subgraphs: { a: 'type Query { rank: Int! }' },
    operation: '{ rank @skip(if: true) }',
    wrong: [],
  },
  {
    name: 'a fragment on an object within one on its interface',
    subgraphs: {
      a: 'type Query { ant: Ant! } interface Animal { rank: Int! } type Ant implements Animal { rank: Int! }',
    },
    operation: '{ ant { ... on Animal { ... on Ant { rank } } } }',
    wrong: ['stock'],
  },
  {
    name: 'the type of an entity beside a field of its interface object',
    subgraphs: MEDIA,
    operation: '{ ant { __typename bonus } }',
    wrong: ['stock'],
  },
  {
    name: 'the type that an interface object stands for, under an alias',
    subgraphs: MEDIA,
    operation: '{ media { sequel { it: __typename } } }',
    wrong: [],
  },
  {
    name: 'a union within an interface object',
    subgraphs: MEDIA,
    operation: '{ media { sequel { ... on Any { __typename } } } }',
    wrong: ['apollo', 'stock'],
  },
  {
    name: 'a field that is made of others, after a change of keys',
    subgraphs: {
      ...SEVERAL_KEYS,
      b: `${SEVERAL_KEYS.b} type Cat @key(fields: "id") { id: ID! rank: Int! }`,
      c: `type Ant @key(fields: "id") { id: ID! cat: Cat! }
        type Cat @key(fields: "id") { id: ID! rank: Int! @external sum: String! @requires(fields: "rank") }`,
    },
    operation: '{ ants { cat { sum } } }',
    wrong: ['hive'],
  },
  {
    name: 'a field that is made of one that is made of others, below an entity',
    subgraphs: {
      a: 'type Query { ants: [Ant!]! } type Ant @key(fields: "id") { id: ID! }',
      b: `type Ant @key(fields: "id") { id: ID! size: Int! @external sum: String! @requires(fields: "size") }`,
      c: `type Ant @key(fields: "id") { id: ID! rank: Int! }`,
      d: `type Ant @key(fields: "id") {
        id: ID! child: Ant! size: Int! rank: Int! @external sum: String! @external mix: String! @requires(fields: "rank sum")
      }`,
    },
    operation: '{ ants { child { mix } } }',
    wrong: ['hive'],
  },
  {
    name: 'a field that is made of others in a subgraph with two keys',
    subgraphs: {
      a: `type Query { ant: Ant! } type Ant @key(fields: "id") { id: ID! rank: Int! }`,
      b: `type Ant @key(fields: "id") @key(fields: "sku") {
        id: ID! sku: String! rank: Int! @external sum: String! @requires(fields: "rank")
      }`,
    },
    operation: '{ ant { sum } }',
    wrong: ['hive'], // it ends the process
  },
  {
    name: 'a field that is made of one that is made of others, where both subgraphs are needed twice',
    subgraphs: {
      a: `type Bee @key(fields: "id") { id: ID! ant: Ant! }
        type Ant @key(fields: "id") { id: ID! size: Int! @external sum: String! @requires(fields: "size") }`,
      b: `type Query { bee: Bee! } type Bee @key(fields: "id") { id: ID! }
        type Ant @key(fields: "id") { id: ID! size: Int! sum: String! @external mix: String! @requires(fields: "sum") }`,
    },
    operation: '{ bee { ant { mix } } }',
    wrong: ['apollo', 'stock'],
  },
  {
    name: 'a field that is made of lists in lists',
    subgraphs: {
      a: `type Query { ant: Ant! } type Ant @key(fields: "id") { id: ID! grid: [[Box!]!]! } type Box { width: Int! }`,
      b: `type Ant @key(fields: "id") {
        id: ID! grid: [[Box!]!]! @external sum: String! @requires(fields: "grid { width }")
      } type Box @shareable { width: Int! @external }`,
    },
    operation: '{ ant { sum } }',
    wrong: ['stock'],
  },
  {
    name: 'nothing of a field that is left out beside one that is made of others',
    subgraphs: {
      a: `type Query { ant: Ant } type Ant @key(fields: "id") { id: ID! size: Int! rank: Int! }`,
      b: `type Ant @key(fields: "id") { id: ID! size: Int! @external sum: String! @requires(fields: "size") }`,
    },
    operation: 'query ($one: Boolean!) { ant { sum @skip(if: $one) rank @skip(if: $one) } }',
    variables: { one: true },
    data: { seed: '1', wrongPerMille: 300 },
    wrong: [],
  },
  {
    name: 'two fields of an interface that two subgraphs know different members of',
    subgraphs: {
      a: `type Query { animal: Animal @shareable } interface Animal { rank: Int! }
        type Ant implements Animal @key(fields: "id") { id: ID! rank: Int! } type Bee @key(fields: "id") { id: ID! rank: Int! }`,
      b: `type Query { animal: Animal @shareable } interface Animal { title: String! }
        type Ant implements Animal @key(fields: "id") { id: ID! title: String! }
        type Bee implements Animal @key(fields: "id") { id: ID! title: String! }`,
    },
    operation: '{ animal { rank title } }',
    wrong: ['hive'],
  },
  {
    name: 'a field of an interface that no subgraph which answers has for all members',
    subgraphs: {
      a: `type Query { animal: Animal! @shareable } interface Animal { id: ID! }
        type Ant implements Animal @key(fields: "id") { id: ID! title: String }
        type Bee implements Animal @key(fields: "id") { id: ID! }`,
      b: `type Query { animal: Animal! @shareable } interface Animal { id: ID! }
        type Ant implements Animal @key(fields: "id") { id: ID! }
        type Bee implements Animal @key(fields: "id") { id: ID! title: String }`,
      c: `interface Animal { id: ID! title: String }
        type Cat implements Animal @key(fields: "id") { id: ID! title: String }`,
    },
    operation: '{ animal { title } }',
    wrong: ['hive', 'apollo', 'stock'],
  },
  {
    name: 'nothing of a field that a literal leaves out within a conditional fragment at the root',
    subgraphs: { a: 'type Query { box: Box } type Box { width: Int }' },
    operation: 'query ($one: Boolean!) { ... on Query @include(if: $one) { box { width @include(if: false) } } }',
    variables: { one: true },
    data: { seed: '9', wrongPerMille: 500 },
    wrong: ['stock'],
  },
  {
    name: 'two names of a field that is of another type in each member',
    subgraphs: LABELLED,
    operation: '{ labelled { label ... on Thing { ... on Labelled { other: label label } } } }',
    wrong: [],
  },
  {
    name: 'a field that is of another type in each member, as __proto__',
    subgraphs: LABELLED,
    operation: '{ things { ... on Labelled { __proto__: label } } }',
    wrong: [],
  },
  {
    name: 'a field with arguments that another one is made of',
    subgraphs: ARGUMENTS,
    operation: '{ ants { size(at: 1) sum } }',
    wrong: ['stock'],
  },
  {
    name: 'a variable with the name of the one that entities are asked by',
    subgraphs: ARGUMENTS,
    operation: 'query ($representations: Int) { ants { rank(at: $representations) } }',
    variables: { representations: 3 },
    wrong: ['stock'],
  },
  {
    name: 'a condition by a variable with the name of the one that entities are asked by',
    subgraphs: ARGUMENTS,
    operation: 'query ($representations: Boolean!) { ants { id ... @include(if: $representations) { rank } } }',
    variables: { representations: true },
    wrong: [],
  },
  {
    name: 'a field of an interface object within a condition',
    subgraphs: MEDIA,
    operation: 'query ($one: Boolean!) { media { sequel { ... @include(if: $one) { sequel { id } } } } }',
    variables: { one: true },
    wrong: [],
  },
  {
    name: 'a field beside a conditional one that is made of others',
    subgraphs: {
      a: `type Query { ant: Ant! } type Ant @key(fields: "id") { id: ID! rank: Int! }`,
      b: `type Ant @key(fields: "id") {
        id: ID! title: String! rank: Int! @external sum: String! @requires(fields: "rank")
      }`,
    },
    operation: 'query ($one: Boolean!) { ant { title sum @include(if: $one) } }',
    variables: { one: false },
    wrong: ['apollo', 'stock'],
  },
  {
    name: 'a field twice, once with its own name for an alias',
    subgraphs: {
      a: `type Query { ant: Ant! } type Ant @key(fields: "id") { id: ID! }`,
      b: `type Ant @key(fields: "id") { id: ID! box: Box! } type Box { width: Int! height: Int! }`,
    },
    operation: '{ ant { box { width } box: box { height } } }',
    wrong: [],
  },
  {
    name: 'an error of a field that is of another type in each member',
    subgraphs: LABELLED,
    operation: '{ labelled { ... on Labelled { label ... on Pin { ... on Labelled { label } } } } }',
    data: { seed: '7', wrongPerMille: 500 },
    wrong: [],
  },
  {
    name: 'a fragment on one member within an interface object',
    subgraphs: MEDIA,
    operation: '{ ant { sequel { bonus ... on Bee { id } } } }',
    wrong: ['hive'],
  },
  {
    name: 'nothing of an interface object that is left out beside its type',
    subgraphs: {
      home: `interface Media @key(fields: "id") { id: ID! } type Ant implements Media @key(fields: "id") { id: ID! }`,
      other: `type Query { media: Media }
        type Media @interfaceObject @key(fields: "id") { id: ID! bonus: String }`,
    },
    operation: 'query ($one: Boolean!) { media { ... on Media @skip(if: $one) { __typename bonus } } }',
    variables: { one: true },
    data: { seed: '2', wrongPerMille: 500 },
    wrong: ['hive'],
  },
  {
    name: 'nothing of a condition within one that leaves it out',
    subgraphs: { a: 'type Query { any: Any } union Any = Ant | Bee type Ant { rank: Int } type Bee { size: Int }' },
    operation: `query ($one: Boolean!) {
      any { ... on Any @skip(if: $one) { ... on Ant { rank @include(if: $one) } ... on Bee { size @include(if: $one) } } }
    }`,
    variables: { one: true },
    data: { seed: '2', wrongPerMille: 500 },
    wrong: ['hive'],
  },
  {
    name: 'a fragment on another interface within an interface object',
    subgraphs: {
      home: `type Query { any: Any } union Any = Ant | Bee
        interface Media @key(fields: "id") { id: ID! } interface Animal { id: ID! }
        type Ant implements Animal & Media @key(fields: "id") { id: ID! }
        type Bee implements Animal & Media @key(fields: "id") { id: ID! }`,
      other: `type Query { media: [Media!]! } type Media @interfaceObject @key(fields: "id") { id: ID! bonus: String! }`,
    },
    operation: '{ media { ... on Animal { one: id } } }',
    wrong: ['hive', 'apollo', 'stock'],
  },
  {
    name: 'an interface object in itself, again and again',
    subgraphs: MEDIA,
    operation: `{ media { ${'sequel { '.repeat(9)} ... on Ant { rank } ${'} '.repeat(9)}} }`,
    wrong: ['apollo', 'stock'],
  },
];
