import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';

export interface PageFolders {
  /** The pages and their scripts and styles. */
  readonly pages: string;
  readonly nodeModules: string;
}

/** GraphiQL is served from our own machine; these are its files in the packages that bring them. */
const GRAPHIQL_FILES: Readonly<Record<string, string>> = {
  'graphiql.min.js': 'graphiql/graphiql.min.js',
  'graphiql.min.css': 'graphiql/graphiql.min.css',
  'react.production.min.js': 'react/umd/react.production.min.js',
  'react-dom.production.min.js': 'react-dom/umd/react-dom.production.min.js',
};

/** The pages load nothing but our own files; GraphiQL alone writes styles and carries its fonts as data. */
const PAGE_POLICY = "default-src 'self'";
const GRAPHIQL_POLICY = `${PAGE_POLICY}; style-src 'self' 'unsafe-inline'; font-src 'self' data:; img-src 'self' data:`;

/** Adds the start page, GraphiQL, what they are made of, and what a browser sees at `/data`. */
export async function addPages(app: FastifyInstance, folders: PageFolders): Promise<void> {
  await app.register(fastifyStatic, {
    root: folders.pages,
    prefix: '/assets/',
    index: false,
    cacheControl: true,
    maxAge: '5m',
  });
  app.get('/', (_request, reply) => sendPage(reply, 'home.html', PAGE_POLICY));
  app.addHook('onRequest', async ({ routeOptions, headers }, reply) => {
    if (routeOptions.url !== '/data') return;
    reply.header('vary', 'accept'); // programs get the list of datasets, from whoever keeps it
    if (headers.accept?.includes('text/html')) return sendPage(reply, 'data.html', PAGE_POLICY);
  });
  app.get('/graphiql', (_request, reply) => sendPage(reply, 'graphiql.html', GRAPHIQL_POLICY));
  app.get<{ Params: { file: string } }>('/assets/graphiql/:file', (request, reply) => {
    const file = Object.hasOwn(GRAPHIQL_FILES, request.params.file) ? GRAPHIQL_FILES[request.params.file] : undefined;
    return file === undefined ? reply.callNotFound() : reply.sendFile(file, folders.nodeModules, { maxAge: '1d' });
  });
}

function sendPage(reply: FastifyReply, file: string, policy: string): FastifyReply {
  return reply
    .header('content-security-policy', policy)
    .header('x-content-type-options', 'nosniff')
    .sendFile(file, { maxAge: '1m' });
}
