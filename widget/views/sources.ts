import type { Source } from '../answer.js';

/** Every one of them once, in their order. */
export function distinct(sources: readonly Source[]): Source[] {
  return [...new Map(sources.map((source) => [`${source.publisher} ${source.url}`, source])).values()];
}
