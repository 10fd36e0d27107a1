import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

export interface PageFolders {
  /** The pages and their scripts and styles. */
  readonly pages: string;
  /** What the build made of the widget. */
  readonly widget: string;
  readonly nodeModules: string;
}

/** GraphiQL is served from our own machine; these are its files in the packages that bring them. */
const GRAPHIQL_FILES: Readonly<Record<string, string>> = {
  'graphiql.min.js': 'graphiql/graphiql.min.js',
  'graphiql.min.css': 'graphiql/graphiql.min.css',
  'react.production.min.js': 'react/umd/react.production.min.js',
  'react-dom.production.min.js': 'react-dom/umd/react-dom.production.min.js',
};

/** Adds the start page, GraphiQL, the widget, and what they are made of. */
export async function addPages(app: FastifyInstance, folders: PageFolders): Promise<void> {
  await app.register(fastifyStatic, {
    root: folders.pages,
    prefix: '/assets/',
    index: false,
    cacheControl: true,
    maxAge: '5m',
  });
  app.get('/', (_request, reply) => reply.header('cache-control', 'public, max-age=60').sendFile('home.html'));
  app.get('/graphiql', (_request, reply) =>
    reply.header('cache-control', 'public, max-age=60').sendFile('graphiql.html'),
  );
  app.get<{ Params: { file: string } }>('/assets/graphiql/:file', (request, reply) => {
    const file = Object.hasOwn(GRAPHIQL_FILES, request.params.file) ? GRAPHIQL_FILES[request.params.file] : undefined;
    return file === undefined
      ? reply.callNotFound()
      : reply.header('cache-control', 'public, max-age=86400').sendFile(file, folders.nodeModules);
  });
  app.get('/widget/v1/coverage-widget.js', async (_request, reply) =>
    reply
      .header('cache-control', 'public, max-age=300')
      .header('cross-origin-resource-policy', 'cross-origin')
      .type('text/javascript; charset=utf-8')
      .send(await readFile(join(folders.widget, 'coverage-widget.js'))),
  );
}
