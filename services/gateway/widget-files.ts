import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';

export interface WidgetFolders {
  /** What the build made of the widget. */
  readonly built: string;
  /** The version it made, as package.json has it. */
  readonly version: string;
  /** A folder for each version released before, by its name; there may be none. */
  readonly released: string;
}

/** The module of the tag, as a page names it. */
export interface WidgetScript {
  readonly address: string;
  /** Null at the address that moves: what is there changes. */
  readonly integrity: string | null;
}

export type WidgetScripts = Readonly<Record<'moving' | 'fixed', WidgetScript>>;

/** The files of one version, each with the text that a page gives as `integrity`. */
interface Version {
  readonly folder: string;
  readonly files: ReadonlyMap<string, string>;
}

/** The version of the address that moves: whatever is newest of this major version. */
const MOVING = 'v1';
const MODULE = 'coverage-widget.js';
const YEAR = { maxAge: '365d', immutable: true };
const MOMENT = { maxAge: '5m' };

/**
 * Adds `/widget/v1/<file>`, which follows the newest version, `/widget/<version>/<file>`, which never changes, with the
 * hashes of its files at `integrity.json`, and `/widget/versions.json`. A version that was released stays as it was
 * released, whatever is built under its name. Gives where the module is, moving and as the newest version.
 */
export async function addWidgetFiles(app: FastifyInstance, folders: WidgetFolders): Promise<WidgetScripts> {
  const { built, version, released } = folders;
  const newest = await readVersion(built);
  const versions = new Map([[version, newest], ...(await readReleased(released))]);

  /** A browser that kept the module for its minutes asks for views by the names that they had then. */
  const atMoving = (file: string) => [newest, ...versions.values()].find(({ files }) => files.has(file));

  app.get('/widget/versions.json', (_request, reply) => {
    const list = [...versions.keys()].sort((left, right) => right.localeCompare(left, 'en', { numeric: true }));
    const addressed = list.map((name) => ({ version: name, integrity: `/widget/${name}/integrity.json` }));
    return open(reply)
      .header('cache-control', 'public, max-age=300')
      .send({ moving: `/widget/${MOVING}/${MODULE}`, newest: version, versions: addressed });
  });

  app.get<{ Params: { version: string; '*': string } }>('/widget/:version/*', (request, reply) => {
    const { version: name, '*': file } = request.params;
    const found = name === MOVING ? atMoving(file) : versions.get(name);
    if (file === 'integrity.json' && found && name !== MOVING) return sendIntegrity(reply, name, found);
    if (!found?.files.has(file)) return reply.callNotFound();
    return open(reply).sendFile(file, found.folder, name === MOVING ? MOMENT : YEAR);
  });

  return {
    moving: { address: `/widget/${MOVING}/${MODULE}`, integrity: null },
    fixed: { address: `/widget/${version}/${MODULE}`, integrity: versions.get(version)?.files.get(MODULE) ?? null },
  };
}

function sendIntegrity(reply: FastifyReply, version: string, { files }: Version): FastifyReply {
  return open(reply)
    .header('cache-control', 'public, max-age=31536000, immutable')
    .send({ version, files: Object.fromEntries(files) });
}

/** For pages of every site; `access-control-allow-origin`, which SRI needs, has everything here. */
function open(reply: FastifyReply): FastifyReply {
  return reply.header('cross-origin-resource-policy', 'cross-origin').header('x-content-type-options', 'nosniff');
}

async function readReleased(folder: string): Promise<[string, Version][]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(noneThere);
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return Promise.all(names.map(async (name) => [name, await readVersion(join(folder, name))] as [string, Version]));
}

async function readVersion(folder: string): Promise<Version> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(noneThere);
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const files = await Promise.all(
    paths.map(
      async (path) => [path.slice(folder.length + 1).replaceAll(sep, '/'), hashOf(await readFile(path))] as const,
    ),
  );
  return { folder, files: new Map(files) };
}

function hashOf(bytes: Buffer): string {
  return `sha384-${createHash('sha384').update(bytes).digest('base64')}`;
}

function noneThere(error: NodeJS.ErrnoException): [] {
  if (error.code === 'ENOENT') return [];
  throw error;
}
