import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import Fastify, { type FastifyInstance } from 'fastify';
import { createDoor, type DoorOptions } from '../../services/gateway/door.js';
import { replyError } from '../../services/kit/error-reply.js';
import { silent } from '../../services/kit/log.js';

let app: FastifyInstance | null = null;
afterEach(async () => {
  await app?.close();
});

/** A server that computes for everybody whom its door lets in; its address. */
async function serve(options: DoorOptions): Promise<string> {
  const made = Fastify({ trustProxy: ['loopback'] });
  app = made;
  made.setErrorHandler((error, _request, reply) => replyError(error, reply, silent));
  const door = await createDoor(made, options);
  made.get('/', async (request) => {
    await door.demand(request);
    return 'computed';
  });
  return made.listen({ host: '127.0.0.1', port: 0 });
}

async function ask(url: string, address = '203.0.113.1') {
  const response = await fetch(url, { headers: { 'x-forwarded-for': address } });
  const text = await response.text();
  const code = response.ok ? text : JSON.parse(text).errors[0].extensions.code;
  return [response.status, code, Number(response.headers.get('retry-after')) > 0];
}

const COMPUTED = [200, 'computed', false];

describe('an address that asks for more than its rate', () => {
  test('is told when to ask again, and nobody else is', async () => {
    const url = await serve({ perMinute: 3, maxDelayMs: 0 });
    const answers = [];
    for (let n = 0; n < 5; n += 1) answers.push(await ask(url));
    const refused = [429, 'TOO_MANY_REQUESTS', true];
    expect(answers).toEqual([COMPUTED, COMPUTED, COMPUTED, refused, refused]);
    expect(await ask(url, '203.0.113.2')).toEqual(COMPUTED);
  });

  test('is not counted where no rate is set', async () => {
    const url = await serve({ perMinute: 0, maxDelayMs: 0 });
    const answers = await Promise.all(Array.from({ length: 50 }, () => ask(url)));
    expect(answers).toEqual(Array.from({ length: 50 }, () => COMPUTED));
  });
});

describe('a server whose event loop is late', () => {
  /** Keeps the process busy in steps of this length. */
  function load(stepMs: number): () => void {
    let isOver = false;
    const step = () => {
      const end = performance.now() + stepMs;
      while (performance.now() < end);
      if (!isOver) setTimeout(step, 1);
    };
    step();
    return () => {
      isOver = true;
    };
  }

  test('computes nothing new until it is not', async () => {
    const url = await serve({ perMinute: 0, maxDelayMs: 100 });
    const stop = load(250);
    await wait(1500);
    const during = await ask(url);
    stop();
    await wait(1500);
    expect([during, await ask(url)]).toEqual([[503, 'OVERLOADED', true], COMPUTED]);
  }, 20_000);
});
