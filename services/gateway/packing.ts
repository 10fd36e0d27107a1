import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Encoding } from './negotiate.js';

/** Bytes, packed in each way once and when somebody asks for it first. */
export interface Packing {
  pack(encoding: Encoding): Buffer | Promise<Buffer>;
}

/** Below this many bytes packing saves nothing worth its time. */
export const LEAST_PACKED = 800;

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);
/** A better quality costs several times as much for a few percent. */
const QUALITY = 5;

export function createPacking(plain: Buffer): Packing {
  let packed: Map<Encoding, Promise<Buffer>> | null = null;
  return {
    pack(encoding) {
      if (encoding === 'identity') return plain;
      packed ??= new Map();
      const known = packed.get(encoding);
      if (known) return known;
      const making = compress(plain, encoding);
      packed.set(encoding, making);
      making.catch(() => packed?.delete(encoding));
      return making;
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
