import type { Answer } from './answers.js';
import type { Edition } from './edition.js';
import { newestInstant } from './edition-time.js';

/** Where a live answer stands: what is later has a greater instant, or more redactions; what differs has another hash. */
export interface Standing {
  readonly instant: number;
  readonly redactions: number;
  readonly hash: string;
}

/** An answer as a server-sent event, made once for all who listen. */
export interface LiveEvent extends Standing {
  readonly bytes: Buffer;
  /** False for an answer with errors. */
  readonly isWhole: boolean;
}

export function eventOf({ body, hash: hashOf, part, isWhole }: Answer, edition: Edition): LiveEvent {
  const instant = newestInstant(edition, part?.subgraphs ?? []);
  const hash = hashOf();
  const standing = { instant, redactions: edition.redactions, hash };
  const id = isWhole ? `id: ${instant}.${edition.redactions}.${hash}\n` : ''; // who resumes after errors gets it anew
  return { isWhole, ...standing, bytes: Buffer.from(`${id}data: ${body.toString().trimEnd()}\n\n`) };
}

/** What a client had last; null for one that had nothing, or says what is none of ours. */
export function readLastEvent(id: string | readonly string[] | undefined): Standing | null {
  const [, instant, redactions, hash] = /^(\d{1,16})\.(\d{1,9})\.([\w-]{1,64})$/.exec(String(id ?? '')) ?? [];
  if (instant === undefined || redactions === undefined || hash === undefined) return null;
  return { instant: Number(instant), redactions: Number(redactions), hash };
}

/** True where the first is no step forward from the second: it is older, or the same. */
export function isNoNews(next: Standing, last: Standing | null): boolean {
  if (last === null) return false;
  if (next.instant < last.instant || next.redactions < last.redactions) return true;
  return next.instant === last.instant && next.redactions === last.redactions && next.hash === last.hash;
}
