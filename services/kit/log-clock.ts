import { type EditionLog, MOST_OFFSET_MS } from './edition.js';
import type { Instant } from './period.js';
import { repeat } from './repeat.js';

/**
 * The clock of the edition log as this process knows it. Time since the log was heard is measured by a clock that nobody
 * sets, so that neither a wrong clock of this machine nor one that is set makes anything appear early.
 */
export interface LogClock {
  /** What `elapsed` says now: to be noted before the log is asked. */
  asking(): number;
  /** Takes the log's time from an answer to a question that was asked then. */
  hear(now: Instant, askedAt: number): void;
  /**
   * The log's time at the earliest it can be: what it said, and what has passed since the answer came. Never goes back.
   * Before the log was heard it is the clock of this machine.
   */
  now(): Instant;
  /** Milliseconds since the question was asked whose answer was heard last; infinite before the first. */
  age(): number;
  /** By how much the clock of this machine is behind the log's at the least, in milliseconds; negative when it is ahead; 0 when both may be right. */
  offset(): number;
}

interface Heard {
  readonly now: Instant;
  readonly askedAt: number;
  readonly answeredAt: number;
  readonly offset: number;
}

/** `clock` is that of this machine; `elapsed` counts milliseconds from anywhere, and is never set. */
export function createLogClock(clock: () => Instant, elapsed: () => number = () => performance.now()): LogClock {
  let heard: Heard | null = null;
  let latest = Number.NEGATIVE_INFINITY;
  return {
    asking: elapsed,
    hear(now, askedAt) {
      const answeredAt = elapsed();
      heard = { now, askedAt, answeredAt, offset: offsetBetween(now, clock(), answeredAt - askedAt) };
    },
    now() {
      const now = heard === null ? clock() : heard.now + Math.floor(elapsed() - heard.answeredAt);
      latest = heard === null ? latest : Math.max(latest, now);
      return heard === null ? now : latest;
    },
    age: () => (heard === null ? Number.POSITIVE_INFINITY : elapsed() - heard.askedAt),
    offset: () => heard?.offset ?? 0,
  };
}

/** The log's time lies between what it said and that plus the round trip. */
function offsetBetween(said: Instant, own: Instant, roundTrip: number): number {
  const [least, most] = [said - own, said + roundTrip - own];
  if (least > 0) return least;
  return Math.min(most, 0);
}

/** The log's time for a host, which asks for nothing else of the log each second. */
export interface FollowedClock {
  /**
   * The log's time, as LogClock has it. Until the log was heard it is a minute before the clock of this machine, which
   * may be off: better that the newest edition is refused for a minute than that one is given early.
   */
  now(): Instant;
  /** Milliseconds since the log was heard; infinite before. */
  age(): number;
  /** Hears the log at once; throws when it does not answer. */
  hear(): Promise<void>;
  /** What an operator should know of the clocks; nothing when all is well. */
  warnings(): readonly string[];
  stop(): Promise<void>;
}

/** Hears the log each second. A log that is away is asked again: its time goes on without it. */
export function followLogClock(log: EditionLog, clock: () => Instant, elapsed?: () => number): FollowedClock {
  const time = createLogClock(clock, elapsed);
  const hear = async () => {
    const askedAt = time.asking();
    const { now } = await log.read(Number.MAX_SAFE_INTEGER);
    time.hear(now, askedAt);
  };
  const repeating = repeat(() => hear().catch(() => {}), FOLLOW_MS, JITTER);
  return {
    now: () => (Number.isFinite(time.age()) ? time.now() : clock() - UNHEARD_MS),
    age: () => time.age(),
    hear,
    warnings() {
      const silent = time.age() > SILENT_MS ? ['the edition log has not been heard for a minute'] : [];
      return [clockWarning(time.offset()) ?? [], silent].flat();
    },
    stop: () => repeating.stop(),
  };
}

const FOLLOW_MS = 1000;
const JITTER = 0.2;
const SILENT_MS = 60_000;
const UNHEARD_MS = 60_000;

/** What to tell the operator of a clock that is off from the log's; null when it is right. */
export function clockWarning(offset: number): string | null {
  if (Math.abs(offset) <= MOST_OFFSET_MS) return null;
  const seconds = (Math.abs(offset) / 1000).toFixed(1);
  return `the clock of this machine is ${seconds} s ${offset > 0 ? 'behind' : 'ahead of'} the edition log's: set it right`;
}
