/**
 * How long others may keep what they were sent: one second for what is true now, a day for what was true at an instant
 * in the past. Never longer than to the next embargo, never an answer with errors.
 */
export const LIFETIMES = {
  current: 'public, max-age=0, s-maxage=1, must-revalidate',
  pinned: 'public, max-age=86400',
  none: 'no-store',
} as const;
