/**
 * The built tag, the gateway's pages and a far end of canned answers, to look at: `npm run demo -w widget`.
 * Figures of codes 99.xx are invented, like the codes; the others are facts. `?fail=1` in an `api` address always fails.
 */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname } from 'node:path';

const EDITION = '2026-11-22T01:30:00.000Z';
const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
};
const root = new URL('../../', import.meta.url);
const regions = JSON.parse(await readFile(new URL('regions.json', import.meta.url), 'utf8'));

const FILES = [
  [/^\/$/, () => 'services/gateway/pages/home.html'],
  [/^\/graphiql$/, () => 'services/gateway/pages/graphiql.html'],
  [/^\/widget\/v1\/([\w-]+\.js)$/, (name) => `dist/widget/${name}`],
  [/^\/assets\/graphiql\/(graphiql\.min\.(?:js|css))$/, (name) => `node_modules/graphiql/${name}`],
  [/^\/assets\/graphiql\/(react\.production\.min\.js)$/, (name) => `node_modules/react/umd/${name}`],
  [/^\/assets\/graphiql\/(react-dom\.production\.min\.js)$/, (name) => `node_modules/react-dom/umd/${name}`],
  [/^\/assets\/([\w-]+\.\w+)$/, (name) => `services/gateway/pages/${name}`],
  [/^\/demo\/([\w-]+\.\w+)$/, (name) => `widget/demo/${name}`],
];

/** The text of the file behind a path of the site; null when there is none. */
async function fileAt(path) {
  for (const [pattern, fileOf] of FILES) {
    const match = pattern.exec(path);
    if (match) return { type: TYPES[extname(fileOf(match[1]))], body: await readFile(new URL(fileOf(match[1]), root)) };
  }
  return null;
}

/** What the API would say to the query in an address. */
function answerTo(query) {
  const variables = JSON.parse(query.get('variables') ?? '{}');
  const extensions = { edition: EDITION };
  if (variables.search !== undefined) return { data: { regions: { nodes: found(variables.search) } }, extensions };
  const codes = variables.cards ?? [];
  const errors = codes.flatMap((code, place) => (regions[code] ? [] : [{ ...refusal(code), path: ['cards', place] }]));
  return {
    data: { cards: codes.map((code) => regions[code] ?? null) },
    ...(errors.length && { errors }),
    extensions,
  };
}

function refusal(code) {
  const isForm = /^\d\d(\.\d\d){0,2}(\.\d{4})?$/.test(code);
  const message = isForm
    ? `No region has the code "${code}".`
    : `Region code "${code}" is not of the form "19.03" (Kemendagri, with dots).`;
  return { message, extensions: { code: isForm ? 'UNKNOWN_REGION' : 'BAD_REGION_CODE' } };
}

function found(search) {
  const hits = Object.values(regions).filter(({ code, name }) =>
    `${code} ${name}`.toLowerCase().includes(search.toLowerCase()),
  );
  const levels = ['PROVINCE', 'REGENCY', 'DISTRICT', 'VILLAGE'];
  return hits.slice(0, 12).map(({ code, name, kind }) => ({
    code,
    name,
    kind,
    level: code === '00' ? 'COUNTRY' : levels[code.split('.').length - 1],
    parent: code === '00' ? null : { name: regions[code.includes('.') ? code.slice(0, 2) : '00'].name },
  }));
}

const server = createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://demo');
  response.setHeader('access-control-allow-origin', '*');
  if (pathname === '/fail/graphql') return response.writeHead(503).end();
  if (pathname === '/slow/graphql') return;
  if (pathname === '/graphql')
    return response.setHeader('content-type', 'application/json').end(JSON.stringify(answerTo(searchParams)));
  const file = await fileAt(pathname);
  if (!file) return response.writeHead(404).end();
  response.setHeader('content-type', `${file.type}; charset=utf-8`).end(file.body);
});
server.listen(Number(process.env.PORT ?? 4100), () =>
  console.log(`http://localhost:${server.address().port}/demo/states.html`),
);
