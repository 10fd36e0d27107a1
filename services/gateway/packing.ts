import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Encoding } from './negotiate.js';

/** The bytes of one text, packed in each way once and when somebody asks for it first. */
export interface Packing {
  /** The text as it is. */
  readonly plain: Buffer;
  /** Bytes that are there already; null where they have to be made. */
  ready(encoding: Encoding): Buffer | null;
  pack(encoding: Encoding): Promise<Buffer>;
}

/** Below this many bytes packing saves nothing worth its time. */
export const LEAST_PACKED = 800;

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);
/** A better quality costs several times as much for a few percent. */
const QUALITY = 5;

export function createPacking(text: string): Packing {
  const plain = Buffer.from(text);
  const made = new Map<Encoding, Buffer>([['identity', plain]]);
  const making = new Map<Encoding, Promise<Buffer>>();
  return {
    plain,
    ready: (encoding) => made.get(encoding) ?? null,
    async pack(encoding) {
      const known = made.get(encoding);
      if (known) return known;
      const work = making.get(encoding) ?? compress(plain, encoding);
      making.set(encoding, work);
      const bytes = await work.finally(() => making.delete(encoding));
      made.set(encoding, bytes);
      return bytes;
    },
  };
}

function compress(bytes: Buffer, encoding: Encoding): Promise<Buffer> {
  if (encoding === 'gzip') return zip(bytes);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  return brotli(bytes, { params });
}
