import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { follow, retryDelayMs } from './follow.js';

const MINUTE = 60_000;

/** A page whose network, reader and clock the test commands. */
function setUp(everyMs: number | null = MINUTE) {
  const window = new EventTarget();
  const document = Object.assign(new EventTarget(), { hidden: false });
  const asked: AbortSignal[] = [];
  const failures: unknown[] = [];
  const far = { isUp: true, isSilent: false };
  const stop = follow({
    ask: async (signal) => {
      asked.push(signal);
      if (far.isSilent) await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      if (!far.isUp) throw new Error('down');
    },
    onFailure: (error) => failures.push(error),
    everyMs: () => everyMs,
    window,
    document,
    random: () => 0.5,
  });
  const look = (hidden: boolean) => {
    document.hidden = hidden;
    document.dispatchEvent(new Event('visibilitychange'));
  };
  return { asked, failures, far, stop, look, online: () => window.dispatchEvent(new Event('online')) };
}

const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

describe('following', () => {
  test('asks at once and then every so often', async () => {
    const page = setUp();
    expect(page.asked).toHaveLength(1);
    await pass(3 * MINUTE);
    expect(page.asked).toHaveLength(4);
  });

  test('rests while nobody looks, and asks on return', async () => {
    const page = setUp();
    await pass(1);
    page.look(true);
    await pass(10 * MINUTE);
    expect(page.asked).toHaveLength(1);
    page.look(false);
    await pass(1);
    expect(page.asked).toHaveLength(2);
  });

  test('does not ask at every glance', async () => {
    const page = setUp();
    for (let glance = 0; glance < 20; glance += 1) {
      page.look(glance % 2 === 0);
      await pass(100);
    }
    expect(page.asked).toHaveLength(1);
  });

  test('waits longer after each failure, and goes on as before after an answer', async () => {
    const page = setUp();
    page.far.isUp = false;
    await pass(10 * MINUTE);
    expect(page.failures.length).toBeGreaterThan(10);
    expect(page.failures.length).toBeLessThan(25);
    page.far.isUp = true;
    await pass(MINUTE);
    const { length } = page.asked;
    await pass(2 * MINUTE);
    expect(page.asked.length - length).toBeLessThanOrEqual(2);
  });

  test('asks within a second when the network returns', async () => {
    const page = setUp();
    page.far.isUp = false;
    await pass(5 * MINUTE);
    page.far.isUp = true;
    const { length } = page.asked;
    page.online();
    await pass(1000);
    expect(page.asked).toHaveLength(length + 1);
  });

  test('gives up a question that nobody answers, and asks again', async () => {
    const page = setUp();
    page.far.isSilent = true;
    await pass(MINUTE);
    page.far.isSilent = false;
    expect(page.failures).toHaveLength(0);
    await pass(2 * MINUTE);
    expect(page.failures).toHaveLength(1);
    expect(page.asked.length).toBeGreaterThan(2);
  });

  test('asks until there is an answer and never again, for an edition of the past', async () => {
    const page = setUp(null);
    await pass(MINUTE);
    page.look(false);
    page.online();
    await pass(MINUTE);
    expect(page.asked).toHaveLength(1);
  });

  test('ends, with what was under way, when told to', async () => {
    const page = setUp();
    page.far.isSilent = true;
    await pass(MINUTE);
    const [, second] = page.asked;
    page.stop();
    page.online();
    await pass(10 * MINUTE);
    expect(second?.aborted).toBe(true);
    expect(page.asked).toHaveLength(2);
    expect(page.failures).toEqual([]);
  });
});

test('the pause after a failure doubles up to a minute, with chance in it', () => {
  expect([1, 2, 3, 10, 1000].map((failures) => retryDelayMs(failures, () => 1))).toEqual([
    1000,
    2000,
    4000,
    MINUTE,
    MINUTE,
  ]);
  expect(retryDelayMs(1, () => 0)).toBe(500);
});
