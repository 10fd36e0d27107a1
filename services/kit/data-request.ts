import type { FastifyRequest } from 'fastify';
import type { Caller } from './caller.js';
import type { DataOffice } from './data-office.js';
import type { Dataset } from './dataset.js';
import { RequestError } from './errors.js';
import { safeFileName } from './file-name.js';
import { LOCALES, type Locale } from './locale.js';
import { type Instant, instantOf } from './period.js';
import { personalCell } from './personal.js';
import { readRegionCode } from './region-code.js';

/** The parts of a request about data, checked once where they come in. */

export type Fields = Readonly<Record<string, unknown>>;

/** The object of a JSON body; throws BAD_REQUEST. */
export function readBody(body: unknown): Fields {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Fields; // just looked at
  throw new RequestError('BAD_REQUEST', 'Send one JSON object as application/json.');
}

/** Who asks; throws BAD_TOKEN and TOO_MANY_ATTEMPTS. */
export function callerOf({ authenticate }: DataOffice, { headers, ip }: FastifyRequest): Promise<Caller> {
  return authenticate(headers, ip);
}

/** The dataset of this name; throws UNKNOWN_DATASET. */
export function findDataset({ loader: { datasets } }: DataOffice, name: string): Dataset {
  const dataset = datasets.find((one) => one.name === name);
  if (dataset) return dataset;
  const names = datasets.map((one) => one.name).join(', ');
  throw new RequestError('UNKNOWN_DATASET', `There is no dataset "${name.slice(0, 80)}": choose one of ${names}.`);
}

/** Which file is meant, and how it is to be read. */
export interface FileRequest {
  /** SHA-256 of its bytes. */
  readonly file: string;
  readonly name: string;
  /** Not given where the descriptor may say it. */
  readonly locale?: Locale;
  /** The text of the `datapackage.json` that came with it. */
  readonly descriptor?: string;
  /** The region it is to speak for; null where the caller names none. */
  readonly region: string | null;
}

/** Throws BAD_ARGUMENT or BAD_REGION_CODE. */
export function readFileRequest(fields: Fields, fallbackName: string): FileRequest {
  const { file, region } = fields;
  if (typeof file !== 'string')
    throw new RequestError('BAD_ARGUMENT', 'file must be the SHA-256 of the bytes that were sent.');
  return {
    file,
    name: safeFileName(readText(fields, 'name') ?? fallbackName),
    ...readLocale(fields),
    ...readDescriptor(fields),
    region: region === undefined || region === null ? null : readRegionCode(String(region)),
  };
}

function readLocale({ locale }: Fields): { readonly locale?: Locale } {
  if (locale === undefined || locale === null) return {};
  const known = LOCALES.find((one) => one === locale);
  if (known) return { locale: known };
  throw new RequestError('BAD_ARGUMENT', `locale must be one of ${LOCALES.join(', ')}.`);
}

function readDescriptor({ descriptor }: Fields): { readonly descriptor?: string } {
  if (descriptor === undefined || descriptor === null) return {};
  if (typeof descriptor === 'string' && descriptor.length <= LONGEST_DESCRIPTOR) return { descriptor };
  throw new RequestError('BAD_ARGUMENT', `descriptor must be a text of at most ${LONGEST_DESCRIPTOR} characters.`);
}

const LONGEST_DESCRIPTOR = 200_000;

/** A text, trimmed; null where none or a blank one was given. Throws BAD_ARGUMENT. */
export function readText(fields: Fields, name: string): string | null {
  const value = fields[name] ?? null;
  if (value === null) return null;
  if (typeof value !== 'string' || value.length > LONGEST_TEXT)
    throw new RequestError('BAD_ARGUMENT', `${name} must be a text of at most ${LONGEST_TEXT} characters.`);
  return value.trim() === '' ? null : value.trim();
}

const LONGEST_TEXT = 1000;

/** Why something is done, as readers will see it; null where none was given. Throws BAD_ARGUMENT for one that names persons. */
export function readReason(fields: Fields): string | null {
  const reason = readText(fields, 'reason');
  if (reason !== null && personalCell(reason, 'text') !== null)
    throw new RequestError('BAD_ARGUMENT', 'reason is read by everybody, and this one seems to tell of a person.');
  return reason;
}

/** The same where one is needed: throws REASON_MISSING. */
export function demandReason(fields: Fields): string {
  const reason = readReason(fields);
  if (reason !== null) return reason;
  throw new RequestError('REASON_MISSING', 'Say why: readers see the reason beside what it changes.');
}

/** A list of texts; empty where none was given. Throws BAD_ARGUMENT. */
export function readTexts(fields: Fields, name: string): readonly string[] {
  const value = fields[name] ?? [];
  if (Array.isArray(value) && value.length <= MOST_TEXTS && value.every((one) => typeof one === 'string')) return value;
  throw new RequestError('BAD_ARGUMENT', `${name} must be a list of at most ${MOST_TEXTS} texts.`);
}

const MOST_TEXTS = 100;

/** The instant of a publication; null where none was given. Throws BAD_INSTANT. */
export function readInstant(fields: Fields, name: string): Instant | null {
  const text = fields[name] ?? null;
  if (text === null) return null;
  const instant = typeof text === 'string' ? instantOf(text) : null;
  if (instant !== null) return instant;
  throw new RequestError(
    'BAD_INSTANT',
    `"${String(text).slice(0, 80)}" is not an instant: write it with its zone, such as 2026-12-01T08:30+07:00.`,
  );
}

/** A whole number from 1 to a limit, as a query has it; the fallback where none was given. Throws BAD_ARGUMENT. */
export function readFirst(fields: Fields, fallback: number, limit: number): number {
  const { first } = fields;
  if (first === undefined) return fallback;
  const count = Number(first);
  if (Number.isInteger(count) && count >= 1 && count <= limit) return count;
  throw new RequestError('BAD_ARGUMENT', `first must be a whole number from 1 to ${limit}.`);
}
