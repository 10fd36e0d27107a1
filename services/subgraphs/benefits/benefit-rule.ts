import { firstDay, lastDay } from '../../kit/period.js';

/** When a rule holds, as precisely as its source says it. */
export interface Validity {
  readonly validFrom: string;
  readonly validTo: string | null; // null while it holds
}

/** True when the rule holds on the day, or on some day of the month or year. */
export function isInForce({ validFrom, validTo }: Validity, on: string): boolean {
  return firstDay(validFrom) <= lastDay(on) && (validTo === null || firstDay(on) <= lastDay(validTo));
}
