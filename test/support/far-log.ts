import type { EditionLog } from '../../services/kit/edition.js';

/** The registry's end for tests that need none of it: it holds no seal and agrees to everything. */
export function noLog(now: number): EditionLog {
  return {
    read: async () => ({ now, seals: [], redactions: 0 }),
    seal: async () => {},
    report: async () => true,
    abandon: async () => true,
    recordRedaction: async () => {},
  };
}
