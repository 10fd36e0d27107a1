import type { View } from '@cakupan/coverage-widget/card-view';
import type { FastifyRequest } from 'fastify';
import { RequestError } from '../../kit/errors.js';
import type { FigureSaid, SayFigure } from '../region-page.js';
import { isNone, PNG_WIDTH, pngHeight } from './card-form.js';
import type { EmbedParts } from './card-routes.js';
import { type EmbedLinks, linksOf } from './embed-links.js';
import { cardOf, explanationOf, headlineOf } from './headline.js';
import { readEmbedded } from './oembed-url.js';
import { escapeXml } from './xml.js';

/** Where the figure cannot be told the page goes without it: the tag in it asks by itself. */
const UNTOLD = ['SUBGRAPH_UNAVAILABLE', 'EDITION_NOT_READY', 'TOO_MANY_REQUESTS', 'OVERLOADED', 'BAD_REQUEST'];

/** Says the figure of a region in Indonesian, the page's first language: for search, for social networks, for oEmbed. */
export function figureSayer({ findFigure, base, door }: EmbedParts): SayFigure {
  const say = async (request: FastifyRequest, code: string) => {
    const question = { region: code, indicator: null, asOf: null };
    const found = await findFigure(question, () => door.demand(request));
    if (isNone(found)) return null;
    const view = cardOf(found, 'id', null);
    const here = base(request);
    const search = readEmbedded(`${here}${request.url}`, here)?.search ?? '';
    return saidOf(view, code, linksOf(here, code), linksOf(here, code, search));
  };
  return (request, code) => say(request, code).catch(untold);
}

function untold(error: unknown): null {
  if (error instanceof RequestError && UNTOLD.includes(String(error.extensions.code))) return null;
  throw error;
}

/** Of what the address of the page asks for only oEmbed learns: the page is the same for everybody. */
function saidOf(view: View, code: string, links: EmbedLinks, asked: EmbedLinks): FigureSaid {
  const [title, about] = [headlineOf(view.main), explanationOf(view, 'id')];
  const facts: readonly (readonly [string, string, string])[] = [
    ['property', 'og:type', 'website'],
    ['property', 'og:site_name', 'Cakupan'],
    ['property', 'og:locale', 'id_ID'],
    ['property', 'og:url', links.page],
    ['property', 'og:title', title],
    ['property', 'og:description', about],
    ['property', 'og:image', links.png],
    ['property', 'og:image:type', 'image/png'],
    ['property', 'og:image:width', String(PNG_WIDTH)],
    ['property', 'og:image:height', String(pngHeight(PNG_WIDTH))],
    ['property', 'og:image:alt', title],
    ['name', 'twitter:card', 'summary_large_image'],
    ['name', 'twitter:title', title],
    ['name', 'twitter:description', about],
    ['name', 'twitter:image', links.png],
    ['name', 'twitter:image:alt', title],
  ];
  const described = facts.filter(([, , text]) => text !== '');
  const metas = described.map(([kind, name, text]) => `<meta ${kind}="${name}" content="${escapeXml(text)}">`);
  const offers = [
    ['application/json+oembed', asked.oembedJson],
    ['text/xml+oembed', asked.oembedXml],
    ['image/svg+xml', links.svg],
    ['text/csv', links.csv],
    ['application/json', links.json],
  ].map(
    ([type, href = '']) =>
      `<link rel="alternate" type="${type}" href="${escapeXml(href)}" title="${escapeXml(title)}">`,
  );
  const link = `<a href="/r/${encodeURIComponent(code)}">${escapeXml(title)}</a>`;
  return {
    head: [...metas, ...offers].join('\n  '),
    inside: `<p lang="id">${link}${about ? `. ${escapeXml(about)}` : ''}</p>`,
  };
}
