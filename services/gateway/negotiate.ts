import { LRUCache } from 'lru-cache';
import Negotiator from 'negotiator';

/** The media types of an answer: GraphQL's own, and JSON for everybody who does not ask for it. */
export const MEDIA_TYPES = ['application/json', 'application/graphql-response+json'] as const;
export type MediaType = (typeof MEDIA_TYPES)[number];

/** How bytes may be packed, best first. */
export const ENCODINGS = ['br', 'gzip', 'identity'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** The form of an answer that a caller takes. There is one object for each form. */
export interface Form {
  readonly type: MediaType;
  readonly encoding: Encoding;
}

const FORMS: readonly Form[] = MEDIA_TYPES.flatMap((type) => ENCODINGS.map((encoding) => ({ type, encoding })));

export type Negotiate = (accept: string | undefined, acceptEncoding: string | undefined) => Form;

/** How many pairs of headers are remembered: browsers send few different ones. */
const REMEMBERED = 500;
/** A pair that is longer is read anew each time. */
const LONGEST = 400;

/** Reads what callers accept. JSON is for who takes neither type: a readable answer is of more use than none. */
export function createNegotiate(): Negotiate {
  const known = new LRUCache<string, Form>({ max: REMEMBERED });
  return (accept = '', acceptEncoding = '') => {
    const name = `${accept}\n${acceptEncoding}`;
    const form = known.get(name);
    if (form) return form;
    const made = negotiate(accept, acceptEncoding);
    if (name.length <= LONGEST) known.set(name, made);
    return made;
  };
}

function negotiate(accept: string, acceptEncoding: string): Form {
  const negotiator = new Negotiator({ headers: { accept: accept || '*/*', 'accept-encoding': acceptEncoding } });
  const accepted = negotiator.encodings([...ENCODINGS]);
  return formOf(
    MEDIA_TYPES.find((type) => type === negotiator.mediaType([...MEDIA_TYPES])),
    ENCODINGS.find((encoding) => accepted.includes(encoding)),
  );
}

function formOf(type: MediaType = 'application/json', encoding: Encoding = 'identity'): Form {
  const form = FORMS.find((one) => one.type === type && one.encoding === encoding);
  if (form) return form;
  throw new Error('every pair has a form');
}
