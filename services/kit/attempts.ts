import { isIPv6 } from 'node:net';
import { RequestError } from './errors.js';
import type { Instant } from './period.js';

export interface AttemptLimits {
  readonly windowMs: number;
  /** How many one address has in a window. */
  readonly ofOne: number;
  /** How many all have together, before each has one only. */
  readonly ofAll: number;
  /** How many addresses are remembered. */
  readonly addresses: number;
}

/**
 * Failed attempts of the last minute. An address has ten. When there are a hundred of all addresses together, those that
 * failed at all wait as well: a crowd gets one attempt each, and who never fails is never kept waiting.
 */
export const ATTEMPT_LIMITS: AttemptLimits = { windowMs: 60_000, ofOne: 10, ofAll: 100, addresses: 10_000 };

/** Counts failed attempts in the memory of one process. */
export interface Attempts {
  /** Throws TOO_MANY_ATTEMPTS while this address has to wait, with `retryAfterSeconds`. */
  demand(address: string): void;
  fail(address: string): void;
}

export function createAttempts(clock: () => Instant, limits = ATTEMPT_LIMITS): Attempts {
  const byNetwork = new Map<string, readonly Instant[]>(); // who failed last stands last
  let all: readonly Instant[] = [];
  const recent = (instants: readonly Instant[]) => instants.filter((instant) => instant > clock() - limits.windowMs);

  return {
    demand(address) {
      const own = recent(byNetwork.get(networkOf(address)) ?? []);
      const isCrowded = recent(all).length >= limits.ofAll;
      const allowed = isCrowded ? 1 : limits.ofOne;
      const oldest = own.at(-allowed);
      if (oldest !== undefined) refuse(oldest + limits.windowMs - clock());
    },
    fail(address) {
      const network = networkOf(address);
      const own = [...recent(byNetwork.get(network) ?? []), clock()].slice(-limits.ofOne);
      byNetwork.delete(network);
      byNetwork.set(network, own);
      all = [...recent(all), clock()].slice(-limits.ofAll);
      for (const first of byNetwork.keys()) {
        if (byNetwork.size <= limits.addresses) break;
        byNetwork.delete(first);
      }
    },
  };
}

/** What one caller has of addresses: an IPv4 address, or the first 64 bits of an IPv6 one, of which everybody has many. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(address)) return address;
  const [left = [], right = []] = address.split('::').map((part) => part.split(':').filter(Boolean));
  const zeros = Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0');
  const groups = [...left, ...zeros, ...right].slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${groups.join(':')}::/64`;
}

function refuse(waitMs: number): never {
  const retryAfterSeconds = Math.ceil(waitMs / 1000);
  throw new RequestError('TOO_MANY_ATTEMPTS', `Too many attempts failed: wait ${retryAfterSeconds} seconds.`, {
    retryAfterSeconds,
  });
}
