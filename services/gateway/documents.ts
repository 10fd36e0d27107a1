import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LRUCache } from 'lru-cache';
import { RequestError } from '../kit/errors.js';

/** The documents that can be asked for by the SHA-256 of their text. */
export interface Documents {
  /** Those of ours: the operations of the widget and the pages. */
  readonly trusted: ReadonlySet<string>;
  /** The text with this id: one of ours, or one that somebody sent with its id before. */
  find(id: string): string | undefined;
  /** Keeps a text that was sent with its id. Throws BAD_REQUEST where the id is another's. */
  keep(id: string, text: string): void;
}

/** How many bytes of other people's documents are kept. */
const MOST_BYTES = 4_000_000;

/** Every `.graphql` file of a folder, and room for others that are sent. */
export async function readDocuments(folder: string): Promise<Documents> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.graphql'));
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  const ours = new Map(texts.map((text) => [documentId(text), text]));
  const others = new LRUCache<string, string>({ maxSize: MOST_BYTES, sizeCalculation: ({ length }) => length + 64 });
  return {
    trusted: new Set(texts),
    find: (id) => ours.get(id) ?? others.get(id),
    keep(id, text) {
      if (documentId(text) !== id)
        throw new RequestError(
          'BAD_REQUEST',
          'persistedQuery.sha256Hash is not the SHA-256 of the query that came with it.',
        );
      if (!ours.has(id)) others.set(id, text);
    },
  };
}

export function documentId(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
