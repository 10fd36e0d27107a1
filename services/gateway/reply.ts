import { asksFor } from '../kit/etag.js';
import { LIFETIMES } from '../kit/lifetimes.js';
import { type Answer, OUTSIDE_MS, saysStale } from './answers.js';
import type { Edition } from './edition.js';
import type { Encoding, Form } from './negotiate.js';
import { createPacking, LEAST_PACKED } from './packing.js';

/** What is sent for an answer, whole: the same for everybody who takes the same form. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** The tag of exactly these bytes; null for what is not to be kept. */
  readonly etag: string | null;
}

/** Makes the reply of an answer in a form. One that nobody can ask for again under a condition, as after POST, has no tag. */
export async function replyOf(answer: Answer, edition: Edition, form: Form, isTagged = true): Promise<Reply> {
  const lifetime = lifetimeOf(answer, edition);
  if (lifetime === LIFETIMES.none) return unkept(answer, edition, form);
  const encoding = encodingFor(answer, form);
  const body = await answer.packing.pack(encoding);
  const etag = isTagged ? tagOf(answer, { ...form, encoding }) : null;
  const headers = {
    'cache-control': lifetime,
    'cache-tag': tagsOf(answer),
    ...commonHeaders(form, encoding, body),
    ...(etag === null ? {} : { etag }),
  };
  return { status: statusOf(answer, form), headers, body, etag };
}

/** What is sent instead to who has these bytes already. */
export function unchanged({ headers, etag }: Reply, condition: string | undefined): Reply | null {
  if (etag === null || condition === undefined || !asksFor(condition, etag)) return null;
  const { 'content-type': _type, 'content-length': _length, 'content-encoding': _encoding, ...rest } = headers;
  return { status: 304, headers: rest, body: Buffer.alloc(0), etag };
}

async function unkept(answer: Answer, edition: Edition, form: Form): Promise<Reply> {
  const packing = edition.isStale ? createPacking(saysStale(answer.body)) : answer.packing;
  const encoding = encodingFor(answer, form);
  const body = await packing.pack(encoding);
  const headers = { 'cache-control': LIFETIMES.none, ...commonHeaders(form, encoding, body) };
  return { status: statusOf(answer, form), headers, body, etag: null };
}

function commonHeaders({ type }: Form, encoding: Encoding, body: Buffer): Record<string, string> {
  return {
    'content-type': `${type}; charset=utf-8`,
    'content-length': String(body.length),
    ...(encoding === 'identity' ? {} : { 'content-encoding': encoding }),
    vary: 'Accept, Accept-Encoding',
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
  };
}

function encodingFor({ body }: Answer, { encoding }: Form): Encoding {
  return body.length < LEAST_PACKED ? 'identity' : encoding;
}

/** Bytes that differ have tags that differ: in how they are packed, and in what type they are said to be. */
function tagOf({ hash }: Answer, { type, encoding }: Form): string {
  const packed = encoding === 'identity' ? '' : `-${encoding}`;
  return `"${hash()}${type === 'application/json' ? '' : '-g'}${packed}"`;
}

/** Names by which caches outside can be told to drop answers: all, and those that a subgraph has a part in. */
function tagsOf({ part }: Answer): string {
  return ['cakupan', ...(part?.subgraphs ?? []).map((name) => `cakupan-${name}`)].join(',');
}

/** A request that was well-formed and cannot be answered is 200 in JSON, as clients have always read it. */
function statusOf({ status }: Answer, { type }: Form): number {
  return status === 400 && type === 'application/json' ? 200 : status;
}

/** The same for every answer of its kind, whatever is sealed ahead: a lifetime that shrinks would give an embargo away. */
export function lifetimeOf(
  { isWhole, livesMs }: Pick<Answer, 'isWhole' | 'livesMs'>,
  { isPinned, isStale }: Edition,
): string {
  if (!isWhole || isStale || (livesMs !== null && livesMs < OUTSIDE_MS)) return LIFETIMES.none;
  return LIFETIMES[isPinned ? 'pinned' : 'current'];
}
