/** Does work when its turn has come; gives what the work gives, or throws what it throws. */
export type InTurn = <T>(work: () => Promise<T>) => Promise<T>;

/** One after the other, in the order of asking; one that fails does not keep the next. */
export function oneAtATime(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work, work);
    last = next.catch(() => {});
    return next;
  };
}

/** Does work for each, in their order and so many at a time, until all have had theirs. One that fails keeps no other: it is told. */
export async function someAtATime<Item>(
  most: number,
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
  onFailure: (error: unknown) => void,
): Promise<void> {
  const waiting = items.values();
  const takeTurns = async () => {
    for (const item of waiting) await work(item).catch(onFailure);
  };
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, takeTurns));
}
