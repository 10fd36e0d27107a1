import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A text file of the repository: its path from the root, with forward slashes, and what it says. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const NOT_OURS = /^(node_modules|dist|\.git|\.data)$|\.(log|tsbuildinfo)$/; // made by programs, as .gitignore says
const BINARY = /\.(png|jpe?g|webp|gif|ico|woff2?|sqlite|gz|br)$/;

/** Paths of all files of the repository, or of one folder of it, sorted; none when there is no such folder. */
export function listPaths(folder = ''): string[] {
  const entries = readEntries(folder).filter(({ name }) => !NOT_OURS.test(name));
  const paths = entries.flatMap((entry) => {
    const path = folder ? `${folder}/${entry.name}` : entry.name;
    return entry.isDirectory() ? listPaths(path) : [path];
  });
  return paths.sort();
}

/** The text files among the paths, read. */
export function readSources(paths: readonly string[]): Source[] {
  return paths.filter((path) => !BINARY.test(path)).map((path) => ({ path, text: readText(path) }));
}

/** The text of one file, by its path from the root. */
export function readText(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** True when the repository holds such a file or folder now. */
export function exists(path: string): boolean {
  return existsSync(join(ROOT, path));
}

function readEntries(folder: string) {
  return exists(folder) ? readdirSync(join(ROOT, folder), { withFileTypes: true }) : [];
}
