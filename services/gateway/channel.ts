import type { Answer } from './answers.js';
import type { Edition } from './edition.js';
import type { Listener } from './listener.js';
import { isNoNews, type LiveEvent } from './live-event.js';

/** All who listen to one question. */
export interface Channel {
  /** Names it: the same question is the same text. */
  readonly question: string;
  /** Takes a listener, and tells it the answer of this edition. */
  add(listener: Listener, edition: Edition): Promise<void>;
  remove(listener: Listener): void;
  /** How many listen. */
  size(): number;
  /** Answers anew, and tells all where that is news: what answers has changed. */
  renew(edition: Edition): Promise<void>;
  /** Answers anew where the edition has changed what the answer depends on, and tells all. */
  update(edition: Edition): Promise<void>;
}

export interface LiveAnswer {
  readonly event: LiveEvent;
  readonly answer: Answer;
}

/** After how long an answer with errors is asked for again, in milliseconds. */
const AGAIN_MS = 5000;

export function createChannel(question: string, compute: (edition: Edition) => Promise<LiveAnswer>): Channel {
  const listeners = new Set<Listener>();
  let newest: LiveAnswer | null = null;
  let key: string | null = null;
  let again: NodeJS.Timeout | null = null;

  const refresh = async (edition: Edition) => {
    const made = await compute(edition);
    if (again) clearTimeout(again);
    again = made.event.isWhole ? null : setTimeout(() => void refresh(edition).catch(() => {}), AGAIN_MS).unref();
    if (!made.event.isWhole && newest?.event.isWhole) return; // what was good stays until there is better
    if (newest && isNoNews(made.event, newest.event)) return;
    newest = made;
    key = keyOf(made.answer, edition);
    for (const listener of listeners) listener.tell(made.event);
  };

  return {
    question,
    async add(listener, edition) {
      listeners.add(listener);
      if (newest && key === keyOf(newest.answer, edition)) listener.tell(newest.event);
      else await refresh(edition);
    },
    remove(listener) {
      listeners.delete(listener);
      if (listeners.size === 0 && again) clearTimeout(again);
    },
    size: () => listeners.size,
    renew: refresh,
    async update(edition) {
      if (newest === null || key !== keyOf(newest.answer, edition)) await refresh(edition);
    },
  };
}

/** What the answer depends on in an edition; null where that is not known, and it has to be made anew. */
function keyOf({ part }: Answer, edition: Edition): string | null {
  return part && edition.keyOf(part.subgraphs);
}
