import type { FastifyInstance, FastifyRequest } from 'fastify';
import { RequestError } from '../../kit/errors.js';
import { LIFETIMES } from '../../kit/lifetimes.js';
import type { Door } from '../door.js';
import { FORMS, type Form, type FormName, type Found, isNone, statusOf } from './card-form.js';
import { type CardRequest, type Query, readCardRequest, readLook } from './card-request.js';
import { linksOf } from './embed-links.js';
import type { FindFigure } from './figure.js';
import { once } from './once.js';
import type { Pngs } from './png.js';
import type { PublicBase } from './public-base.js';
import { sendOpen } from './sending.js';

export interface EmbedParts {
  readonly findFigure: FindFigure;
  readonly pngs: Pngs;
  readonly base: PublicBase;
  readonly door: Door;
}

/** Nothing in a picture runs or loads, also where somebody opens it by itself. */
const PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/** Mistakes and failures that are told in the form asked for, as a page shows a picture whatever its status. */
const SHOWN = ['SUBGRAPH_UNAVAILABLE', 'BAD_ARGUMENT'];

/** Adds `/r/<code>.svg`, `.png`, `.csv` and `.json`: the card of a region without the tag. */
export function addCardRoutes(app: FastifyInstance, parts: EmbedParts): void {
  app.get<{ Params: { file: string } }>(
    `/r/:file(^.+\\.(?:${Object.keys(FORMS).join('|')})$)`,
    async (request, reply) => {
      const [, code = '', name] = /^(.+)\.(\w+)$/.exec(request.params.file) ?? [];
      const form: Form = FORMS[name as FormName]; // the route names no other
      const query = request.query as Query; // fastify parses the query string to an object
      const demand = once(() => parts.door.demand(request));
      const { asked, found } = await find(parts, code, query, form, demand);
      const links = linksOf(parts.base(request), code, searchOf(request));
      const body = await form.make(found, { request: asked, links, pngs: parts.pngs, demand });
      const lifetime = isNone(found) ? LIFETIMES.none : found.lifetime;
      const headers = form.type.startsWith('image/') ? { 'content-security-policy': PICTURE_POLICY } : {};
      return sendOpen(request, reply, { status: statusOf(found), type: form.type, body, lifetime, headers });
    },
  );
}

interface Finding {
  readonly asked: CardRequest;
  readonly found: Found;
}

async function find(
  { findFigure }: EmbedParts,
  region: string,
  query: Query,
  { widths }: Form,
  demand: () => Promise<void>,
): Promise<Finding> {
  const plain = { region, indicator: null, asOf: null, width: null, ...readLook(query) };
  try {
    const asked = readCardRequest(region, query, widths);
    return { asked, found: await findFigure(asked, demand) };
  } catch (error) {
    const code = error instanceof RequestError ? String(error.extensions.code) : '';
    if (!(error instanceof Error) || !SHOWN.includes(code)) throw error;
    return { asked: plain, found: { code, message: error.message } };
  }
}

/** The query as it came, for the addresses of the other forms. */
function searchOf({ url }: FastifyRequest): string {
  return url.split('?')[1] ?? '';
}
