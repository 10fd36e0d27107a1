import type { EditionLog } from '../kit/edition.js';
import { errorText } from '../kit/errors.js';
import type { Log } from '../kit/log.js';
import { clockWarning, createLogClock } from '../kit/log-clock.js';
import { type Instant, readAsOf } from '../kit/period.js';
import { repeat } from '../kit/repeat.js';
import { createHistory, type History } from './history.js';

/** One state of all data: which instant each dataset is read at. Picked once for a request and never changed in it. */
export interface Edition {
  /** True when the caller asked for a past instant; its answer does not change any more. */
  readonly isPinned: boolean;
  /** True when the log was not heard for so long that a newer edition, or a redaction, may be unknown here. */
  readonly isStale: boolean;
  /** How many redactions are known: a subgraph that remembers rows from before the last one reads them anew. */
  readonly redactions: number;
  /** The instants of all datasets, and how many redactions are known, as one text. */
  readonly id: string;
  /** The instant to send to a subgraph: the newest of its own datasets; of all for a subgraph without datasets. */
  instantOf(subgraph: string): Instant;
  /** What an answer that touched these subgraphs depends on: the instant of each of their datasets, and the redactions. */
  keyOf(subgraphs: readonly string[]): string;
}

/** Follows the edition log, and picks. */
export interface Editions {
  /** The edition for a caller's `asOf`; the current one for null. Throws BAD_AS_OF or AS_OF_IN_FUTURE. */
  pick(asOf: string | null): Edition;
  /** The current edition: the same object until another is current. Null while that is not sure. */
  current(): Edition | null;
  /** Tells when another edition is current, as soon as its instant has come; gives what ends it. */
  onChange(tell: () => void): () => void;
  /** Reads what is new in the log. */
  poll(): Promise<void>;
  /** True once the log has been read: before that there is nothing to answer with. */
  isReady(): boolean;
  health(): Health;
  /** Where the gateway stands, for those who watch it. Of what is sealed ahead it tells nothing. */
  standing(): Standing;
  stop(): void;
}

/** What an operator should know. */
export interface Health {
  /** Why others should be asked instead; null when there is no reason. */
  readonly problem: string | null;
  readonly warnings: readonly string[];
}

export interface Standing {
  /** The newest instant of the current edition; 0 where there is none. */
  readonly instant: Instant;
  /** How many instants have come. */
  readonly sequence: number;
  /** How long ago the log was heard; infinite before the first time. */
  readonly ageMs: number;
}

/** The clocks of this machine: the one that is set, and one that only counts milliseconds. */
export interface Clocks {
  readonly clock: () => Instant;
  readonly elapsed?: (() => number) | undefined;
}

/** How often the log is read, and by what share more or less, so that gateways do not all ask at once. */
const POLL_MS = 1000;
const JITTER = 0.2;

/** How long after the log was heard last an answer may be called current. Less than the lead of a seal: until then nothing unknown is due. */
const LEASE_MS = 3000;

