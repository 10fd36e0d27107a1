import type { Seal, Tie } from '../kit/edition.js';
import { RequestError } from '../kit/errors.js';

/** What hosts send to the log, made exact. Every function throws BAD_REQUEST for anything else. */

const LONGEST_WORD = 80;
const LONGEST_ID = 20_000;

/** The last millisecond that a date can name. */
const LAST_INSTANT = 8.64e15;

/** The seals of a body; one at least. */
export function readSeals(body: unknown): readonly Seal[] {
  const seals = fieldOf(body, 'seals');
  if (Array.isArray(seals) && seals.length > 0 && seals.every(isSeal)) return seals;
  throw new RequestError(
    'BAD_REQUEST',
    'The body must hold "seals": [{dataset, subgraph, instant, hash, historical}].',
  );
}

/** The tie of a body. */
export function readTie(body: unknown): Tie {
  const tie = fieldOf(body, 'tie');
  const [id, members] = [fieldOf(tie, 'id'), fieldOf(tie, 'members')];
  if (isText(id, LONGEST_ID) && Array.isArray(members) && members.length > 0 && members.every((one) => isText(one)))
    return { id, members };
  throw new RequestError('BAD_REQUEST', 'The body must hold "tie": {id, members: [dataset, ...]}.');
}

/** The dataset of a body. */
export function readDataset(body: unknown): string {
  const dataset = fieldOf(body, 'dataset');
  if (isText(dataset)) return dataset;
  throw new RequestError('BAD_REQUEST', 'The body must be {"dataset": "..."}.');
}

function isSeal(value: unknown): value is Seal {
  const [instant, historical] = [fieldOf(value, 'instant'), fieldOf(value, 'historical')];
  const areTexts = ['dataset', 'subgraph', 'hash'].every((name) => isText(fieldOf(value, name)));
  const isInstant = Number.isSafeInteger(instant) && Number(instant) >= 0 && Number(instant) <= LAST_INSTANT;
  return areTexts && isInstant && typeof historical === 'boolean';
}

function isText(value: unknown, longest = LONGEST_WORD): value is string {
  return typeof value === 'string' && value !== '' && value.length <= longest;
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name] // an object, and it has the field
    : undefined;
}
