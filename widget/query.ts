/** SHA-256 of schema/operations/coverage-card.graphql; the build writes it here. */
export const DOCUMENT_ID = '@DOCUMENT_ID@';

export interface Question {
  /** Base address of the API, without the `/graphql`. */
  readonly api: string;
  /** Kemendagri code with its dots: `19.03`. */
  readonly region: string;
  /** Id of one definition; null lets the API choose the region's first. */
  readonly indicator: string | null | undefined;
  /** A day or an instant; null follows the newest edition. */
  readonly asOf: string | null | undefined;
}

/** The region and the regions above it that give it context: its province and the country. */
export function codesFor(region: string): string[] {
  return /^\d\d(\.|$)/.test(region) ? [...new Set([region, region.slice(0, 2), '00'])] : [region];
}

/** Where the answer lies. The same question has the same address, so that caches on the way can keep it. */
export function addressOf({ api, region, indicator, asOf }: Question, documentId = DOCUMENT_ID): string {
  const variables = JSON.stringify({ codes: codesFor(region), indicator: indicator || null });
  const query = new URLSearchParams({ documentId, variables, ...(asOf && { asOf }) });
  return `${api.replace(/\/+$/, '')}/graphql?${query}`;
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
