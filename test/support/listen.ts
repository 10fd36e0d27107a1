import { setTimeout as delay } from 'node:timers/promises';
import type { Result } from './world.js';

/** An event of a live query, as a client reads it. */
export interface ReadEvent {
  readonly id: string | null;
  readonly data: Result;
}

/** A client of `/live`. */
export interface Listening {
  readonly status: number;
  /** All events so far. */
  events(): readonly ReadEvent[];
  /** Waits until there are so many; throws when they do not come. */
  until(count: number, patienceMs?: number): Promise<readonly ReadEvent[]>;
  /** True once the server has ended it. */
  hasEnded(): boolean;
  /** All that came, as text. */
  text(): string;
  stop(): void;
}

/** Listens with the parameters of a GET of `/graphql`. */
export async function listen(
  origin: string,
  parameters: Readonly<Record<string, string>>,
  lastEventId?: string,
): Promise<Listening> {
  const abort = new AbortController();
  const response = await fetch(`${origin}/live?${new URLSearchParams(parameters)}`, {
    signal: abort.signal,
    headers: lastEventId === undefined ? {} : { 'last-event-id': lastEventId },
  });
  let text = '';
  let isEnded = false;
  void (async () => {
    const decoder = new TextDecoder();
    for await (const piece of response.body ?? []) text += decoder.decode(piece as Uint8Array, { stream: true }); // bytes
  })()
    .catch(() => {})
    .finally(() => {
      isEnded = true;
    });
  const events = () => readEvents(text);
  return {
    status: response.status,
    events,
    text: () => text,
    hasEnded: () => isEnded,
    async until(count, patienceMs = 15_000) {
      for (const end = Date.now() + patienceMs; Date.now() < end; await delay(10))
        if (events().length >= count) return events();
      throw new Error(`${events().length} events came instead of ${count}: ${text}`);
    },
    stop: () => abort.abort(),
  };
}

function readEvents(text: string): ReadEvent[] {
  return text
    .split('\n\n')
    .slice(0, -1)
    .flatMap((block) => {
      const data = /^data: (.*)$/m.exec(block)?.[1];
      return data === undefined
        ? []
        : [{ id: /^id: (.*)$/m.exec(block)?.[1] ?? null, data: JSON.parse(data) as Result }]; // an answer of ours
    });
}
