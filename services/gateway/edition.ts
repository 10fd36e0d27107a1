import type { EditionLog, SealedSeal } from '../kit/edition.js';
import { errorText } from '../kit/errors.js';
import type { Log } from '../kit/log.js';
import { type Instant, readAsOf } from '../kit/period.js';

/** One state of all data: which instant each dataset is read at. Picked once for a request and never changed in it. */
export interface Edition {
  /** True when the caller asked for a past instant; its answer does not change any more. */
  readonly isPinned: boolean;
  /** The instants of all datasets as one text. */
  readonly id: string;
  /** The instant to send to a subgraph: the newest of its own datasets; of all for a subgraph without datasets. */
  instantOf(subgraph: string): Instant;
  /** What an answer that touched these subgraphs depends on: the instant of each of their datasets. */
  keyOf(subgraphs: readonly string[]): string;
}

/** Follows the edition log, and picks. */
export interface Editions {
  /** The edition for a caller's `asOf`; the current one for null. Throws BAD_AS_OF or AS_OF_IN_FUTURE. */
  pick(asOf: string | null): Edition;
  /** Reads what is new in the log. */
  poll(): Promise<void>;
  /** True once the log has been read. */
  isReady(): boolean;
  stop(): void;
}

const POLL_MS = 1000;

/** Reads the log once, then each second. A failing read is logged once and tried again. */
export async function followEditions(log: EditionLog, clock: () => Instant, writeLog: Log): Promise<Editions> {
  const history = createHistory();
  let isReady = false;
  let isFailing = false;
  const poll = async () => {
    try {
      history.add((await log.read(history.revision())).seals);
      isReady = true;
      isFailing = false;
    } catch (error) {
      if (!isFailing) writeLog('warn', 'edition.log.unreachable', { cause: errorText(error) });
      isFailing = true;
    }
  };
  await poll();
  const timer = repeat(poll, POLL_MS);
  const current = currentEdition(history, clock);
  return {
    pick(asOf) {
      const now = clock();
      const instant = asOf === null ? now : readAsOf(asOf, now);
      return instant === now ? current() : editionAt(history, instant, true);
    },
    poll,
    isReady: () => isReady,
    stop: () => timer.stop(),
  };
}

interface History {
  add(seals: readonly SealedSeal[]): void;
  revision(): number;
  /** Sealed instants of each dataset, ascending, with the subgraph that owns it. */
  datasets(): Iterable<readonly [string, DatasetHistory]>;
}

interface DatasetHistory {
  readonly subgraph: string;
  readonly instants: readonly Instant[];
}

function createHistory(): History {
  const datasets = new Map<string, DatasetHistory>();
  let revision = 0;
  return {
    add(seals) {
      for (const { dataset, subgraph, instant, revision: sealed } of seals) {
        const instants = [...(datasets.get(dataset)?.instants ?? []), instant].sort((left, right) => left - right);
        datasets.set(dataset, { subgraph, instants });
        revision = Math.max(revision, sealed);
      }
    },
    revision: () => revision,
    datasets: () => datasets,
  };
}

/** The edition of now, made anew only when the log has grown or an instant has come. */
function currentEdition(history: History, clock: () => Instant): () => Edition {
  let made: { readonly edition: Edition; readonly revision: number; readonly until: Instant } | null = null;
  return () => {
    const now = clock();
    if (made === null || made.revision !== history.revision() || now >= made.until) {
      made = {
        edition: editionAt(history, now, false),
        revision: history.revision(),
        until: nextInstant(history, now),
      };
    }
    return made.edition;
  };
}

function editionAt(history: History, at: Instant, isPinned: boolean): Edition {
  const instants = new Map<string, Instant>();
  const ofSubgraph = new Map<string, string[]>();
  for (const [dataset, { subgraph, instants: sealed }] of history.datasets()) {
    const newest = sealed.findLast((instant) => instant <= at);
    ofSubgraph.set(
      subgraph,
      [...(ofSubgraph.get(subgraph) ?? []), `${dataset}@${newest ?? `before ${sealed[0]}`}`].sort(),
    );
    if (newest !== undefined) instants.set(subgraph, Math.max(newest, instants.get(subgraph) ?? 0));
  }
  const newestOfAll = Math.max(0, ...instants.values());
  const everything = [...ofSubgraph.values()].flat().sort();
  return {
    isPinned,
    id: everything.join(' '),
    instantOf: (subgraph) => (ofSubgraph.has(subgraph) ? (instants.get(subgraph) ?? 0) : newestOfAll),
    keyOf: (subgraphs) => subgraphs.flatMap((subgraph) => ofSubgraph.get(subgraph) ?? everything).join(' '),
  };
}

function nextInstant(history: History, now: Instant): Instant {
  const later = [...history.datasets()].flatMap(([, { instants }]) => instants.find((instant) => instant > now) ?? []);
  return Math.min(Number.MAX_SAFE_INTEGER, ...later);
}

/** Runs the work again a while after it has ended, so that runs never overlap. */
function repeat(work: () => Promise<void>, everyMs: number): { stop(): void } {
  let timer: NodeJS.Timeout;
  let isStopped = false;
  const next = () => {
    timer = setTimeout(async () => {
      await work();
      if (!isStopped) next();
    }, everyMs);
    timer.unref();
  };
  next();
  return {
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
