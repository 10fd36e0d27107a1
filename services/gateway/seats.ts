import { networkOf } from '../kit/attempts.js';
import { RequestError } from '../kit/errors.js';

/** Connections that stay open, counted by the address they come from: one address must not hold the places of all. */
export interface Seats {
  /** Takes one. Throws TOO_MANY_REQUESTS where the address holds as many as it may. */
  take(address: string): void;
  /** Gives back one that it took. */
  free(address: string): void;
}

const RETRY_AFTER_S = 30;

/** `mostOfOne` is how many one address may hold; 0 for any number. */
export function createSeats(mostOfOne: number): Seats {
  const taken = new Map<string, number>();
  return {
    take(address) {
      const network = networkOf(address);
      const held = taken.get(network) ?? 0;
      if (mostOfOne > 0 && held >= mostOfOne) throw tooMany(mostOfOne);
      taken.set(network, held + 1);
    },
    free(address) {
      const network = networkOf(address);
      const left = (taken.get(network) ?? 0) - 1;
      if (left > 0) taken.set(network, left);
      else taken.delete(network);
    },
  };
}

function tooMany(mostOfOne: number): RequestError {
  const text = `Your address listens to ${mostOfOne} live answers, as many as one address may: end one of them, or ask /graphql.`;
  return new RequestError('TOO_MANY_REQUESTS', text, { retryAfterSeconds: RETRY_AFTER_S });
}
