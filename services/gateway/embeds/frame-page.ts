import { type Language, type View, WORDS } from '@cakupan/coverage-widget/card-view';
import type { FastifyInstance } from 'fastify';
import { RequestError } from '../../kit/errors.js';
import { LIFETIMES } from '../../kit/lifetimes.js';
import { isNone, statusOf } from './card-form.js';
import { type Query, readLook, textOf } from './card-request.js';
import type { EmbedParts } from './card-routes.js';
import { type EmbedLinks, linksOf } from './embed-links.js';
import { cardOf, explanationOf, headlineOf } from './headline.js';
import { sendOpen } from './sending.js';
import { escapeXml } from './xml.js';

/** The attributes of the tag that a frame's address may give, and what each may be; anything else is as if it were not there. */
const ATTRIBUTES: Readonly<Record<string, RegExp>> = {
  'view': /^(card|trend|breakdown|ranking|map|benefits)$/,
  'indicator': /^[\w.-]{1,80}$/,
  'lang': /^(id|en)$/,
  'theme': /^(light|dark|auto)$/,
  'as-of': /^[\dTZ:.+-]{4,40}$/,
  'heading-level': /^[1-6]$/,
  'compare': /^[\d., ]{0,200}$/,
  'compact': /^$/,
  'live': /^(|1|true)$/,
};

/** Adds `/embed/<code>`: a page that holds the tag alone, to be framed by any site. */
export function addFramePage(app: FastifyInstance, { findFigure, base, door }: EmbedParts): void {
  app.get<{ Params: { code: string } }>('/embed/:code', async (request, reply) => {
    const { code } = request.params;
    const query = request.query as Query; // fastify parses the query string to an object
    const { language, theme } = readLook(query);
    const attributes = readAttributes(query);
    const { indicator = null, 'as-of': asOf = null } = attributes;
    const here = base(request);
    const found = await findFigure({ region: code, indicator, asOf }, () => door.demand(request)).catch(unknownNow);
    const page = { language, theme, attributes: { region: code, ...attributes } };
    const headers = { 'content-security-policy': policyOf(here) };
    const send = (status: number, title: string, content: string, lifetime: string = LIFETIMES.none) => {
      const body = pageOf(page, title, content);
      return sendOpen(request, reply, { status, type: 'text/html; charset=utf-8', body, lifetime, headers });
    };
    if (found === null) return send(200, 'Cakupan', tagOf(page, saidOf(WORDS[language].unreachable, language)));
    if (isNone(found)) {
      const said = saidOf(found.message, 'en'); // the API speaks English
      return send(statusOf(found), 'Cakupan', statusOf(found) === 404 ? said : tagOf(page, said));
    }
    const view = cardOf(found, language, asOf);
    return send(200, headlineOf(view.main), tagOf(page, linkOf(view, linksOf(here, code), language)), found.lifetime);
  });
}

interface FramePage {
  readonly language: Language;
  readonly theme: string;
  readonly attributes: Attributes;
}

/** Where no figure can be had at the moment the tag asks again by itself. */
function unknownNow(error: unknown): null {
  if (error instanceof RequestError && error.extensions.code === 'SUBGRAPH_UNAVAILABLE') return null;
  throw error;
}

/** What runs in the frame comes from here; a sandboxed frame is of no origin, so that here is named as well. */
function policyOf(base: string): string {
  const { origin } = new URL(base);
  const ours = ['script-src', 'style-src', 'connect-src', 'img-src'].map((what) => `${what} 'self' ${origin}`);
  return ["default-src 'none'", ...ours, "base-uri 'none'", "form-action 'none'", 'frame-ancestors *'].join('; ');
}

type Attributes = Readonly<Record<string, string>>;

/** Those of the address that the tag knows, by the names of the tag; `asOf`, as the API says it, is taken as well. */
function readAttributes(query: Query): Attributes {
  const given = Object.entries(ATTRIBUTES).flatMap(([name, allowed]) => {
    const value = query[name] === '' ? '' : textOf(query[name] ?? (name === 'as-of' ? query.asOf : null));
    return value !== null && allowed.test(value) ? [[name, value] as const] : [];
  });
  return Object.fromEntries(given);
}

/** The number, its date and what must be said of it, for readers without scripts. */
function linkOf(view: View, { page }: EmbedLinks, language: Language): string {
  const about = explanationOf(view, language);
  const link = `<a href="${escapeXml(page)}" rel="noopener">${escapeXml(headlineOf(view.main))}</a>`;
  return `<p lang="${language}">${link}${about ? `. ${escapeXml(about)}` : ''}</p>`;
}

function saidOf(words: string, language: Language): string {
  return `<p lang="${language}">${escapeXml(words)}</p>`;
}

function tagOf({ attributes }: FramePage, said: string): string {
  const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${escapeXml(value)}"`);
  return `<coverage-widget${written.join('')}>${said}</coverage-widget>`;
}

/** Links leave the frame: what they lead to is no part of the page around it. */
function pageOf({ language, theme }: FramePage, title: string, content: string): string {
  return `<!doctype html>
<html lang="${language}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${escapeXml(title)}</title>
  <meta name="robots" content="noindex">
  <meta name="color-scheme" content="${theme === 'auto' ? 'light dark' : theme}">
  <base target="_top">
  <link rel="stylesheet" href="/assets/frame.css">
  <script type="module" src="/widget/v1/coverage-widget.js"></script>
  <script type="module" src="/assets/frame.js"></script>
</head>
<body>
${content}
</body>
</html>
`;
}
