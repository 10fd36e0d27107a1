import type { KnownRelease } from '../../kit/release-facts.js';
import { CommandFailure, EXIT } from './exit.js';
import { changesText } from './list.js';
import { readRelease, type Session } from './session.js';
import type { CommonOptions } from './terminal.js';

export interface WithdrawOptions extends CommonOptions {
  readonly reason: string;
}

export interface RedactOptions extends CommonOptions {
  readonly key: readonly string[];
  readonly reason: string;
  readonly yes?: boolean;
}

/** `data withdraw`: a draft that empties what a release said, for another person to approve. */
export async function withdraw(session: Session<WithdrawOptions>, id: string): Promise<void> {
  const { reason } = session.options;
  session.progress.waiting(`withdrawing ${id}`);
  const answer = await session.server.post<{ release: KnownRelease }>(`${readRelease(id).path}/withdraw`, { reason });
  const { release } = answer;
  session.answer(answer, () => [
    `${release.id} ${release.status}, ${changesText(release).en}`,
    `Another person approves it: data approve ${release.id}`,
  ]);
}

/** `data redact`: empties one figure at every as-of, at once. It is the one verb that nothing takes back, so it is said twice. */
export async function redact(session: Session<RedactOptions>, dataset: string): Promise<void> {
  const { key, reason, yes } = session.options;
  const body = { key: Object.fromEntries(key.map(readCell)), reason };
  if (!yes) throw new CommandFailure(unsure(dataset, key), EXIT.USAGE);
  const answer = await session.server.post<{ redaction: { id: number; rowKey: unknown[]; redactedAt: string } }>(
    `${encodeURIComponent(dataset)}/redactions`,
    body,
  );
  const { id, rowKey, redactedAt } = answer.redaction;
  session.answer(answer, () => [`${dataset} ${rowKey.join(' ')} is redacted at every as-of (${id}, ${redactedAt})`]);
}

function unsure(dataset: string, key: readonly string[]): string {
  return `The figure of ${dataset} with ${key.join(' ')} would be emptied at every as-of, in the database too, and never come back: look at the cells, then give the command again with --yes`;
}

function readCell(text: string): [string, string] {
  const at = text.indexOf('=');
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)];
  throw new CommandFailure(`"${text}" names no cell: write --key region_code=19.03`, EXIT.USAGE);
}
