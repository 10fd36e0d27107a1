import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Trusted documents by the SHA-256 of their exact text: the operations of the widget and the pages. */
export type Documents = ReadonlyMap<string, string>;

/** Reads every `.graphql` file of a folder. */
export async function readDocuments(folder: string): Promise<Documents> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.graphql'));
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return new Map(texts.map((text) => [documentId(text), text]));
}

export function documentId(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
