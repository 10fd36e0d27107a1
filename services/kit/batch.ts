import DataLoader from 'dataloader';

/** Answers single questions with one statement for all that are asked at the same time. */
export interface Batch<Key, Args, Value> {
  load(key: Key, args: Args): Promise<Value>;
}

/**
 * Batches questions that share their arguments. `find` gets all keys and gives what it found by key; a key that is
 * missing there gets `none`. Lives as long as one request, so that it never mixes two instants.
 */
export function batch<Key extends string, Args, Value>(
  find: (keys: readonly Key[], args: Args) => Promise<ReadonlyMap<string, Value>>,
  none: Value,
): Batch<Key, Args, Value> {
  const loaders = new Map<string, DataLoader<Key, Value>>();
  const loaderOf = (args: Args) => {
    const name = JSON.stringify(args ?? null);
    const known = loaders.get(name);
    if (known) return known;
    const loader = new DataLoader<Key, Value>(async (keys) => {
      const found = await find(keys, args);
      return keys.map((key) => found.get(key) ?? none);
    });
    loaders.set(name, loader);
    return loader;
  };
  return { load: (key, args) => loaderOf(args).load(key) };
}

/** Rows grouped under a key, in the order they came. */
export function groupBy<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}
