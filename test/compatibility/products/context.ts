import type { Reader } from '../../../services/kit/reader.js';
import { type FoundResearch, findDeprecated, findProducts, findResearch } from './queries.js';
import type { DeprecatedProduct, Product } from './types.js';

/** What the resolvers of one request share: the small tables of this subgraph, each read once. */
export interface Context {
  readonly products: () => Promise<readonly Product[]>;
  readonly research: () => Promise<readonly FoundResearch[]>;
  readonly deprecated: () => Promise<readonly DeprecatedProduct[]>;
}

export function createContext(reader: Reader): Context {
  return {
    products: () => findProducts(reader),
    research: () => findResearch(reader),
    deprecated: () => findDeprecated(reader),
  };
}
