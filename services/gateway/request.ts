import { RequestError } from '../kit/errors.js';
import type { Documents } from './documents.js';

/** One GraphQL request as it came, made exact. */
export interface GraphQLQuestion {
  readonly query: string;
  readonly operationName: string | null;
  readonly variables: Readonly<Record<string, unknown>>;
  /** The instant asked for, as the caller wrote it; null for now. */
  readonly asOf: string | null;
}

type Fields = Readonly<Record<string, unknown>>;

/** Reads the fields of a URL (texts) or of a JSON body (values). Throws BAD_REQUEST or UNKNOWN_DOCUMENT. */
export function readQuestion(url: Fields, body: unknown, documents: Documents): GraphQLQuestion {
  const fields = body === null || body === undefined ? url : fieldsOf(body);
  const variables = readObject(fields.variables, 'variables');
  const extensions = readObject(fields.extensions, 'extensions');
  return {
    query: readQuery(fields, documents),
    operationName: textOr(fields.operationName, 'operationName', null),
    variables,
    asOf: textOr(url.asOf, 'asOf', null) ?? textOr(extensions.asOf, 'extensions.asOf', null),
  };
}

/** The same request always has the same text, however its variables were ordered. */
export function questionKey({ query, operationName, variables }: GraphQLQuestion): string {
  return JSON.stringify([query, operationName, sorted(variables)]);
}

function readQuery({ documentId, query }: Fields, documents: Documents): string {
  const id = textOr(documentId, 'documentId', null);
  if (id === null) {
    const text = textOr(query, 'query', '');
    if (text) return text;
    throw new RequestError(
      'BAD_REQUEST',
      'The request has no query: send {"query": "..."} as application/json, or ?query= or ?documentId= by GET.',
    );
  }
  const text = documents.get(id);
  if (text !== undefined) return text;
  throw new RequestError(
    'UNKNOWN_DOCUMENT',
    `No trusted document has the id "${id.slice(0, 80)}": send the query itself.`,
  );
}

function fieldsOf(body: unknown): Fields {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Fields; // an object has fields
  throw new RequestError('BAD_REQUEST', 'The body must be one JSON object with a query; batches are not answered.');
}

function readObject(value: unknown, name: string): Fields {
  if (value === undefined || value === null || value === '') return {};
  const object = typeof value === 'string' ? parseJson(value, name) : value;
  if (typeof object === 'object' && object !== null && !Array.isArray(object)) return object as Fields; // likewise
  if (object === null) return {};
  throw new RequestError('BAD_REQUEST', `${name} must be a JSON object.`);
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new RequestError('BAD_REQUEST', `${name} is not JSON: write it as an object.`);
  }
}

function textOr<Fallback extends string | null>(value: unknown, name: string, fallback: Fallback): string | Fallback {
  if (value === undefined || value === null || value === '') return fallback;
  if (typeof value === 'string') return value;
  throw new RequestError('BAD_REQUEST', `${name} must be one text.`);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, one]) => [name, sorted(one)]);
}
