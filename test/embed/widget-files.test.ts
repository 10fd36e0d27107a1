import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import { afterEach, describe, expect, test } from '@jest/globals';
import Fastify, { type FastifyInstance } from 'fastify';
import { addWidgetFiles } from '../../services/gateway/widget-files.js';
import { freshFolder } from '../support/databases.js';
import { startWorld } from '../support/world.js';

let app: FastifyInstance | null = null;
afterEach(async () => {
  await app?.close();
  app = null;
});

/** A server of what was built as 1.2.0, and of what was released before. */
async function serve(released: Readonly<Record<string, string>> = {}): Promise<FastifyInstance> {
  const folder = await freshFolder();
  const write = async (path: string, text: string) => {
    await mkdir(join(folder, path, '..'), { recursive: true });
    await writeFile(join(folder, path), text);
  };
  await write('built/coverage-widget.js', 'export const built = 1;');
  await write('built/views/trend.js', 'export const trend = 1;');
  for (const [path, text] of Object.entries(released)) await write(`released/${path}`, text);
  app = Fastify();
  await app.register(fastifyStatic, { root: folder, serve: false });
  await addWidgetFiles(app, { built: join(folder, 'built'), version: '1.2.0', released: join(folder, 'released') });
  return app;
}

describe('the files of the tag', () => {
  test('never change at the address of their version, and for minutes only at the moving one', async () => {
    const server = await serve();
    const lifetimes = await Promise.all(
      ['1.2.0', 'v1'].map(async (version) => {
        const responses = await Promise.all(
          ['coverage-widget.js', 'views/trend.js'].map((file) => server.inject(`/widget/${version}/${file}`)),
        );
        return responses.map(({ statusCode, headers }) => [statusCode, headers['cache-control']]);
      }),
    );
    const [year, moment] = ['public, max-age=31536000, immutable', 'public, max-age=300'];
    expect(lifetimes).toEqual([
      [
        [200, year],
        [200, year],
      ],
      [
        [200, moment],
        [200, moment],
      ],
    ]);
  });

  test('have published hashes, of exactly these bytes', async () => {
    const server = await serve();
    const said = (await server.inject('/widget/1.2.0/integrity.json')).json();
    const files = ['coverage-widget.js', 'views/trend.js'];
    const hashes = await Promise.all(
      files.map(async (file) => {
        const { rawPayload } = await server.inject(`/widget/1.2.0/${file}`);
        return [file, `sha384-${createHash('sha384').update(rawPayload).digest('base64')}`];
      }),
    );
    expect(said).toEqual({ version: '1.2.0', files: Object.fromEntries(hashes) });
  });

  test('of a released version stay what they were, whatever is built under its name', async () => {
    const server = await serve({ '1.2.0/coverage-widget.js': 'released', '1.10.0/coverage-widget.js': 'later' });
    const texts = await Promise.all(
      ['1.2.0', '1.10.0', 'v1'].map(async (name) => (await server.inject(`/widget/${name}/coverage-widget.js`)).body),
    );
    expect(texts).toEqual(['released', 'later', 'export const built = 1;']);
    expect((await server.inject('/widget/versions.json')).json()).toEqual({
      moving: '/widget/v1/coverage-widget.js',
      newest: '1.2.0',
      versions: ['1.10.0', '1.2.0'].map((version) => ({ version, integrity: `/widget/${version}/integrity.json` })),
    });
  });

  test('of a released version are found at the moving address too, where the newest one has none of that name', async () => {
    const server = await serve({ '1.1.0/coverage-widget.js': 'before', '1.1.0/trend-a1b2c3d4.js': 'its trend' });
    const [kept, newest] = await Promise.all(
      ['trend-a1b2c3d4.js', 'coverage-widget.js'].map((file) => server.inject(`/widget/v1/${file}`)),
    );
    expect([kept?.body, kept?.headers['cache-control']]).toEqual(['its trend', 'public, max-age=300']);
    expect(newest?.body).toBe('export const built = 1;');
  });

  test.each([
    '/widget/1.3.0/coverage-widget.js',
    '/widget/1.2.0/missing.js',
    '/widget/1.2.0/../built/coverage-widget.js',
    '/widget/1.2.0/%2e%2e%2freleased',
    '/widget/v1/integrity.json',
    '/widget/__proto__/x',
  ])('are nothing else: %s', async (path) => {
    expect((await (await serve()).inject(path)).statusCode).toBe(404);
  });
});

test('the gateway serves what was built, to pages of every site', async () => {
  const world = await startWorld();
  const { version } = JSON.parse(await readFile('widget/package.json', 'utf8')) as { version: string }; // npm demands one
  const { files } = (await (await fetch(`${world.url}/widget/${version}/integrity.json`)).json()) as {
    files: Record<string, string>;
  };
  const response = await fetch(`${world.url}/widget/${version}/coverage-widget.js`);
  const bytes = Buffer.from(await response.arrayBuffer());
  const open = ['access-control-allow-origin', 'cross-origin-resource-policy'].map((name) =>
    response.headers.get(name),
  );
  await world.stop();
  expect([open, bytes.equals(await readFile('dist/widget/coverage-widget.js'))]).toEqual([['*', 'cross-origin'], true]);
  expect(files['coverage-widget.js']).toBe(`sha384-${createHash('sha384').update(bytes).digest('base64')}`);
});

test('the built modules are read by browsers of 2022, which know no static blocks', async () => {
  const folder = new URL('../../dist/widget/', import.meta.url);
  const names = (await readdir(folder)).filter((name) => name.endsWith('.js'));
  const texts = await Promise.all(names.map((name) => readFile(new URL(name, folder), 'utf8')));
  expect(names.filter((_, at) => /\bstatic\s*\{/.test(texts[at] ?? ''))).toEqual([]);
  expect(names).toContain('coverage-widget.js');
});
