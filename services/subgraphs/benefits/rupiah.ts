import { GraphQLError, GraphQLScalarType } from 'graphql';

/** Whole rupiah in the API: text, since a JSON number loses digits above 2^53 and GraphQL's Int ends at Rp2,147,483,647. */
export const Rupiah = new GraphQLScalarType<string, string>({
  name: 'Rupiah',
  description:
    'Whole rupiah as a string of digits, exact at any size: "57000000000000". It is never a JSON number, which would lose digits above 9007199254740991.',
  serialize: readRupiah,
  parseValue: readRupiah,
});

function readRupiah(value: unknown): string {
  if (typeof value === 'string' && /^\d+$/.test(value)) return value;
  throw new GraphQLError(`Rupiah are a string of digits such as "1814133110"; this is "${value}".`);
}
