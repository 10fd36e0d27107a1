import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { addressesOf, type DatasetFacts } from '../kit/dataset-facts.js';
import { asksFor, etagOf } from '../kit/etag.js';
import { LIFETIMES } from '../kit/lifetimes.js';
import { CATALOG_ADDRESS, type ListDatasets } from './catalog.js';

/** What the page of a region says of it. */
export interface PageRegion {
  readonly code: string;
  readonly name: string;
}

/** The region of a code, null where there is none; throws where nobody can tell at the moment. */
export type FindRegion = (code: string) => Promise<PageRegion | null>;

/** The page loads our own files only. What it says of itself for search engines is data and no script, so no policy stops it. */
const PAGE_POLICY = "default-src 'self'";

/** What is told of the region's figure, for those who show the page without opening it. */
export interface FigureSaid {
  /** Lines for the head of the page. */
  readonly head: string;
  /** What stands inside the tag until it has a figure of its own. */
  readonly inside: string;
}

/** Null where nobody can tell at the moment. */
export type SayFigure = (request: FastifyRequest, code: string) => Promise<FigureSaid | null>;

/** Adds `/r/<code>`: the card of a region, and where its figures can be had as a table. The address stays. */
export function addRegionPages(
  app: FastifyInstance,
  findRegion: FindRegion,
  listDatasets: ListDatasets,
  sayFigure: SayFigure = async () => null,
): void {
  app.get<{ Params: { code: string } }>('/r/:code', async (request, reply) => {
    const region = await findRegion(request.params.code);
    if (region === null) return sendHtml(request, reply.code(404), MISSING, LIFETIMES.none);
    const datasets = (await listDatasets()).filter(({ isByRegion }) => isByRegion);
    const said = await sayFigure(request, region.code);
    return sendHtml(request, reply, pageOf(region, datasets, said), LIFETIMES.current);
  });
}

function sendHtml(request: FastifyRequest, reply: FastifyReply, html: string, lifetime: string): FastifyReply {
  const etag = etagOf(html).replace('"', 'W/"'); // every encoding shares it
  reply.headers({
    'cache-control': lifetime,
    'content-security-policy': PAGE_POLICY,
    'x-content-type-options': 'nosniff',
    ...(lifetime === LIFETIMES.none ? {} : { etag }),
  });
  if (lifetime !== LIFETIMES.none && asksFor(request.headers['if-none-match'], etag)) return reply.code(304).send();
  return reply.type('text/html; charset=utf-8').send(html);
}

function pageOf(region: PageRegion, datasets: readonly DatasetFacts[], said: FigureSaid | null): string {
  const [code, name] = [escapeHtml(region.code), escapeHtml(region.name)];
  const inside = said?.inside ?? `<p>Cakupan jaminan sosial ketenagakerjaan ${name}.</p>`;
  const body = `<section class="lead">
      <h1>${name}</h1>
      <coverage-widget region="${code}" heading-level="2">${inside}</coverage-widget>
      <p class="links">${builderLink(region)}</p>
    </section>
    <section class="makers" aria-labelledby="data-judul">
      <h2 id="data-judul">${inBoth('Data terbuka', 'Open data')}</h2>
      <p>${inBoth('Angka semua daerah sebagai tabel CSV, dengan sumber tiap baris.', 'The figures of all regions as CSV tables, with the source of each row.')}</p>
      <ul>
        ${datasets.map(linksOf).join('\n        ')}
      </ul>
    </section>`;
  const about = `<meta name="description" content="Berapa pekerja yang terlindungi jaminan sosial ketenagakerjaan di ${name}, dengan sumber, tanggal dan definisinya.">
  <link rel="canonical" href="/r/${code}">
  ${said?.head ?? ''}
  <script type="module" src="/widget/v1/coverage-widget.js"></script>
  <script type="application/ld+json">${scriptText(datasetOf(region, datasets))}</script>`;
  return documentOf(`${name}: jaminan sosial ketenagakerjaan`, about, body);
}

/** To where the code is made that puts this card on another site. */
function builderLink({ code }: PageRegion): string {
  const address = `/builder?region=${encodeURIComponent(code)}`;
  return `<a data-lang="id" href="${address}">Sematkan di situs Anda</a><a data-lang="en" href="${address}&amp;lang=en">Embed it on your site</a>`;
}

function linksOf({ name, title }: DatasetFacts): string {
  const { csv, gzip, description } = addressesOf(name);
  const links = `<a href="${csv}">CSV</a>, <a href="${gzip}">CSV gzip</a>, <a href="${description}">${inBoth('keterangan kolom', 'columns')}</a>`;
  return `<li>${inBoth(escapeHtml(title.id), escapeHtml(title.en))}: ${links}</li>`;
}

/** What a search engine may show of the page: https://schema.org/Dataset. */
export function datasetOf({ code, name }: PageRegion, datasets: readonly DatasetFacts[]) {
  return {
    '@context': 'https://schema.org',
    '@type': 'Dataset',
    '@id': `/r/${code}#dataset`,
    url: `/r/${code}`,
    name: `Jaminan sosial ketenagakerjaan: ${name}`,
    description: `Cakupan, jumlah peserta dan pembayaran klaim jaminan sosial ketenagakerjaan di ${name}, dengan sumber, tanggal dan definisi tiap angka. Coverage, participants and claims paid of employment social security in ${name}, with the source, date and definition of each figure.`,
    inLanguage: ['id', 'en'],
    isAccessibleForFree: true,
    creator: { '@type': 'Organization', name: 'Cakupan', url: '/' },
    spatialCoverage: { '@type': 'Place', name, identifier: code },
    includedInDataCatalog: { '@type': 'DataCatalog', name: 'Cakupan', url: CATALOG_ADDRESS },
    distribution: datasets.map((dataset) => ({
      '@type': 'DataDownload',
      name: `${dataset.title.id} / ${dataset.title.en}`,
      encodingFormat: 'text/csv',
      contentUrl: addressesOf(dataset.name).csv,
    })),
  };
}

const MISSING = documentOf(
  'Cakupan: daerah tidak dikenal',
  '<meta name="robots" content="noindex">',
  `<section class="lead">
      <h1>${inBoth('Daerah tidak dikenal', 'No such region')}</h1>
      <p>${inBoth('Alamatnya memakai kode Kemendagri bertitik, misalnya /r/19.03.', 'The address takes a Kemendagri code with its dots, such as /r/19.03.')} <a href="/#pasang">${inBoth('Cari daerah', 'Find a region')}</a></p>
    </section>`,
);

function documentOf(title: string, head: string, main: string): string {
  return `<!doctype html>
<html lang="id">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${title}</title>
  <meta name="color-scheme" content="light dark">
  <link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
  <link rel="stylesheet" href="/assets/home.css">
  <link rel="alternate" type="application/ld+json" href="${CATALOG_ADDRESS}">
  <script type="module" src="/assets/language.js"></script>
  ${head}
</head>
<body>
  <header class="top">
    <a class="brand" href="/">Cakupan</a>
    <nav aria-label="Utama"><button type="button" id="language" lang="en">English</button></nav>
  </header>
  <main>
    ${main}
  </main>
</body>
</html>
`;
}

function inBoth(id: string, en: string): string {
  return `<span data-lang="id">${id}</span><span data-lang="en">${en}</span>`;
}

/** JSON that no text in it can end early. */
function scriptText(value: object): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? '');
}
