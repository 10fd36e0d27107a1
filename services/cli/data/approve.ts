import { setTimeout as delay } from 'node:timers/promises';
import type { KnownRelease } from '../../kit/release-facts.js';
import { CommandFailure, EXIT } from './exit.js';
import { readRelease, type Session } from './session.js';
import type { CommonOptions } from './terminal.js';

export interface ApproveOptions extends CommonOptions {
  readonly at?: string;
  readonly together?: readonly string[];
  readonly wait?: boolean;
}

export interface MoveOptions extends CommonOptions {
  readonly at: string;
}

/** `data approve`: lets drafts out, one alone or several that appear together. */
export async function approve(session: Session<ApproveOptions>, release: string): Promise<void> {
  const { at, together: others = [], wait } = session.options;
  const together = [...new Set([release, ...others])];
  for (const id of together) readRelease(id);
  const approved = new Map<string, KnownRelease>();
  for (const id of together) {
    if (approved.has(id)) continue; // its server has approved it with another
    session.progress.waiting(`approving ${id}`);
    const body = { at, ...(together.length > 1 ? { together } : {}) };
    const { releases } = await session.server.post<{ releases: KnownRelease[] }>(
      `${readRelease(id).path}/approve`,
      body,
    );
    for (const one of releases) approved.set(one.id, one);
  }
  const releases = [...approved.values()];
  const seen = wait ? await Promise.all(releases.map((one) => untilSeen(session, one))) : releases;
  session.answer({ releases: seen }, () => seen.map(lineOf));
}

/** `data move`: another instant for what is scheduled. */
export async function move(session: Session<MoveOptions>, id: string): Promise<void> {
  const { at } = session.options;
  const answer = await session.server.post<{ release: KnownRelease }>(`${readRelease(id).path}/move`, { at });
  session.answer(answer, () => [lineOf(answer.release)]);
}

/** `data cancel`: gives up what is not sealed. */
export async function cancel(session: Session, id: string): Promise<void> {
  const answer = await session.server.post<{ release: KnownRelease }>(`${readRelease(id).path}/cancel`, {});
  session.answer(answer, () => [lineOf(answer.release)]);
}

const AGAIN_MS = 500;
const SELDOM_MS = 30_000;

async function untilSeen(session: Session, { id }: KnownRelease): Promise<KnownRelease> {
  for (;;) {
    const { release } = await session.server.get<{ release: KnownRelease }>(readRelease(id).path);
    if (release.status === 'PUBLISHED' || release.status === 'WITHDRAWN') return release;
    if (release.status === 'FAILED' || release.status === 'CANCELLED')
      throw new CommandFailure(`${id} is ${release.status}: ${release.failure ?? 'it was given up'}`, EXIT.REFUSED);
    session.progress.waiting(`${id} is ${release.status}, seen from ${instantText(release)}`);
    await delay(pauseBefore(release));
  }
}

/** The nearer the instant, the shorter: a server writes down every question that shows a token. */
function pauseBefore({ publishedAt, publishAt }: KnownRelease): number {
  const left = Date.parse(publishedAt ?? publishAt ?? '') - Date.now();
  return Number.isNaN(left) ? AGAIN_MS : Math.min(SELDOM_MS, Math.max(AGAIN_MS, left / 2));
}

function lineOf(release: KnownRelease): string {
  const { id, status } = release;
  return status === 'CANCELLED' ? `${id} CANCELLED` : `${id} ${status}, seen from ${instantText(release)}`;
}

function instantText({ publishedAt, publishAt }: KnownRelease): string {
  return publishedAt ?? publishAt ?? 'as soon as possible';
}
