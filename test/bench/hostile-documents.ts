/** A request body that is meant to cost much, and how its answer begins when it is refused. */
export interface Hostile {
  readonly name: string;
  readonly body: string;
}

const times = (count: number, make: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => make(n)).join(' ');
const ask = (name: string, query: string, variables: unknown = {}): Hostile => ({
  name,
  body: JSON.stringify({ query, variables }),
});
const inRegion = (text: string) => `{ region(code: "19") { ${text} } }`;

const LIST = 'query ($codes: [String!]!) { regionsByCode(codes: $codes) { code } }';
const nested = (name: string, levels: number): Hostile => ({
  name,
  body: `{"query":${JSON.stringify(LIST)},"variables":{"codes":${'['.repeat(levels)}${']'.repeat(levels)}}}`,
});

/** Fragments that each spread the next one twice. */
const bomb = (levels: number, last: string) =>
  `${inRegion('...f0')} ${times(levels, (n) => `fragment f${n} on Region { ...f${n + 1} ...f${n + 1} }`)} ${last}`;

/** Requests that must be refused, each near the most that its kind can cost. */
export const HOSTILE: readonly Hostile[] = [
  ask('10,000 aliases', inRegion(times(10_000, (n) => `a${n}: code`))),
  ask('a document of 240 kB, one text', inRegion(`name(a: "${'x'.repeat(240_000)}")`)),
  ask('a document of 1 MB, one text', inRegion(`name(a: "${'x'.repeat(990_000)}")`)),
  ask('a document of 1 MB, all fields', inRegion('code '.repeat(195_000))),
  ask('100 kB of fields', inRegion('code '.repeat(19_900))),
  ask('a comment of 99 kB, no field known', `{ ${times(480, (n) => `n${n}`)} } # ${'x'.repeat(97_000)}`),
  ask('1,000 nested lists', inRegion(`name(a: ${'['.repeat(1000)}${']'.repeat(1000)})`)),
  ask('1,000 levels', `${'{ region '.repeat(1000)}${'}'.repeat(1000)}`),
  ask('circular fragments', `${inRegion('...a')} fragment a on Region { ...b } fragment b on Region { ...a }`),
  ask(
    'circular fragments, 49 of them',
    `${inRegion('...f0')} ${times(49, (n) => `fragment f${n} on Region { code ${times(45, (m) => `...f${(n + m) % 49}`)} }`)}`,
  ),
  ask('fragments doubling', bomb(45, 'fragment f45 on Region { code }')),
  ask('fragments doubling, the last missing', bomb(45, '')),
  ask('overlapping fields, 499 alike', inRegion('code '.repeat(499))),
  ask('overlapping fields, nested', inRegion(times(62, () => 'parent { parent { code name } }'))),
  ask('overlapping fields, in conflict', inRegion(times(99, (n) => `a: ${n % 2 ? 'code' : 'name'}`))),
  ask(
    'overlapping fragments',
    `${inRegion(times(75, () => `parent { ${times(30, (n) => `...f${n}`)} }`))} ${times(30, (n) => `fragment f${n} on Region { code }`)}`,
  ),
  ask('1,600 equal arguments', `${'\n'.repeat(1990)}{ region(${times(1600, () => 'code: "1"')}) { code } }`),
  ask('1,000 equal directives', inRegion(`code ${times(1000, () => '@skip(if: false)')}`)),
  ask('99 equal directives', `${'\n'.repeat(1990)}${inRegion(`code ${times(99, () => '@skip(if: false)')}`)}`),
  ask('480 unknown fields', `${'\n'.repeat(1990)}${inRegion(times(480, (n) => `cod${n}`))}`),
  ask('480 unknown arguments', `${'\n'.repeat(1990)}{ region(${times(480, (n) => `cod${n}: 1`)}) { code } }`),
  ask('1,600 wrong values', `{ regionsByCode(codes: [${times(1600, (n) => `${n}`)}]) { code } }`),
  ask(
    '49 operations of one chain',
    `${times(24, (n) => `query q${n} { region(code: "1") { ...f0 } }`)} ${times(24, (n) => `fragment f${n} on Region { c${n} ...f${n + 1} }`)} fragment f24 on Region { code }`,
  ),
  ask('introspection without end', `{ __schema { ${'types { fields { type { '.repeat(4)}name${' } } }'.repeat(4)} } }`),
  ask('a list of 1 MB', LIST, { codes: Array.from({ length: 200_000 }, () => '1') }),
  ask('a list of 250 kB', LIST, { codes: Array.from({ length: 62_000 }, () => '1') }),
  ask('a text of 250 kB for a list', LIST, { codes: 'x'.repeat(250_000) }),
  ask('250 kB of names', LIST, Object.fromEntries(Array.from({ length: 23_000 }, (_, n) => [`n${n}`, 1]))),
  ask('1,900 names', LIST, Object.fromEntries(Array.from({ length: 1900 }, (_, n) => [`n${n}`, 1]))),
  nested('1 MB of nested lists', 450_000),
  nested('250 kB of nested lists', 125_000),
  nested('28 nested lists', 28),
  ask('9,000 values of the wrong type', LIST, {
    codes: Array.from({ length: 9000 }, (_, n) => n),
  }),
  ask('the largest list everywhere', '{ regions(first: 10000) { nodes { children(first: 10000) { code } } } }'),
  { name: 'a batch of 1,000', body: JSON.stringify(Array.from({ length: 1000 }, () => ({ query: '{ __typename }' }))) },
  { name: 'half a document', body: JSON.stringify({ query: inRegion('code '.repeat(4900)).slice(0, -3) }) },
];
