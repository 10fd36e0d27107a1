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
