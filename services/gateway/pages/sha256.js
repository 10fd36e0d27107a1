/**
 * SHA-256 of bytes that come piece by piece: the browser's own takes a file whole in memory, and only on secure
 * addresses. FIPS 180-4.
 */
const BLOCK = 64;

/** The first 32 bits of the fractions of roots of the first primes: square roots to begin with, cube roots each round. */
const PRIMES = firstPrimes(64);
const START = PRIMES.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));
const ROUNDS = Int32Array.from(PRIMES, (prime) => fraction(Math.cbrt(prime)));

/** A hash in the making: `update(bytes)` as often as wanted, then `digest()` once, in lower-case hexadecimal. */
export function createSha256() {
  const state = Int32Array.from(START);
  const schedule = new Int32Array(BLOCK);
  const held = new Uint8Array(BLOCK);
  let heldLength = 0;
  let length = 0;

  const update = (bytes) => {
    length += bytes.length;
    let at = 0;
    if (heldLength > 0) {
      at = Math.min(BLOCK - heldLength, bytes.length);
      held.set(bytes.subarray(0, at), heldLength);
      heldLength += at;
      if (heldLength < BLOCK) return;
      digestBlock(state, schedule, held, 0);
      heldLength = 0;
    }
    for (; at + BLOCK <= bytes.length; at += BLOCK) digestBlock(state, schedule, bytes, at);
    held.set(bytes.subarray(at));
    heldLength = bytes.length - at;
  };

  return {
    update,
    digest() {
      const bits = length * 8;
      const padding = new Uint8Array((heldLength < 56 ? 56 : 120) - heldLength + 8);
      padding[0] = 0x80;
      const view = new DataView(padding.buffer);
      view.setUint32(padding.length - 8, Math.floor(bits / 2 ** 32));
      view.setUint32(padding.length - 4, bits >>> 0);
      update(padding);
      return [...state].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
    },
  };
}

function digestBlock(state, schedule, bytes, start) {
  for (let i = 0, at = start; i < 16; i += 1, at += 4)
    schedule[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
  for (let i = 16; i < 64; i += 1) {
    const x = schedule[i - 15];
    const y = schedule[i - 2];
    const left = turn(x, 7) ^ turn(x, 18) ^ (x >>> 3);
    const right = turn(y, 17) ^ turn(y, 19) ^ (y >>> 10);
    schedule[i] = (schedule[i - 16] + left + schedule[i - 7] + right) | 0;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i += 1) {
    const one = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
    const first = (h + one + ((e & f) ^ (~e & g)) + ROUNDS[i] + schedule[i]) | 0;
    const two = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
    const second = (two + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
  state[4] += e;
  state[5] += f;
  state[6] += g;
  state[7] += h;
}

function turn(word, by) {
  return (word >>> by) | (word << (32 - by));
}

function fraction(root) {
  return ((root - Math.floor(root)) * 2 ** 32) | 0;
}

function firstPrimes(count) {
  const primes = [];
  for (let number = 2; primes.length < count; number += 1)
    if (primes.every((prime) => number % prime !== 0)) primes.push(number);
  return primes;
}
