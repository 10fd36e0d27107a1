import type { Caller, Role } from './caller.js';
import type { Dataset } from './dataset.js';
import { RequestError } from './errors.js';
import { COUNTRY_CODE, codePrefixBelow } from './region-code.js';

/** The one place where roles, datasets and regions of a caller are held against what it wants to do. */

export interface Need {
  /** Null where any role will do, as for looking at drafts. */
  readonly role: Role | null;
  /** Name of the dataset. Whether there is one is looked at later, so that a refusal tells nothing of it. */
  readonly dataset: string;
  /** The region that is touched; null, or not given, for every region. */
  readonly region?: string | null;
}

/** Throws NOT_ALLOWED unless the caller has the role, for this dataset and for all of this region. */
export function demand(caller: Caller, { role, dataset, region = null }: Need): void {
  if (role === null ? caller.roles.length === 0 : !caller.roles.includes(role))
    refuse(`has the role ${wordsOf(caller.roles)}; this needs ${role ?? 'a role'}`);
  if (caller.datasets !== null && !caller.datasets.includes(dataset))
    refuse(`is for the dataset ${wordsOf(caller.datasets)}, not for "${dataset}"`);
  if (!withinRegion(caller.region, region ?? COUNTRY_CODE))
    refuse(`is for the region ${caller.region}, not for ${region ?? 'every region'}`);
}

/**
 * The region scope of a file: the one asked for, or else all that the caller is for; null for every region.
 * Throws NOT_ALLOWED, also where a caller of one region means a dataset whose rows have no region: it would speak for all.
 */
export function demandScope(
  caller: Caller,
  role: Role,
  { name, place }: Pick<Dataset, 'name' | 'place'>,
  asked: string | null,
): string | null {
  const scope = place ? (asked ?? caller.region) : null;
  demand(caller, { role, dataset: name, region: scope });
  return scope === COUNTRY_CODE ? null : scope;
}

/** True when all of region `code` lies in the scope: `19.03` covers `19.03.01`, not `19`. Null covers every region. */
export function withinRegion(scope: string | null, code: string): boolean {
  return scope === null || scope === code || code.startsWith(codePrefixBelow(scope));
}

function refuse(why: string): never {
  throw new RequestError('NOT_ALLOWED', `This token ${why}.`);
}

function wordsOf(words: readonly string[]): string {
  return words.length === 0 ? '(none)' : words.join(', ');
}