/** Reads the log once, then each second. A failing read is logged once and tried again. */
export async function followEditions(log: EditionLog, { clock, elapsed }: Clocks, writeLog: Log): Promise<Editions> {
  const history = createHistory();
  const time = createLogClock(clock, elapsed);
  let isFailing = false;
  const poll = async () => {
    const askedAt = time.asking();
    try {
      const page = await log.read(history.revision());
      history.add(page);
      time.hear(page.now, askedAt);
      isFailing = false;
    } catch (error) {
      if (!isFailing) writeLog('warn', 'edition.log.unreachable', { cause: errorText(error) });
      isFailing = true;
    }
  };
  await poll();
  const current = currentEdition(history);
  const isReady = () => Number.isFinite(time.age());
  const isStale = () => time.age() > LEASE_MS;
  const watch = watchEditions(() => (isReady() && !isStale() ? current(time.now()) : null), history, time.now);
  const timer = repeat(() => poll().then(watch.look), POLL_MS, JITTER);
  return {
    pick(asOf) {
      const now = time.now();
      const instant = asOf === null ? now : readAsOf(asOf, now);
      const edition = instant === now ? current(now) : editionAt(history, instant, now);
      return isStale() ? { ...edition, isStale: true } : edition;
    },
    current: () => (isReady() && !isStale() ? current(time.now()) : null),
    onChange: watch.add,
    async poll() {
      await poll();
      watch.look();
    },
    isReady,
    health() {
      if (!isReady()) return { problem: 'the edition log has not been read yet', warnings: [] };
      const stale = isStale() ? [`the edition log was last heard ${(time.age() / 1000).toFixed(1)} s ago`] : [];
      return { problem: clockWarning(time.offset()), warnings: stale };
    },
    standing() {
      const now = time.now();
      const all = new Set([...history.datasets()].flatMap(([, { instants }]) => instants));
      const come = [...all].filter((instant) => instant <= now);
      return { instant: Math.max(0, ...come), sequence: come.length, ageMs: time.age() };
    },
    stop() {
      watch.stop();
      void timer.stop();
    },
  };
}

/** The longest a timer waits: a longer one is only a hint, and looks again. */
const LONGEST_WAIT_MS = 3_600_000;

/** Notices that another edition is current: after each poll, and at the next instant that is known. */
function watchEditions(current: () => Edition | null, history: History, now: () => Instant) {
  const tells = new Set<() => void>();
  let seen = current();
  let timer: NodeJS.Timeout | null = null;
  const look = () => {
    if (timer) clearTimeout(timer);
    const wait = Math.min(LONGEST_WAIT_MS, Math.max(0, history.nextInstant(now()) - now()));
    timer = setTimeout(look, wait).unref();
    const edition = current();
    if (edition === null || edition === seen) return;
    seen = edition;
    for (const tell of tells) tell();
  };
  look();
  return {
    look,
    add(tell: () => void) {
      tells.add(tell);
      return () => void tells.delete(tell);
    },
    stop() {
      if (timer) clearTimeout(timer);
    },
  };
}

/** The edition of now, made anew only when the log has told something or an instant has come. */
function currentEdition(history: History): (now: Instant) => Edition {
  let made: { readonly edition: Edition; readonly revision: number; readonly until: Instant } | null = null;
  return (now) => {
    const [revision, redactions] = [history.revision(), history.redactions()];
    const isKnown = made?.revision === revision && made.edition.redactions === redactions && now < made.until;
    if (made === null || !isKnown)
      made = { edition: editionAt(history, now, now), revision, until: history.nextInstant(now) };
    return made.edition;
  };
}

/** The edition at an instant, from what is due now: nothing about what is sealed ahead is in it. */
function editionAt(history: History, at: Instant, now: Instant): Edition {
  const instants = new Map<string, Instant>();
  const ofSubgraph = new Map<string, string[]>();
  for (const [dataset, { subgraph, instants: sealed }] of history.datasets()) {
    const [first = now] = sealed;
    if (first > now) continue; // not born yet, for all that readers know
    const newest = sealed.findLast((instant) => instant <= at);
    ofSubgraph.set(subgraph, [...(ofSubgraph.get(subgraph) ?? []), `${dataset}@${newest ?? `before ${first}`}`].sort());
    if (newest !== undefined) instants.set(subgraph, Math.max(newest, instants.get(subgraph) ?? 0));
  }
  const newestOfAll = Math.max(0, ...instants.values());
  const everything = [...ofSubgraph.values()].flat().sort();
  const redactions = `redactions:${history.redactions()}`;
  return {
    isPinned: at < now,
    isStale: false,
    redactions: history.redactions(),
    id: [redactions, ...everything].join(' '),
    instantOf: (subgraph) => (ofSubgraph.has(subgraph) ? (instants.get(subgraph) ?? 0) : newestOfAll),
    keyOf: (subgraphs) =>
      [redactions, ...subgraphs.flatMap((subgraph) => ofSubgraph.get(subgraph) ?? everything)].join(' '),
  };
}
