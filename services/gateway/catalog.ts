import type { FastifyInstance } from 'fastify';
import { addressesOf, type DatasetFacts } from '../kit/dataset-facts.js';
import { asksFor, etagOf } from '../kit/etag.js';
import { LIFETIMES } from '../kit/lifetimes.js';

/** Tells of every dataset, here or at its host. Throws SUBGRAPH_UNAVAILABLE where one does not answer. */
export type ListDatasets = () => Promise<readonly DatasetFacts[]>;

/** Where the catalogue lies: an address that stays. */
export const CATALOG_ADDRESS = '/catalog.jsonld';

/** Adds the catalogue of all datasets, in DCAT, for portals that gather such lists. */
export function addCatalog(app: FastifyInstance, listDatasets: ListDatasets): void {
  app.get(CATALOG_ADDRESS, async (request, reply) => {
    const body = `${JSON.stringify(catalogOf(await listDatasets()), null, 2)}\n`;
    const etag = etagOf(body).replace('"', 'W/"'); // every encoding shares it
    reply.headers({ etag, 'cache-control': LIFETIMES.current, 'cross-origin-resource-policy': 'cross-origin' });
    if (asksFor(request.headers['if-none-match'], etag)) return reply.code(304).send();
    return reply.type('application/ld+json; charset=utf-8').send(body);
  });
}

/**
 * The datasets as a DCAT catalogue, https://www.w3.org/TR/vocab-dcat-3/. It is made of declarations and tells nothing of
 * what is published or will be; addresses are relative to its own.
 */
export function catalogOf(datasets: readonly DatasetFacts[]) {
  return {
    '@context': CONTEXT,
    '@id': `${CATALOG_ADDRESS}#catalog`,
    '@type': 'dcat:Catalog',
    'dct:title': inBoth({
      id: 'Data terbuka Cakupan: jaminan sosial ketenagakerjaan',
      en: 'Open data of Cakupan: employment social security in Indonesia',
    }),
    'dct:description': inBoth({
      id: 'Angka cakupan dan manfaat yang sudah diterbitkan, dengan sumber tiap baris; bukan data perorangan.',
      en: 'Published figures of coverage and benefits, with the source of each row; never data about a person.',
    }),
    'dct:publisher': PUBLISHER,
    'dct:language': ['id', 'en'],
    'dct:spatial': { '@id': 'http://publications.europa.eu/resource/authority/country/IDN' },
    'foaf:homepage': { '@id': '/' },
    'dcat:dataset': datasets.map(datasetOf),
  };
}

const CONTEXT = {
  dcat: 'http://www.w3.org/ns/dcat#',
  dct: 'http://purl.org/dc/terms/',
  foaf: 'http://xmlns.com/foaf/0.1/',
} as const;

const PUBLISHER = { '@id': '/#publisher', '@type': 'foaf:Agent', 'foaf:name': 'Cakupan' } as const;

const MEDIA_TYPE = 'https://www.iana.org/assignments/media-types/';

function datasetOf(facts: DatasetFacts) {
  const { name, title, columns } = facts;
  const { csv, gzip, description } = addressesOf(name);
  const packed = { 'dcat:compressFormat': { '@id': `${MEDIA_TYPE}application/gzip` } };
  return {
    '@id': `${CATALOG_ADDRESS}#${name}`,
    '@type': 'dcat:Dataset',
    'dct:identifier': name,
    'dct:title': inBoth(title),
    'dct:description': inBoth({
      id: `${title.id}. Kolom: ${columns.join(', ')}.`,
      en: `${title.en}. Columns: ${columns.join(', ')}.`,
    }),
    'dct:publisher': PUBLISHER,
    'dct:spatial': { '@id': 'http://publications.europa.eu/resource/authority/country/IDN' },
    ...rightsOf(facts),
    'dcat:landingPage': { '@id': '/' },
    'dcat:distribution': [
      distribution(`${name}-csv`, 'CSV', csv, 'text/csv', facts),
      { ...distribution(`${name}-gzip`, 'CSV, gzip', gzip, 'text/csv', facts), ...packed },
      distribution(`${name}-datapackage`, 'Frictionless Data Package', description, 'application/json', facts),
    ],
  };
}

function distribution(id: string, title: string, address: string, type: string, facts: DatasetFacts) {
  return {
    '@id': `${CATALOG_ADDRESS}#${id}`,
    '@type': 'dcat:Distribution',
    'dct:title': title,
    'dcat:accessURL': { '@id': address },
    'dcat:downloadURL': { '@id': address },
    'dcat:mediaType': { '@id': `${MEDIA_TYPE}${type}` },
    ...rightsOf(facts),
  };
}

/** A licence where the dataset has one; else whose the figures are, in words. */
function rightsOf({ licence }: DatasetFacts) {
  if (licence) return { 'dct:license': { '@id': licence.url } };
  return {
    'dct:rights': inBoth({
      id: 'Angka milik sumber yang disebut tiap baris.',
      en: 'Figures belong to the sources that each row names.',
    }),
  };
}

function inBoth({ id, en }: { readonly id: string; readonly en: string }) {
  return [
    { '@language': 'id', '@value': id },
    { '@language': 'en', '@value': en },
  ];
}
