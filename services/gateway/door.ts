import { monitorEventLoopDelay } from 'node:perf_hooks';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { RequestError } from '../kit/errors.js';

export interface DoorOptions {
  /** Answers that one address may have computed in a minute, and live answers it may begin to hear; 0 for any number. */
  readonly perMinute: number;
  /** The median delay of the event loop, in milliseconds, above which nothing more is computed; 0 for any delay. */
  readonly maxDelayMs: number;
}

/** Who asks, as far as it is counted. */
export type Visitor = Pick<FastifyRequest, 'ip'>;

/** Who may have an answer computed. What is kept is given to everybody, at any time: it costs next to nothing. */
export interface Door {
  /** Counts it. Throws TOO_MANY_REQUESTS, or OVERLOADED, with the seconds after which to ask again. */
  demand(visitor: Visitor): Promise<void>;
}

const MINUTE_MS = 60_000;
/** How often the event loop is looked at, and how exactly its delay is measured. */
const WINDOW_MS = 500;
const RESOLUTION_MS = 10;

/** Made before the routes of the app. */
export async function createDoor(app: FastifyInstance, { perMinute, maxDelayMs }: DoorOptions): Promise<Door> {
  const countRate = perMinute > 0 ? await rateOf(app, perMinute) : null;
  const isOverloaded = maxDelayMs > 0 ? watchLoop(app, maxDelayMs) : () => false;
  return {
    async demand(visitor) {
      if (isOverloaded()) throw overloaded();
      await countRate?.(visitor);
    },
  };
}

async function rateOf(app: FastifyInstance, max: number): Promise<(visitor: Visitor) => Promise<void>> {
  await app.register(rateLimit, { global: false });
  const check = app.createRateLimit({ max, timeWindow: MINUTE_MS });
  return async ({ ip }) => {
    const rate = await check({ ip, routeOptions: {} } as FastifyRequest); // it reads no more of a request
    if (rate.isAllowed || !rate.isExceeded) return;
    const text = `More than ${max} answers a minute were asked for from your address: ask again in ${rate.ttlInSeconds} s.`;
    throw new RequestError('TOO_MANY_REQUESTS', text, { retryAfterSeconds: rate.ttlInSeconds });
  };
}

/** True while the event loop was late in the last half second. A single long step in it does not make it so. */
function watchLoop(app: FastifyInstance, maxDelayMs: number): () => boolean {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  histogram.enable();
  let isLate = false;
  const timer = setInterval(() => {
    isLate = histogram.percentile(50) / 1e6 - RESOLUTION_MS > maxDelayMs;
    histogram.reset();
  }, WINDOW_MS).unref();
  app.addHook('onClose', async () => {
    clearInterval(timer);
    histogram.disable();
  });
  return () => isLate;
}

function overloaded(): RequestError {
  const text = 'This server has more to do than it can: ask again in a few seconds.';
  return new RequestError('OVERLOADED', text, { retryAfterSeconds: 2 });
}
