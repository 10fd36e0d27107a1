import { inflateSync } from 'node:zlib';

/** A picture of eight bits a channel, as browsers make screenshots: rows of pixels, each of `channels` bytes. */
export interface Picture {
  readonly width: number;
  readonly channels: number;
  readonly rows: readonly Uint8Array[];
}

/** The pixels of a PNG file that is not interlaced. */
export function readPng(file: Buffer): Picture {
  const [width, channels] = [file.readUInt32BE(16), file[25] === 6 ? 4 : 3]; // 6 is colour with alpha, 2 without
  const data: Buffer[] = [];
  for (let at = 8; at < file.length; at += 12 + file.readUInt32BE(at)) {
    if (file.toString('latin1', at + 4, at + 8) === 'IDAT')
      data.push(file.subarray(at + 8, at + 8 + file.readUInt32BE(at)));
  }
  const bytes = inflateSync(Buffer.concat(data));
  const stride = width * channels;
  const rows: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += stride + 1) {
    rows.push(unfilter(bytes[at] ?? 0, bytes.subarray(at + 1, at + 1 + stride), rows.at(-1), channels));
  }
  return { width, channels, rows };
}

/** A row as it was before one of the five filters of PNG made it smaller. */
function unfilter(filter: number, row: Uint8Array, above: Uint8Array | undefined, channels: number): Uint8Array {
  const out = new Uint8Array(row.length);
  for (let i = 0; i < row.length; i += 1) {
    const left = out[i - channels] ?? 0;
    const up = above?.[i] ?? 0;
    const corner = above?.[i - channels] ?? 0;
    const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0;
    out[i] = (row[i] ?? 0) + guess;
  }
  return out;
}

function paeth(left: number, up: number, corner: number): number {
  const [toLeft, toUp, toCorner] = [up - corner, left - corner, left + up - 2 * corner].map(Math.abs) as [
    number,
    number,
    number,
  ]; // three in, three out
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}
