import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ROOT } from './kit/root.js';

const FILE = join(ROOT, '.data', 'load-token');

/** The token by which the command loads data into the server of this machine; made once, readable by its owner only. */
export async function localLoadToken(): Promise<string> {
  const known = await readLocalLoadToken();
  if (known !== null) return known;
  const token = randomBytes(32).toString('base64url');
  await mkdir(dirname(FILE), { recursive: true });
  await writeFile(FILE, `${token}\n`, { mode: 0o600 });
  return token;
}

/** The same, null where no server has made it. */
export async function readLocalLoadToken(): Promise<string | null> {
  return readFile(FILE, 'utf8').then(
    (text) => text.trim(),
    () => null,
  );
}
