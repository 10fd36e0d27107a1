import type { FastifyRequest } from 'fastify';
import { RequestError } from '../../kit/errors.js';

/** Where readers reach this gateway, without a slash at the end: `https://cakupan.example`. */
export type PublicBase = (request: Pick<FastifyRequest, 'protocol' | 'host'>) => string;

/** A name or an address, and perhaps a port: nothing that could end an attribute, or lead elsewhere. */
const HOST = /^([a-z0-9]([a-z0-9._-]{0,252}[a-z0-9])?|\[[0-9a-f:.]{2,45}\])(:\d{1,5})?$/i;

/** The setting, or else what the request calls us. */
export function createPublicBase(publicUrl: string | null): PublicBase {
  const fixed = publicUrl?.replace(/\/+$/, '') ?? null;
  return ({ protocol, host }) => {
    if (fixed !== null) return fixed;
    if (HOST.test(host ?? '')) return `${protocol === 'https' ? 'https' : 'http'}://${host}`;
    throw new RequestError('BAD_REQUEST', 'The Host of the request is not a name with or without a port.');
  };
}
