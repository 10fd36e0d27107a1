import { SEAL_LEAD_MS, SEAL_REACH_MS } from '../kit/edition.js';
import { RequestError } from '../kit/errors.js';
import type { Instant } from '../kit/period.js';
import type { Decision } from './head.js';

/** Why an instant cannot be sealed any more: readers might not hear of it in time. Null when they will. */
export function whyTooNear(instant: Instant, now: Instant): RequestError | null {
  if (instant >= now + SEAL_LEAD_MS) return null;
  return new RequestError(
    'SEAL_TOO_LATE',
    `${isoOf(instant)} is less than ${SEAL_LEAD_MS} ms ahead: readers might not hear of it in time. Take a later instant.`,
  );
}

/** Why an instant cannot be sealed yet: until it comes it would hold up every other dataset. Null when it is near enough. */
export function whyTooFar(instant: Instant, now: Instant): RequestError | null {
  if (instant <= now + SEAL_REACH_MS) return null;
  return new RequestError(
    'BAD_INSTANT',
    `${isoOf(instant)} is more than an hour after ${isoOf(now)}, the log's time: seal it when it is near, and look at the clock of your machine.`,
  );
}

/** Why an instant cannot be sealed any more: another one is, which is the same or later. Null when none is. */
export function whyPassed(instant: Instant, newest: Instant): RequestError | null {
  if (instant > newest) return null;
  return new RequestError(
    'SEAL_TOO_LATE',
    `${isoOf(instant)} is not after ${isoOf(newest)}, which is sealed. Take a later instant.`,
  );
}

/** The earliest instant that a tie waits for and may still get; null when none waits. Nothing later is sealed before it. */
export async function findAwaited({ tx, now }: Decision): Promise<Instant | null> {
  const [row]: Record<string, unknown>[] = await tx.query(
    "SELECT MIN(instant) AS instant FROM edition_tie WHERE state = 'OPEN' AND instant >= ?",
    [now + SEAL_LEAD_MS],
  );
  return row?.instant === null || row?.instant === undefined ? null : Number(row.instant);
}

/** An instant as people and messages write it. */
export function isoOf(instant: Instant): string {
  return new Date(instant).toISOString();
}
