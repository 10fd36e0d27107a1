import { RequestError } from '../kit/errors.js';
import type { Documents } from './documents.js';
import { demandPlainVariables } from './variables.js';

/** One GraphQL request as it came, made exact. */
export interface GraphQLQuestion {
  readonly query: string;
  readonly operationName: string | null;
  readonly variables: Readonly<Record<string, unknown>>;
  /** The instant asked for, as the caller wrote it; null for now. */
  readonly asOf: string | null;
  /** True for a document of ours, asked for by its id or sent as it is. */
  readonly isTrusted: boolean;
  /** True where the caller wants to know how the answer comes about; false when not given. */
  readonly isExplained?: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

export interface ReadOptions {
  readonly documents: Documents;
  /** True where only documents of ours are answered. */
  readonly trustedOnly: boolean;
}

/** Reads the fields of a URL (texts) or of a JSON body (values). Throws BAD_REQUEST, UNKNOWN_DOCUMENT or UNTRUSTED_DOCUMENT. */
export function readQuestion(url: Fields, body: unknown, options: ReadOptions): GraphQLQuestion {
  const fields = body === null || body === undefined ? url : fieldsOf(body);
  const variables = readObject(fields.variables, 'variables');
  demandPlainVariables(variables);
  const extensions = readObject(fields.extensions, 'extensions');
  const query = readQuery(fields, extensions, options);
  const isTrusted = options.documents.trusted.has(query);
  if (options.trustedOnly && !isTrusted)
    throw new RequestError('UNTRUSTED_DOCUMENT', 'This gateway answers its own documents only: send the id of one.');
  return {
    query,
    operationName: textOr(fields.operationName, 'operationName', null),
    variables,
    asOf: textOr(url.asOf, 'asOf', null) ?? textOr(extensions.asOf, 'extensions.asOf', null),
    isTrusted,
    isExplained: readExplain(url.explain, extensions.explain),
  };
}

/** The same request always has the same text, however its variables were ordered. */
export function questionKey({ query, operationName, variables }: GraphQLQuestion): string {
  const name = operationName ?? '';
  return `${name.length} ${query.length} ${name}${query}${canonical(variables)}`;
}

const EXPLAIN_WORDS: readonly unknown[] = ['1', 'true', true, '0', 'false', false];

/** `explain=1` in the address, or `"explain": true` in the extensions. */
function readExplain(inUrl: unknown, inExtensions: unknown): boolean {
  const asked = [inUrl, inExtensions].filter((value) => value !== undefined && value !== null && value !== '');
  if (!asked.every((value) => EXPLAIN_WORDS.includes(value)))
    throw new RequestError('BAD_REQUEST', 'explain must be 1 in the address, or true in the extensions.');
  return asked.some((value) => value === '1' || value === 'true' || value === true);
}

function readQuery({ documentId, query }: Fields, extensions: Fields, { documents }: ReadOptions): string {
  const id = textOr(documentId, 'documentId', null);
  const text = textOr(query, 'query', '');
  const hash = id === null ? persistedHash(extensions) : null;
  if (hash !== null) return persisted(hash, text, documents);
  if (id === null) {
    if (text) return text;
    throw new RequestError(
      'BAD_REQUEST',
      'The request has no query: send {"query": "..."} as application/json, or ?query= or ?documentId= by GET.',
    );
  }
  const found = documents.find(id);
  if (found !== undefined) return found;
  throw new RequestError(
    'UNKNOWN_DOCUMENT',
    `No trusted document has the id "${id.slice(0, 80)}": send the query itself.`,
  );
}

/** The hash of an automatic persisted query, as Apollo's clients send it; null where there is none. */
function persistedHash(extensions: Fields): string | null {
  if (extensions.persistedQuery === undefined || extensions.persistedQuery === null) return null;
  const { version, sha256Hash } = readObject(extensions.persistedQuery, 'extensions.persistedQuery');
  if (version === 1 && typeof sha256Hash === 'string' && /^[0-9a-f]{64}$/.test(sha256Hash)) return sha256Hash;
  throw new RequestError('BAD_REQUEST', 'extensions.persistedQuery must be {"version": 1, "sha256Hash": "..."}.');
}

/** A hash is sent alone first; who gets PERSISTED_QUERY_NOT_FOUND sends it again with the query, which is known from then on. */
function persisted(hash: string, text: string, documents: Documents): string {
  if (text) {
    documents.keep(hash, text);
    return text;
  }
  const found = documents.find(hash);
  if (found !== undefined) return found;
  throw new RequestError('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound');
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

/** JSON with the names of every object in order. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'number') return String(value); // JSON reads 1e400, and writes it as null
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${members.map(([name, one]) => `${JSON.stringify(name)}:${canonical(one)}`).join(',')}}`;
}
