import type { FastifyInstance, FastifyRequest } from 'fastify';
import { RequestError } from '../kit/errors.js';
import { isBeyond } from './json-bounds.js';

/** The longest body of JSON, where no setting says it. */
export const BODY_BYTES = 256 * 1024;

/** More than any variables that are taken, with what stands around them. */
const BOUNDS = { depth: 30, members: 2000, values: 12_000 };

/** What a body of JSON holds. Throws BAD_REQUEST for more than it may, and what the framework throws for what is no JSON. */
export type ReadJson = (text: string) => unknown;

/** Takes bodies of JSON up to a size, a depth and a number of values; what is more is refused before it is parsed. */
export function boundJsonBodies(app: FastifyInstance, maxBytes: number): ReadJson {
  const parse = app.getDefaultJsonParser('error', 'error');
  const read: ReadJson = (text) => {
    if (isBeyond(text, BOUNDS)) throw tooMuch();
    let [failure, value]: [Error | null, unknown] = [null, null];
    parse({} as FastifyRequest, text, (error, parsed) => {
      // it looks at the text only
      [failure, value] = [error, parsed];
    });
    if (failure !== null) throw failure;
    return value;
  };
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser<string>(
    'application/json',
    { parseAs: 'string', bodyLimit: maxBytes },
    async (_: FastifyRequest, body: string) => read(body),
  );
  return read;
}

function tooMuch(): RequestError {
  const { depth, members, values } = BOUNDS;
  const most = `${depth} levels, ${members} members and ${values} values`;
  return new RequestError('BAD_REQUEST', `The body holds more than ${most}: ask for less at once.`);
}
