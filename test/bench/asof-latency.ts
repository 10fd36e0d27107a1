import { REVISED } from './asof-fill.js';
import { cardUrl } from './card-query.js';

/** How long cards took, in milliseconds. */
export interface Latency {
  readonly p50: number;
  readonly p99: number;
}

/** A gateway and what may be asked of it. */
export interface Asked {
  readonly url: string;
  /** Instants of its releases, oldest first, as a caller writes them. */
  readonly instants: readonly string[];
}

/** Makes the address of the next card to ask for. */
type NextCard = (asked: Asked) => string;

/**
 * What cards are asked for. `now` and `past`: a regency at random, with its province and country, at the newest instant
 * or at that of a release at random. `revised`: the regions whose figures every release replaced, at such a past instant.
 */
export const QUESTIONS = ['now', 'past', 'revised'] as const;
export type Question = (typeof QUESTIONS)[number];
export type Latencies = Readonly<Record<Question, Latency>>;

/**
 * The same number of cards of each question from each gateway in turn, one at a time, after a tenth as many to warm up.
 * In turn, because a machine is not equally fast all the time: only what is measured together can be compared.
 */
export async function measure(
  asked: readonly Asked[],
  regencies: readonly string[],
  requests: number,
): Promise<Latencies[]> {
  const random = randomNumbers();
  const pick = <T>(list: readonly T[]): T => {
    const one = list[Math.floor(random() * list.length)];
    if (one === undefined) throw new Error('there is nothing to pick from');
    return one;
  };
  const next: Readonly<Record<Question, NextCard>> = {
    now: ({ url }) => cardUrl(url, cardOf(pick(regencies))),
    past: ({ url, instants }) => cardUrl(url, cardOf(pick(regencies)), pick(instants)),
    revised: ({ url, instants }) => cardUrl(url, REVISED, pick(instants)),
  };
  const times = asked.map(() => ({ now: [], past: [], revised: [] }) as Record<Question, number[]>);
  for (let request = -requests / 10; request < requests; request += 1) {
    for (const question of QUESTIONS)
      for (const [index, one] of asked.entries()) {
        const ms = await timeOf(next[question](one));
        if (request >= 0) times[index]?.[question].push(ms);
      }
  }
  return times.map(({ now, past, revised }) => ({
    now: latencyOf(now),
    past: latencyOf(past),
    revised: latencyOf(revised),
  }));
}

/** A regency with its province and country. */
export function cardOf(regency: string): string[] {
  return [regency, regency.slice(0, 2), '00'];
}

async function timeOf(url: string): Promise<number> {
  const startedAt = performance.now();
  const response = await fetch(url);
  const text = await response.text();
  const ms = performance.now() - startedAt;
  if (!response.ok || text.includes('"errors"')) throw new Error(`${url} answered ${response.status}: ${text}`);
  return ms;
}

function latencyOf(times: readonly number[]): Latency {
  const sorted = [...times].sort((left, right) => left - right);
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99) };
}

/** Numbers from 0 to 1 that are the same in every run, by a multiplier known to fill the range (MINSTD). */
function randomNumbers(): () => number {
  let state = 20_240_101;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
