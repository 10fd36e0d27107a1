import type { FastifyInstance } from 'fastify';
import { RequestError } from '../kit/errors.js';
import { isBeyond } from './json-bounds.js';

/** The longest body of JSON, where no setting says it. */
export const BODY_BYTES = 256 * 1024;

/** More than any variables that are taken, with what stands around them. */
const BOUNDS = { depth: 30, members: 2000, values: 12_000 };

/** Takes bodies of JSON up to a size, a depth and a number of values; what is more is refused before it is parsed. */
export function boundJsonBodies(app: FastifyInstance, maxBytes: number = BODY_BYTES): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser<string>(
    'application/json',
    { parseAs: 'string', bodyLimit: maxBytes },
    (request, body, done) => {
      if (!isBeyond(body, BOUNDS)) return parse(request, body, done);
      const { depth, members, values } = BOUNDS;
      const most = `${depth} levels, ${members} members and ${values} values`;
      return done(new RequestError('BAD_REQUEST', `The body holds more than ${most}: ask for less at once.`));
    },
  );
}
