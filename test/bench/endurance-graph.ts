const HEAD = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])';

/** Two subgraphs that say of a thing at which instant they read; the second has another field in each generation. */
export function subgraphsOf(generation: number): readonly { readonly name: string; readonly sdl: string }[] {
  return [
    { name: 'left', sdl: `${HEAD} type Query { thing: Thing } type Thing @key(fields: "id") { id: ID! left: Float }` },
    {
      name: 'right',
      sdl: `${HEAD} type Thing @key(fields: "id") { id: ID! right: Float generation${generation}: Int }`,
    },
  ];
}

/** What every generation answers. */
export const QUERY = '{ thing { left right } }';

/** The answer of a subgraph, which reads at the instant it is asked at. */
export function answerOf(name: string, query: string, asOf: number): object {
  if (name === 'left') return { data: { thing: { __typename: 'Thing', id: '1', left: asOf } } };
  const fields = [...query.matchAll(/generation\d+/g)].map(([field]) => [field, asOf % 1000]);
  return { data: { _entities: [{ __typename: 'Thing', right: asOf, ...Object.fromEntries(fields) }] } };
}
