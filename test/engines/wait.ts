import { setTimeout as delay } from 'node:timers/promises';

/** What was read, as soon as it is as wanted, or what it was when the time was over. */
export async function until<T>(read: () => Promise<T>, isWanted: (value: T) => boolean, ms = 10_000): Promise<T> {
  const end = Date.now() + ms;
  let value = await read();
  while (!isWanted(value) && Date.now() < end) {
    await delay(100);
    value = await read();
  }
  return value;
}
