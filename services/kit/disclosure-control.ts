import { POLICY_VERSION } from './disclosure.js';
import { RequestError } from './errors.js';
import type { StoredRelease } from './release.js';

/**
 * The place of disclosure control at a publication: a release has been compared with the newest state, and nothing of it
 * is written yet. Small counts were emptied when its file was staged, by the policy its draft names; another one would
 * decide otherwise. Cells that have to be withheld so that these cannot be worked out are to be found here, and the audit
 * of all that is public together is to refuse here. Throws STALE_DRAFT.
 */
export function controlDisclosure({ id, policyVersion }: StoredRelease): void {
  if (policyVersion === POLICY_VERSION) return;
  throw new RequestError(
    'STALE_DRAFT',
    `${id} was screened by the policy ${policyVersion} and ${POLICY_VERSION} is in force: publish its file again.`,
  );
}
