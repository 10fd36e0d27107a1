import { LRUCache } from 'lru-cache';

/** What is remembered of operations, by their text and the name of the one that is meant; null where there is one only. */
export interface Known<Value extends object> {
  get(text: string, operationName: string | null): Value | undefined;
  set(text: string, operationName: string | null, value: Value): void;
  /** The last used first; those without a name before those with one. */
  values(): Value[];
}

/**
 * Remembers so many of each kind. A text is looked up as it is: put together with a name it would be a new text each time,
 * to be read from end to end.
 */
export function createKnown<Value extends object>(max: number): Known<Value> {
  const byText = new LRUCache<string, Value>({ max });
  const byName = new LRUCache<string, Value>({ max });
  const nameOf = (text: string, operationName: string) => `${operationName.length} ${operationName} ${text}`;
  return {
    get: (text, operationName) => (operationName === null ? byText.get(text) : byName.get(nameOf(text, operationName))),
    set(text, operationName, value) {
      if (operationName === null) byText.set(text, value);
      else byName.set(nameOf(text, operationName), value);
    },
    values: () => [...byText.values(), ...byName.values()],
  };
}
