import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import {
  buildSchema,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLFieldResolver,
  isListType,
  isNonNullType,
  parse,
} from 'graphql';

/** What the tag asks: a trusted document by its hash, or a text. */
export interface Question {
  readonly documentId?: string | null;
  readonly query?: string | null;
  readonly variables: Readonly<Record<string, unknown>>;
}

export const EDITION = '2026-11-22T01:30:00.000Z';

interface Region {
  readonly code: string;
  readonly [field: string]: unknown;
}

const schema = buildSchema(readFileSync('schema/api.graphql', 'utf8'));
const regions: Readonly<Record<string, Region>> = JSON.parse(readFileSync('widget/demo/regions.json', 'utf8'));
const documents = new Map(
  readdirSync('schema/operations').map((file) => {
    const text = readFileSync(`schema/operations/${file}`, 'utf8');
    return [createHash('sha256').update(text).digest('hex'), text] as const;
  }),
);

/**
 * Answers any trusted document from canned regions: the facts of real ones, invented figures under invented codes
 * (99.xx). It executes the published schema, so a tag that asks for other fields needs no other far end.
 */
export async function answerTo({ documentId, query, variables }: Question): Promise<ExecutionResult> {
  const text = documentId ? documents.get(documentId) : query;
  if (!text) return { errors: [refusal('The document is not known.', 'UNKNOWN_DOCUMENT')] };
  const result = await execute({
    schema,
    document: parse(text),
    rootValue: root,
    variableValues: variables,
    fieldResolver: property,
  });
  return { ...result, extensions: { edition: EDITION } };
}

const root = {
  region: ({ code }: { code: string }) => find(code),
  regionsByCode: ({ codes }: { codes: readonly string[] }) =>
    codes.map((code) => {
      try {
        return find(code);
      } catch (error) {
        return error; // null beside its error
      }
    }),
};

function find(code: string): Region {
  const region = regions[code];
  if (region) return { ...region, children: () => childrenOf(code) };
  const isForm = /^\d\d(\.\d\d){0,2}$/.test(code);
  throw isForm
    ? refusal(`No region has the code "${code}".`, 'UNKNOWN_REGION')
    : refusal(`Region code "${code}" is not of the form "19.03" (Kemendagri, with dots).`, 'BAD_REGION_CODE');
}

function childrenOf(code: string): Region[] {
  const depth = code === '00' ? 1 : code.split('.').length + 1;
  return Object.values(regions).filter(
    (region) =>
      region.code !== '00' &&
      region.code.split('.').length === depth &&
      (code === '00' || region.code.startsWith(`${code}.`)),
  );
}

/** What a region does not have is an empty list, or null. */
const property: GraphQLFieldResolver<Record<string, unknown>, unknown> = (
  source,
  args,
  _context,
  { fieldName, returnType },
) => {
  const value = source[fieldName];
  if (typeof value === 'function') return value(args);
  const type = isNonNullType(returnType) ? returnType.ofType : returnType;
  return value ?? (isListType(type) ? [] : null);
};

function refusal(message: string, code: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}
