import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Edition } from './edition.js';

/** An answer as it is sent. */
export interface Answer {
  readonly status: number;
  readonly body: string;
  /** Weak, since every encoding of the answer shares it. */
  readonly etag: string;
  /** False for an answer with errors: it is not kept, here or outside. */
  readonly isWhole: boolean;
  /** For how long it may be kept; null as long as its edition is the current one, or for ever for a past one. */
  readonly livesMs: number | null;
}

export interface Computed {
  readonly status: number;
  readonly body: string;
  readonly isWhole: boolean;
  /** The subgraphs that the operation's plan calls; null when it was not planned. */
  readonly touched: readonly string[] | null;
  /** Null when every subgraph said at which instant it read. */
  readonly livesMs: number | null;
}

/**
 * Answers are values: of an operation, its variables, the instants of the datasets it touches, the supergraph, the
 * build and the redaction epoch. What was computed once is given to everybody who asks the same; those who ask while
 * it is being computed wait for it.
 */
export interface Answers {
  get(question: string, edition: Edition, compute: () => Promise<Computed>): Promise<Answer>;
}

export interface AnswerOptions {
  readonly maxBytes: number;
  /** What else an answer depends on: the supergraph. A process is one build, and redactions belong to the edition. */
  readonly generation: string;
}

/** How long others may keep an answer of now: see LIFETIMES. */
export const OUTSIDE_MS = 1000;

/** How many operations with their variables we remember the touched subgraphs of. */
const QUESTIONS = 10_000;

export function createAnswers({ maxBytes, generation }: AnswerOptions): Answers {
  const touchedBy = new LRUCache<string, readonly string[]>({ max: QUESTIONS });
  const kept =
    maxBytes > 0
      ? new LRUCache<string, Answer>({
          maxSize: maxBytes,
          sizeCalculation: ({ body }, key) => body.length + key.length + 200,
        })
      : null;
  const running = new Map<string, Promise<Answer>>();

  return {
    async get(question, edition, compute) {
      if (kept === null) return finish(await compute());
      const touched = touchedBy.get(question);
      const key = touched && answerKey(question, edition, touched, generation);
      const known = key && kept.get(key);
      if (known) return known;
      const name = `${kindOf(edition)} ${edition.id} ${question}`;
      const joined = running.get(name);
      if (joined) return joined;
      const work = compute().then((computed) => {
        const answer = finish(computed);
        const ttl = keptMs(answer);
        if (computed.touched && ttl > 0) {
          touchedBy.set(question, computed.touched);
          kept.set(
            answerKey(question, edition, computed.touched, generation),
            answer,
            Number.isFinite(ttl) ? { ttl } : {},
          );
        }
        return answer;
      });
      running.set(name, work);
      return work.finally(() => running.delete(name));
    },
  };
}

/** Everything an answer depends on, as one text. */
export function answerKey(question: string, edition: Edition, touched: readonly string[], generation: string): string {
  return `${generation} ${kindOf(edition)} ${edition.keyOf(touched)} ${question}`;
}

/** Asked for the past, an outside subgraph without one answers with an error; asked for now, it does not. */
function kindOf({ isPinned }: Edition): string {
  return isPinned ? 'pinned' : 'current';
}

/** How long an answer is kept here, so that with the second it may live outside it is not older than it may be. */
function keptMs({ isWhole, livesMs }: Answer): number {
  if (!isWhole) return 0;
  return livesMs === null ? Number.POSITIVE_INFINITY : Math.floor(livesMs - OUTSIDE_MS);
}

function finish({ status, body, isWhole, livesMs }: Computed): Answer {
  const hash = createHash('sha256').update(body).digest('base64url').slice(0, 27);
  return { status, body, isWhole, livesMs, etag: `W/"${hash}"` };
}
