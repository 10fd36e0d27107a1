import { type Language, languageOf, type Refusal, type View } from '@cakupan/coverage-widget/card-view';
import type { FastifyInstance } from 'fastify';
import { RequestError } from '../../kit/errors.js';
import { LIFETIMES } from '../../kit/lifetimes.js';
import { isNone, PNG_WIDTH, pngHeight, statusOf } from './card-form.js';
import { type Query, readFigureQuestion, textOf } from './card-request.js';
import type { EmbedParts } from './card-routes.js';
import { linksOf } from './embed-links.js';
import { cardOf, explanationOf, headlineOf } from './headline.js';
import { type Embedded, readEmbedded } from './oembed-url.js';
import { sendOpen } from './sending.js';
import { escapeXml } from './xml.js';

/** The frame's width where the one who asks sets no other. */
const WIDTH = 600;
/** How high a usual card is from so many pixels of width on; the frame tells its own height once it is there. */
const HEIGHTS = [
  [560, 420],
  [380, 500],
  [0, 630],
] as const;
/** The least width a PNG is drawn in. */
const LEAST_THUMBNAIL = 200;
/** For how many seconds the answer may be kept: long, as the frame in it is live and its address stays. */
const CACHE_AGE_S = 3600;

const TYPES = { json: 'application/json; charset=utf-8', xml: 'text/xml; charset=utf-8' } as const;

type Rich = Readonly<Record<string, string | number>>;

/** Adds `/oembed`, https://oembed.com: how a site that was given the address of a region or of its frame shows it. */
export function addOembed(app: FastifyInstance, { findFigure, base, door }: EmbedParts): void {
  app.get('/oembed', async (request, reply) => {
    const query = request.query as Query; // fastify parses the query string to an object
    const here = base(request);
    const sendPlain = (status: number, body: string) =>
      sendOpen(request, reply, { status, type: 'text/plain; charset=utf-8', body, lifetime: LIFETIMES.none });
    const format = textOf(query.format) ?? 'json';
    if (format !== 'json' && format !== 'xml') return sendPlain(501, 'format must be json or xml.\n');
    const room = { width: readMost(query, 'maxwidth'), height: readMost(query, 'maxheight') };
    const embedded = readEmbedded(demandUrl(query), here);
    if (embedded === null) return sendPlain(404, `url must be ${here}/r/<code> or ${here}/embed/<code>.\n`);
    const { code, query: asked } = embedded;
    const question = readFigureQuestion(code, asked);
    const found = await findFigure(question, () => door.demand(request)).catch(failureOf);
    if (isNone(found)) return sendPlain(statusOf(found), `${found.message}\n`);
    const language = languageOf(textOf(asked.lang));
    const view = cardOf(found, language, question.asOf);
    const rich = richOf(view, embedded, here, room, language);
    const body = format === 'json' ? `${JSON.stringify(rich)}\n` : xmlOf(rich);
    return sendOpen(request, reply, { status: 200, type: TYPES[format], body, lifetime: found.lifetime });
  });
}

function failureOf(error: unknown): Refusal {
  const code = error instanceof RequestError ? String(error.extensions.code) : '';
  if (!(error instanceof Error) || code !== 'SUBGRAPH_UNAVAILABLE') throw error;
  return { code, message: error.message };
}

interface Room {
  readonly width: number;
  readonly height: number;
}

/** Throws BAD_ARGUMENT for what is no number of pixels. */
function readMost(query: Query, name: string): number {
  const text = textOf(query[name]);
  if (text === null) return Number.POSITIVE_INFINITY;
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new RequestError('BAD_ARGUMENT', `${name} must be a whole number of pixels, at least 1.`);
}

function demandUrl(query: Query): string {
  const url = textOf(query.url);
  if (url !== null) return url;
  throw new RequestError('BAD_ARGUMENT', 'url must be the address of a region here, or of its frame.');
}

function richOf(view: View, { code, search }: Embedded, base: string, room: Room, language: Language): Rich {
  const links = linksOf(base, code, search);
  const title = headlineOf(view.main);
  const width = Math.min(WIDTH, room.width);
  const height = Math.min(heightOf(width), room.height);
  const thumbnail = Math.floor(Math.min(PNG_WIDTH, room.width, (room.height * PNG_WIDTH) / pngHeight(PNG_WIDTH)));
  return {
    type: 'rich',
    version: '1.0',
    title,
    provider_name: 'Cakupan',
    provider_url: `${base}/`,
    cache_age: CACHE_AGE_S,
    ...(thumbnail < LEAST_THUMBNAIL
      ? {}
      : {
          thumbnail_url: withWidth(links.png, thumbnail),
          thumbnail_width: thumbnail,
          thumbnail_height: pngHeight(thumbnail),
        }),
    width,
    height,
    html: htmlOf({ title, about: explanationOf(view, language), page: links.page, frame: links.frame, width, height }),
  };
}

function heightOf(width: number): number {
  return HEIGHTS.find(([least]) => width >= least)?.[1] ?? 0;
}

function withWidth(address: string, width: number): string {
  return `${address}${address.includes('?') ? '&' : '?'}width=${width}`;
}

interface Markup extends Room {
  readonly title: string;
  readonly about: string;
  readonly page: string;
  readonly frame: string;
}

/**
 * A sandboxed frame, and before it what is read where no frame is shown. The classes are those by which the script of
 * WordPress finds both; it hides the link once the frame has told its height.
 */
function htmlOf({ title, about, page, frame, width, height }: Markup): string {
  const link = `<a href="${escapeXml(page)}">${escapeXml(title)}</a>${about ? `. ${escapeXml(about)}` : ''}`;
  const size = `width="${width}" height="${height}" frameborder="0" marginwidth="0" marginheight="0" scrolling="no"`;
  return `<blockquote class="wp-embedded-content">${link}</blockquote><iframe class="wp-embedded-content" sandbox="allow-scripts allow-top-navigation-by-user-activation" security="restricted" src="${escapeXml(frame)}" ${size} title="${escapeXml(title)}"></iframe>`;
}

function xmlOf(rich: Rich): string {
  const elements = Object.entries(rich).map(([name, value]) => `  <${name}>${escapeXml(String(value))}</${name}>\n`);
  return `<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n<oembed>\n${elements.join('')}</oembed>\n`;
}
