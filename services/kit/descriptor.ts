import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { counted } from './bilingual.js';
import { LOCALES, type Locale } from './locale.js';
import type { Problems } from './problems.js';

/** What a `datapackage.json` (Frictionless) says of one file; null where it says nothing. */
export interface Descriptor {
  readonly sha256: string | null;
  readonly bytes: number | null;
  /** Rows below the header. */
  readonly rows: number | null;
  readonly locale: Locale | null;
}

/** The bytes of a file as they came. */
export interface FileMeasure {
  readonly sha256: string;
  readonly bytes: number;
}

/** The same bytes, and what they measure once all have been read; null while they have not, or where reading stopped. */
export function measured(input: Readable): readonly [Readable, () => FileMeasure | null] {
  const hash = createHash('sha256');
  let [bytes, ended] = [0, false];
  async function* pass() {
    for await (const chunk of input) {
      hash.update(chunk);
      bytes += Buffer.byteLength(chunk);
      yield chunk;
    }
    ended = true;
  }
  return [Readable.from(pass(), { objectMode: false }), () => (ended ? { sha256: hash.digest('hex'), bytes } : null)];
}

/**
 * Reads the descriptor that was sent with a file: the resource whose path ends in the file's name, or the only one.
 * Null, and a problem of rule FILE, when it is no descriptor of this file.
 */
export function readDescriptor(text: string, fileName: string, problems: Problems): Descriptor | null {
  const resource = findResource(parse(text), fileName);
  if (!resource) {
    problems.add(
      'FILE',
      {
        id: `datapackage.json tidak menjelaskan berkas ${fileName}`,
        en: `datapackage.json does not describe the file ${fileName}`,
      },
      {
        suggestion: {
          id: 'perbaiki "path" di "resources", atau kirim berkasnya tanpa datapackage.json',
          en: 'mend "path" in "resources", or send the file without datapackage.json',
        },
      },
    );
    return null;
  }
  const stats = isObject(resource.stats) ? resource.stats : {};
  return {
    sha256: readHash(resource.hash ?? stats.sha256 ?? stats.hash),
    bytes: readCount(resource.bytes ?? stats.bytes),
    rows: readCount(resource.rows ?? stats.rows),
    locale: LOCALES.find((locale) => locale === resource.locale) ?? null,
  };
}

/**
 * Tells, by rule FILE, where a file is not the one that its descriptor was written for. `rows` are those that were
 * read; they are compared where nothing else is wrong.
 */
export function compareDescriptor(
  descriptor: Descriptor,
  measure: FileMeasure | null,
  rows: number,
  problems: Problems,
): void {
  if (measure === null || problems.counts.has('PERSONAL')) return;
  const { sha256, bytes } = descriptor;
  if ((sha256 ?? measure.sha256) !== measure.sha256 || (bytes ?? measure.bytes) !== measure.bytes) {
    problems.add('FILE', OTHER_BYTES, { suggestion: SEND_AGAIN });
  } else if ((descriptor.rows ?? rows) !== rows && problems.count('E') === 0) {
    problems.add(
      'FILE',
      {
        id: `berkas memuat ${rows} baris data, menurut datapackage.json seharusnya ${descriptor.rows}`,
        en: `the file has ${counted(rows, 'row')} of data; datapackage.json says ${descriptor.rows}`,
      },
      { suggestion: SEND_AGAIN },
    );
  }
}

const OTHER_BYTES = {
  id: 'isi berkas tidak cocok dengan hash SHA-256 atau ukuran di datapackage.json',
  en: 'the file does not match the SHA-256 hash or size in datapackage.json',
};
const SEND_AGAIN = {
  id: 'kirim ulang berkas aslinya; bila memang diubah, buat ulang datapackage.json',
  en: 'send the original file again; if it was changed on purpose, make datapackage.json anew',
};

type JsonObject = Readonly<Record<string, unknown>>;

function findResource(descriptor: unknown, fileName: string): JsonObject | null {
  const resources = isObject(descriptor) && Array.isArray(descriptor.resources) ? descriptor.resources : [];
  const all = resources.filter(isObject);
  const named = all.find(({ path }) => typeof path === 'string' && path.split('/').at(-1) === fileName);
  if (named) return named;
  return all.length === 1 && all[0]?.path === undefined ? (all[0] ?? null) : null;
}

/** `sha256:` and 64 digits, or the digits alone; other hashes are not compared. */
function readHash(hash: unknown): string | null {
  const match = typeof hash === 'string' ? /^(?:sha-?256:)?([0-9a-f]{64})$/i.exec(hash) : null;
  return match?.[1]?.toLowerCase() ?? null;
}

function readCount(count: unknown): number | null {
  return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
