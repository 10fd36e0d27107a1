import { setTimeout as delay } from 'node:timers/promises';
import { DATASET, FIGURES, QUERY, roundsInAnswer, roundsInCsv } from './figures.js';

/** Readers that look again and again while others publish. */
export interface Readers {
  /** Ends them; gives how often they saw anything, and each different state that was not one whole round. */
  stop(): Promise<{ readonly looks: number; readonly mixed: readonly string[] }>;
}

const PAUSE_MS = 20;

/** One reader of the API of a host, and one of its CSV. What a host that is killed does not answer is no state. */
export function startReaders(url: string): Readers {
  const mixed = new Set<string>();
  let looks = 0;
  const left = new AbortController();
  const look = async (read: () => Promise<Record<number, number>>) => {
    while (!left.signal.aborted) {
      const rounds = await read().catch(() => null);
      if (rounds !== null) looks += 1;
      if (rounds !== null && !isWhole(rounds)) mixed.add(JSON.stringify(rounds));
      await delay(PAUSE_MS);
    }
  };
  const running = [look(() => askApi(url)), look(() => readCsv(url))];
  return {
    async stop() {
      left.abort();
      await Promise.all(running);
      return { looks, mixed: [...mixed] };
    },
  };
}

/** The rounds in the newest edition, as the API tells it. */
export async function askApi(url: string): Promise<Record<number, number>> {
  const response = await fetch(`${url}/participants/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: QUERY }),
  });
  return roundsInAnswer(((await response.json()) as { data: unknown }).data); // what a GraphQL server sends
}

/** The same as the CSV tells it. */
export async function readCsv(url: string): Promise<Record<number, number>> {
  const response = await fetch(`${url}/data/${DATASET}.csv`, { headers: { 'accept-encoding': 'identity' } });
  return roundsInCsv((await response.text()).split('\n'));
}

function isWhole(rounds: Record<number, number>): boolean {
  const counts = Object.values(rounds);
  return counts.length === 0 || (counts.length === 1 && counts[0] === FIGURES);
}
