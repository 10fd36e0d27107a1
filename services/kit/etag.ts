import { createHash } from 'node:crypto';

/** A strong tag over everything that the bytes depend on. */
export function etagOf(...parts: readonly string[]): string {
  return `"${createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 27)}"`;
}

/** True when an If-None-Match condition names this tag; tags are compared weakly, as for every GET. */
export function asksFor(condition: string | undefined, etag: string): boolean {
  const bare = (tag: string) => tag.trim().replace(/^W\//, '');
  return condition?.trim() === '*' || (condition ?? '').split(',').map(bare).includes(bare(etag));
}
