import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, readFile, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { freshFolder } from '../support/databases.js';
import { exists } from '../support/sources.js';

export const run = promisify(execFile);

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const NAME = '@cakupan/coverage-widget';

/** What a site installs beside the package: its dependency, and the frameworks of the pages. */
const BESIDE = ['lit', 'react', 'react-dom', 'vue', 'svelte', '@types/react', '@types/react-dom', 'csstype'];

/** The package as `npm pack` makes it. */
export interface Packed {
  readonly tarball: Buffer;
  /** Its own package.json. */
  readonly manifest: Readonly<Record<string, unknown>>;
  /** Names of the files in it, sorted. */
  readonly files: readonly string[];
  /** Where it is unpacked. */
  readonly folder: string;
  /** A site of its own that has it installed, with the sources of `test/package/site`. Nothing was asked of a network. */
  readonly site: string;
}

export async function packPackage(): Promise<Packed> {
  const site = await freshFolder();
  const folder = join(site, 'node_modules', NAME);
  await mkdir(folder, { recursive: true });
  const options = ['--offline', '--silent', '--ignore-scripts', '--pack-destination', site]; // it is built already
  const { stdout } = await run('npm', ['pack', ...options], { cwd: join(ROOT, 'widget') });
  const tarball = join(site, stdout.trim());
  await run('tar', ['-xzf', tarball, '-C', folder, '--strip-components', '1']);
  await Promise.all(BESIDE.map((name) => install(name, site)));
  await cp(fileURLToPath(new URL('site', import.meta.url)), site, { recursive: true });
  return {
    tarball: await readFile(tarball),
    manifest: JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')),
    files: (await readdir(folder, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
      .sort(),
    folder,
    site,
  };
}

/** Puts what we have installed ourselves into the site: the widget's own version of it, or that of all. */
async function install(name: string, site: string): Promise<void> {
  const place = join(site, 'node_modules', name);
  await mkdir(dirname(place), { recursive: true });
  const ours = [`widget/node_modules/${name}`, `node_modules/${name}`].find(exists);
  if (!ours) throw new Error(`${name} is not installed`);
  await symlink(join(ROOT, ours), place);
}
