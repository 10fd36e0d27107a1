import { createHash, timingSafeEqual } from 'node:crypto';

/** True when the `authorization` header carries this token; never without a token. Takes the same time either way. */
export function bears(authorization: string | undefined, token: string | null): boolean {
  const given = /^Bearer (.+)$/.exec(authorization ?? '')?.[1];
  return token !== null && given !== undefined && timingSafeEqual(digest(given), digest(token));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
