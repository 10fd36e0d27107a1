import { CircuitState, CountBreaker, circuitBreaker, ExponentialBackoff, handleWhen } from 'cockatiel';
import { CallFailure } from './failure.js';

export interface BreakerOptions {
  /** How many of the last calls are looked at. */
  readonly window: number;
  /** How many there must be before anything is concluded from them. */
  readonly fewest: number;
  /** The share of failed ones above which the subgraph is left alone. */
  readonly share: number;
  /** For how long at first, in milliseconds; up to thirty times as long when it goes on failing. */
  readonly restMs: number;
  /** Told when it begins to be left alone, and when it is asked again as usual. */
  readonly onChange: (isResting: boolean) => void;
}

/** Leaves a subgraph alone that fails too often. After a rest one call is let through, and decides. */
export interface Breaker {
  /** Does the work, unless the subgraph is left alone: then throws a CallFailure at once. */
  run<Result>(work: () => Promise<Result>): Promise<Result>;
}

const LONGEST_REST = 30;

/** The only file that knows cockatiel. */
export function createBreaker({ window, fewest, share, restMs, onChange }: BreakerOptions): Breaker {
  const counts = handleWhen((error) => isFailureOfSubgraph(error) || policy.state === CircuitState.HalfOpen);
  const policy = circuitBreaker(counts, {
    breaker: new CountBreaker({ threshold: share, size: window, minimumNumberOfCalls: fewest }),
    halfOpenAfter: new ExponentialBackoff({ initialDelay: restMs, maxDelay: LONGEST_REST * restMs }),
  });
  let isResting = false;
  const tell = (rests: boolean) => {
    if (rests !== isResting) onChange(rests);
    isResting = rests;
  };
  policy.onBreak(() => tell(true));
  policy.onReset(() => tell(false));
  return {
    async run(work) {
      if (policy.state === CircuitState.HalfOpen) throw resting(); // one call at a time tries, and nobody waits for it
      let hasBegun = false;
      try {
        return await policy.execute(() => {
          hasBegun = true;
          return work();
        });
      } catch (error) {
        throw hasBegun ? error : resting();
      }
    },
  };
}

/** A call that had less time than usual, or was not made at all, says nothing of the subgraph. */
function isFailureOfSubgraph(error: Error): boolean {
  return error instanceof CallFailure && (error.kind === 'silent' || error.kind === 'invalid');
}

function resting(): CallFailure {
  return new CallFailure('resting', 'it failed too often');
}
