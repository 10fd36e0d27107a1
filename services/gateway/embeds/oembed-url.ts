import type { Query } from './card-request.js';

/** What an address of ours shows. */
export interface Embedded {
  readonly code: string;
  readonly query: Query;
  /** The same, as it is written in an address. */
  readonly search: string;
}

/** Longer than any address we write out. */
const LONGEST = 1000;

/** What the frame and the pictures take; the rest of an address is not carried on. */
const CARRIED = ['view', 'indicator', 'lang', 'theme', 'as-of', 'asOf', 'heading-level', 'compare', 'compact', 'live'];

/** Reads the address of a region or of its frame; null for any other, of this host or elsewhere. */
export function readEmbedded(address: string, base: string): Embedded | null {
  if (address.length > LONGEST || !URL.canParse(address)) return null;
  const [url, ours] = [new URL(address), new URL(base)];
  const isOurs = /^https?:$/.test(url.protocol) && url.host === ours.host && url.username === '' && url.password === '';
  const [, code] = /^\/(?:r|embed)\/([^/]+)$/.exec(isOurs ? withoutBase(url.pathname, ours.pathname) : '') ?? [];
  if (code === undefined) return null;
  const carried = new URLSearchParams([...url.searchParams].filter(([name]) => CARRIED.includes(name)));
  return { code: decoded(code), query: Object.fromEntries(carried), search: carried.toString() };
}

function withoutBase(path: string, base: string): string {
  const start = base.replace(/\/+$/, '');
  return path.startsWith(`${start}/`) ? path.slice(start.length) : '';
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
