/** SHA-256 of schema/operations/coverage-page.graphql; the build writes it here. */
export const DOCUMENT_ID = '@DOCUMENT_ID@';

/** The kinds of answer that the document gives, each for a list of regions. */
export type Part = 'cards' | 'trends' | 'breakdowns' | 'places' | 'benefits';
export type Lists = Readonly<Partial<Record<Part, readonly string[]>>>;

/** What all the tags of a page ask together. */
export interface Question {
  /** Base address of the API, without the `/graphql` and without a slash at its end. */
  readonly api: string;
  /** Id of one definition; without it the API chooses the region's first. */
  readonly indicator: string | null;
  /** A day or an instant; without it the newest edition. */
  readonly asOf: string | null;
  readonly lists: Lists;
}

/** The region, and those to stand below it: the ones named, else its province and the country. */
export function codesFor(region: string, compare: string | null = null): string[] {
  const others = compare?.split(/[\s,]+/) ?? (/^\d\d(\.|$)/.test(region) ? [region.slice(0, 2), '00'] : []);
  return [...new Set([region, ...others.filter(Boolean).slice(0, MOST_COMPARED)])];
}

const MOST_COMPARED = 12;

/** Where the answer lies. The same question has the same address, so that caches on the way can keep it. */
export function addressOf({ api, indicator, asOf, lists }: Question, documentId = DOCUMENT_ID): string {
  const variables = JSON.stringify({ ...lists, indicator: indicator || null });
  return `${api}/graphql?${new URLSearchParams({ documentId, variables, ...(asOf && { asOf }) })}`;
}

/**
 * The body at the address, parsed, nothing checked. The browser asks "changed since?" by itself and answers 304 from
 * its cache. Plain enough to need no preflight, and without cookies. Rejects when the far end failed or said no JSON.
 */
export async function fetchBody(address: string, signal: AbortSignal): Promise<unknown> {
  const response = await fetch(address, { signal, cache: 'no-cache', credentials: 'omit' });
  if (response.status >= 500) throw new Error(`HTTP ${response.status}`);
  return response.json();
}
