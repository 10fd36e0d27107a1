import { request } from 'undici';
import type { EditionLog, LogPage } from './edition.js';
import { type ErrorCode, RequestError } from './errors.js';

/** The edition log of a registry in another process. */
export function connectEditionLog(registryUrl: string, token: string | null): EditionLog {
  const url = new URL('/editions', registryUrl);
  return {
    async read(afterRevision) {
      const { statusCode, body } = await request(new URL(`?after=${afterRevision}`, url));
      if (statusCode !== 200) throw new Error(`the registry answered ${statusCode}`);
      return (await body.json()) as LogPage; // what the registry's route sends
    },
    async seal(seals) {
      const headers = {
        'content-type': 'application/json',
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      };
      const { statusCode, body } = await request(url, { method: 'POST', headers, body: JSON.stringify({ seals }) });
      if (statusCode === 200) return void (await body.dump());
      const { error } = (await body.json()) as { error?: { code: ErrorCode; message: string } }; // what the registry's route sends
      if (error) throw new RequestError(error.code, error.message);
      throw new Error(`the registry answered ${statusCode}`);
    },
  };
}
