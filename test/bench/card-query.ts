import { readFileSync } from 'node:fs';
import { documentId } from '../../services/gateway/documents.js';

/** The card of Bangka Selatan with its province and country, as the widget asks for it. */
export const CARD_QUERY = readFileSync('schema/operations/coverage-card.graphql', 'utf8');
export const CARD_VARIABLES = { codes: ['19.03', '19', '00'], indicator: null };

/** The address of the card of these regions, at an instant or now. */
export function cardUrl(origin: string, codes: readonly string[] = CARD_VARIABLES.codes, asOf?: string): string {
  const parameters = new URLSearchParams({
    documentId: documentId(CARD_QUERY),
    variables: JSON.stringify({ ...CARD_VARIABLES, codes }),
    ...(asOf === undefined ? {} : { asOf }),
  });
  return `${origin}/graphql?${parameters}`;
}
