import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Edition } from './edition.js';
import type { Part } from './executor/part.js';
import type { Explanation } from './explain.js';
import { createPacking, type Packing } from './packing.js';

/** An answer, kept or to be kept. */
export interface Answer {
  /** 400 for a request that cannot be answered at all. */
  readonly status: number;
  /** JSON. */
  readonly body: Buffer;
  /** The same, packed in several ways. */
  readonly packing: Packing;
  /** Names the body and no other; worked out when it is first asked for. */
  hash(): string;
  /** False for an answer with errors: it is not kept, here or outside. */
  readonly isWhole: boolean;
  /** Null where the operation was not planned. */
  readonly part: Part | null;
  /** For how long it may be kept; null as long as its edition is the current one, or for ever for a past one. */
  readonly livesMs: number | null;
}

export interface Computed extends Pick<Answer, 'status' | 'body' | 'isWhole' | 'part' | 'livesMs'> {
  /** True when a subgraph was down, so that an older answer may be better than this one. */
  readonly isBroken: boolean;
  /** Where the question asks for it. */
  readonly explanation?: Explanation;
}

/** What is asked. */
export interface Asked {
  /** The same operation with the same variables is the same text. */
  readonly key: string;
  /** Null where it is not known before it is computed. */
  readonly part: Part | null;
  /** True for a document of ours: where a subgraph is down it gets the last good answer, marked as stale. */
  readonly isTrusted: boolean;
}

/**
 * Answers are values: of an operation, its variables, the instants of the datasets it touches, the part of the supergraph
 * it uses, the build and the redaction epoch. What was computed once is given to everybody who asks the same; those who
 * ask while it is being computed wait for it.
 */
export interface Answers {
  /** False where every answer is computed anew. */
  readonly isKeeping: boolean;
  /** One that is kept already. */
  find(asked: Asked, edition: Edition): Answer | undefined;
  /** Whether one is; nothing is counted, and it is not kept longer for it. */
  isKept(asked: Asked, edition: Edition): boolean;
  get(asked: Asked, edition: Edition, compute: () => Promise<Computed>): Promise<Answer>;
  /** The same for one that was not found: whoever else asks for it now waits for this one. */
  make(asked: Asked, edition: Edition, compute: () => Promise<Computed>): Promise<Answer>;
  tally(): AnswersTally;
}

/** What came of looking for kept answers, and what is kept now. */
export interface AnswersTally {
  readonly hits: number;
  readonly joins: number;
  readonly misses: number;
  readonly entries: number;
  /** About, as they are bounded. */
  readonly bytes: number;
}

/** How long others may keep an answer of now: see LIFETIMES. */
export const OUTSIDE_MS = 1000;

/**
 * Keeps at most so many bytes; nothing for 0. `isShared` is false where each of those who ask the same at once gets an
 * answer of its own. A process is one build, and redactions belong to the edition.
 */
export function createAnswers(maxBytes: number, isShared = true): Answers {
  const kept = maxBytes > 0 ? createMemory(maxBytes) : null;
  const lastGood = maxBytes > 0 ? createMemory(Math.ceil(maxBytes / 4)) : null;
  const running = new Map<string, Promise<Answer>>();
  let [hits, joins, misses] = [0, 0, 0];

  const find = ({ key, part }: Asked, edition: Edition): Answer | undefined => {
    const found = part === null ? undefined : kept?.get(answerKey(key, edition, part));
    if (found) hits += 1;
    return found;
  };

  const answer = async (asked: Asked, edition: Edition, compute: () => Promise<Computed>): Promise<Answer> => {
    const computed = await compute();
    const made = answerOf(computed);
    const ttl = keptMs(made);
    if (made.part && ttl > 0)
      kept?.set(answerKey(asked.key, edition, made.part), made, Number.isFinite(ttl) ? { ttl } : {});
    if (!asked.isTrusted) return made;
    const name = `${edition.isPinned ? edition.id : `current ${edition.redactions}`} ${asked.key}`;
    if (made.isWhole) lastGood?.set(name, made);
    return (computed.isBroken && staleAnswer(lastGood?.get(name))) || made;
  };

  const make = async (asked: Asked, edition: Edition, compute: () => Promise<Computed>): Promise<Answer> => {
    if (!isShared) return answer(asked, edition, compute);
    const name = `${kindOf(edition)} ${edition.id} ${asked.part?.id} ${asked.key}`;
    const joined = running.get(name);
    if (joined) {
      joins += 1;
      return joined;
    }
    misses += 1;
    const begun = answer(asked, edition, compute);
    running.set(name, begun);
    return begun.finally(() => running.delete(name));
  };

  return {
    isKeeping: kept !== null,
    find,
    isKept: ({ key, part }, edition) => part !== null && kept?.peek(answerKey(key, edition, part)) !== undefined,
    get: async (asked, edition, compute) => find(asked, edition) ?? make(asked, edition, compute),
    make,
    tally: () => ({
      ...{ hits, joins, misses },
      entries: (kept?.size ?? 0) + (lastGood?.size ?? 0),
      bytes: (kept?.calculatedSize ?? 0) + (lastGood?.calculatedSize ?? 0),
    }),
  };
}

/** A kept body takes its bytes, and what they are packed to. */
const COPIES = 2;
const OVERHEAD = 500;

function createMemory(maxBytes: number): LRUCache<string, Answer> {
  return new LRUCache({
    maxSize: maxBytes,
    sizeCalculation: ({ body }, key) => COPIES * body.length + key.length + OVERHEAD,
  });
}

/** Everything an answer depends on, as one text. */
export function answerKey(question: string, edition: Edition, { id, subgraphs }: Part): string {
  return `${id} ${kindOf(edition)} ${edition.keyOf(subgraphs)} ${question}`;
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

/** What was computed, as it is given. */
export function answerOf({ status, body, isWhole, part, livesMs }: Omit<Computed, 'isBroken'>): Answer {
  const packing = createPacking(body);
  let hash: string | null = null;
  return {
    status,
    body,
    packing,
    isWhole,
    part,
    livesMs,
    hash() {
      hash ??= hashOf(body);
      return hash;
    },
  };
}

function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('base64url').slice(0, 27);
}

/** An older answer, marked; it is not to be kept anywhere. */
function staleAnswer(last: Answer | undefined): Answer | null {
  return last ? answerOf({ ...last, body: saysStale(last.body), isWhole: false }) : null;
}

/** The same answer, marked: a newer one may be known elsewhere. */
export function saysStale(body: Buffer): Buffer {
  const answer = JSON.parse(body.toString()) as { readonly extensions?: object }; // the engine made it
  return Buffer.from(`${JSON.stringify({ ...answer, extensions: { ...answer.extensions, stale: true } })}\n`);
}
