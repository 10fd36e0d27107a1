/** Runs `npm run build` when a source is newer than the last build. Prints nothing when there is nothing to do. */
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SOURCES = ['services', 'widget', 'schema', 'test/bench', 'tsconfig.json', 'package.json'].map((name) =>
  join(ROOT, name),
);
const BUILT = join(ROOT, 'dist', '.built'); // `npm run build` touches it
const LEFT_OUT = ['node_modules', 'dist'];

const started = new Date();
if (newest(SOURCES) > changed(BUILT)) build();

function build() {
  const { status } = spawnSync('npm', ['run', '--silent', 'build'], { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
  utimesSync(BUILT, started, started); // a source saved during the build counts as newer
}

function newest(paths) {
  return Math.max(0, ...paths.flatMap(listFiles).map(changed));
}

function listFiles(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat?.isDirectory()) return [path];
  const names = readdirSync(path).filter((name) => !LEFT_OUT.includes(name));
  return names.flatMap((name) => listFiles(join(path, name)));
}

/** When the file was last written, in ms; 0 when there is none. */
function changed(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
