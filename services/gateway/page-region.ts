import { RequestError } from '../kit/errors.js';
import type { Editions } from './edition.js';
import { askOwn, type OwnParts } from './own-question.js';
import type { FindRegion, PageRegion } from './region-page.js';

const QUERY = 'query RegionPage($code: String!) { region(code: $code) { code name } }';

/** Mistakes of the one who wrote the address; of anything else the page is not to blame. */
const NO_REGION = ['UNKNOWN_REGION', 'BAD_REGION_CODE'];

/** Asks the API of the current edition for a region, as everybody may. */
export function regionFinder(parts: OwnParts, editions: Editions): FindRegion {
  return async (code) => {
    const { body } = await askOwn(parts, { query: QUERY, variables: { code }, asOf: null }, editions.pick(null));
    const { data, errors = [] } = JSON.parse(body.toString()) as RegionAnswer; // what the query asks for
    if (data?.region) return data.region;
    if (errors.length > 0 && errors.every(({ extensions }) => NO_REGION.includes(extensions?.code ?? ''))) return null;
    throw new RequestError('SUBGRAPH_UNAVAILABLE', 'The subgraph of regions did not answer: try again later.');
  };
}

interface RegionAnswer {
  readonly data?: { readonly region: PageRegion | null } | null;
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
}
