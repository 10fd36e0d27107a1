import { readFile, stat } from 'node:fs/promises';
import { errorText } from '../kit/errors.js';
import type { Log } from '../kit/log.js';
import { type Repeating, repeat } from '../kit/repeat.js';
import { type Supergraph, supergraphOf } from './supergraph.js';

/** How often the file is looked at. */
const EVERY_MS = 1000;

export async function readSupergraph(path: string): Promise<Supergraph> {
  return supergraphOf(await readFile(path, 'utf8'));
}

/** Has a gateway take what the file says anew; one that cannot be used is told in the log, once, and the one before goes on. */
export function followSupergraph(
  path: string,
  first: Supergraph,
  swap: (next: Supergraph) => Promise<void>,
  log: Log,
): Repeating {
  let seen: string | null = null;
  let newest = first.id;

  const look = async () => {
    const { mtimeMs, size } = await stat(path);
    const now = `${mtimeMs} ${size}`;
    if (now === seen) return;
    seen = now;
    const next = await readSupergraph(path);
    if (next.id === newest) return;
    newest = next.id;
    await swap(next);
  };

  const lookOrTell = () =>
    look().catch((error: unknown) => log('error', 'supergraph.refused', { cause: errorText(error) }));
  return repeat(lookOrTell, EVERY_MS);
}
