import Fastify, { type FastifyInstance } from 'fastify';
import { createDoor } from '../../services/gateway/door.js';
import { addCardRoutes, type EmbedParts } from '../../services/gateway/embeds/card-routes.js';
import type { Figure } from '../../services/gateway/embeds/figure.js';
import { createPngs } from '../../services/gateway/embeds/png.js';
import { createPublicBase } from '../../services/gateway/embeds/public-base.js';
import { replyError } from '../../services/kit/error-reply.js';
import { LIFETIMES } from '../../services/kit/lifetimes.js';
import { silent } from '../../services/kit/log.js';
import { readAnswer } from '../../widget/answer.js';
import { codesFor } from '../../widget/query.js';
import { answerTo, regions } from './far-end.js';

/** A region as the API gives it, in another name or with another figure. */
export type Change = (region: Record<string, unknown>) => object;

/** The routes of an app whose figures are the canned ones. */
export async function serveGiven(
  add: (app: FastifyInstance, parts: EmbedParts) => void = addCardRoutes,
  change: Change = (region) => region,
  perMinute = 0,
): Promise<FastifyInstance> {
  const app = Fastify();
  app.setErrorHandler((error, _request, reply) => replyError(error, reply, silent));
  const door = await createDoor(app, { perMinute, maxDelayMs: 0 });
  const base = createPublicBase('https://cakupan.example');
  add(app, { findFigure: async ({ region }) => givenFigure(region, change), pngs: createPngs(1_000_000), base, door });
  return app;
}

/** The figure of a canned region, read as the gateway reads it. */
export function givenFigure(region: string, change: Change = (one) => one) {
  const codes = codesFor(region);
  const given = answerTo(codes) as { data: { cards: (Record<string, unknown> | null)[] } }; // it is made so
  const [first, ...above] = given.data.cards;
  const cards = [first ? { ...first, ...change(first) } : null, ...above];
  const reading = readAnswer({ ...given, data: { cards } }, { part: 'cards', codes }, { cards: codes });
  if (!reading.answer) return reading.problem;
  return { answer: reading.answer, regions: cards, lifetime: LIFETIMES.current } satisfies Figure;
}

/** Invented regions in every state that a card can show. */
export const STATES = Object.keys(regions).filter((code) => code.startsWith('99.'));
