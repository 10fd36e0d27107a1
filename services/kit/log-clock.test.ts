import { describe, expect, test } from '@jest/globals';
import type { EditionLog } from './edition.js';
import { clockWarning, createLogClock, followLogClock } from './log-clock.js';

const START = Date.parse('2026-11-24T01:00:00Z');

/** A log's clock with the two clocks of a machine, which the test moves: time passes for all three. */
function clocks(ownOffset = 0) {
  const state = { log: START, own: START + ownOffset, elapsed: 0 };
  const time = createLogClock(
    () => state.own,
    () => state.elapsed,
  );
  const pass = (ms: number) => {
    state.log += ms;
    state.own += ms;
    state.elapsed += ms;
  };
  /** Asks the log: the question and the answer take so long on the way. */
  const hear = (there = 0, back = 0) => {
    const askedAt = time.asking();
    pass(there);
    const said = state.log;
    pass(back);
    time.hear(said, askedAt);
  };
  return { state, time, pass, hear };
}

describe("the log's time", () => {
  test.each([0, 5000, -5000])("F: is the log's, though the own clock is off by %d ms", (offset) => {
    const { state, time, pass, hear } = clocks(offset);
    hear();
    pass(700);
    expect(time.now()).toBe(state.log);
  });

  test.each([
    [0, 400],
    [400, 0],
    [200, 200],
  ])('F: is never ahead, and behind by no more than the way back, for ways of %d and %d ms', (there, back) => {
    const { state, time, pass, hear } = clocks();
    hear(there, back);
    pass(700);
    expect(state.log - time.now()).toBe(back);
  });

  test.each([60_000, -60_000])('F: is not moved by setting the own clock by %d ms', (step) => {
    const { state, time, pass, hear } = clocks();
    hear();
    pass(300);
    state.own += step;
    expect(time.now()).toBe(state.log);
  });

  test('F: never goes back, not even with the log, and goes on when the log has caught up', () => {
    const { state, time, pass, hear } = clocks();
    hear();
    pass(1000);
    const before = time.now();
    state.log -= 60_000;
    hear();
    const after = time.now();
    pass(60_500);
    expect([after - before, time.now() - before]).toEqual([0, 500]);
  });

  test('is the own clock until the log was heard, and its age without end', () => {
    const { state, time } = clocks(5000);
    expect([time.now(), time.age(), time.offset()]).toEqual([state.own, Number.POSITIVE_INFINITY, 0]);
  });

  test('F: is as old as the question that was answered last', () => {
    const { time, pass, hear } = clocks();
    hear(300, 500);
    pass(200);
    expect(time.age()).toBe(1000);
  });

  test.each([
    [5000, 0, 0, -5000],
    [-5000, 0, 0, 5000],
    [5000, 200, 300, -4800],
    [-5000, 200, 300, 4700],
    [400, 500, 500, 0],
  ])(
    'F: tells how far an own clock is off at the least: by %d ms, for ways of %d and %d ms',
    (own, there, back, expected) => {
      const { time, hear } = clocks(own);
      hear(there, back);
      expect(time.offset()).toBe(expected);
    },
  );

  test('F: is warned about above two seconds, with its sign', () => {
    expect([2000, -2000, 4980, -4980].map(clockWarning)).toEqual([
      null,
      null,
      "the clock of this machine is 5.0 s behind the edition log's: set it right",
      "the clock of this machine is 5.0 s ahead of the edition log's: set it right",
    ]);
  });
});

describe('a host that follows it', () => {
  const logAt = (now: () => number): EditionLog => ({
    read: async () => ({ now: now(), seals: [], redactions: 0 }),
    seal: async () => {},
    report: async () => true,
    abandon: async () => true,
    recordRedaction: async () => {},
  });

  test("F: goes by the log's time and warns that its own clock is off", async () => {
    const followed = followLogClock(logAt(Date.now), () => Date.now() + 5000);
    const unheard = followed.warnings();
    await followed.hear();
    const ahead = followed.now() - Date.now();
    const [warning] = followed.warnings();
    await followed.stop();
    expect({ unheard, isRight: Math.abs(ahead) < 1000, warning }).toEqual({
      unheard: ['the edition log has not been heard for a minute'],
      isRight: true,
      warning: expect.stringMatching(/^the clock of this machine is [45]\.\d s ahead of/),
    });
  });

  test('F: is not early although its own clock is ahead and it has not heard the log yet, nor late for long', async () => {
    const away: EditionLog = { ...logAt(Date.now), read: () => Promise.reject(new Error('away')) };
    const followed = followLogClock(away, () => START + 5000);
    expect(followed.now()).toBe(START + 5000 - 60_000);
    await followed.stop();
  });

  test('has nothing to warn of when its clock is right', async () => {
    const followed = followLogClock(logAt(Date.now), Date.now);
    await followed.hear();
    expect(followed.warnings()).toEqual([]);
    await followed.stop();
  });
});
