import { compileFetch, MOST_ERRORS, type Run, type Supply, type Work } from './fetch.js';
import type { Step } from './plan.js';
import { givenVariable } from './safe-variable.js';

/** A plan as one function. */
export function compileSteps(step: Step | null, supply: Supply): Work {
  if (step === null) return () => null;
  switch (step.kind) {
    case 'fetch':
      return compileFetch(step, supply);
    case 'sequence':
      return inTurn(step.steps.map((one) => compileSteps(one, supply)));
    case 'parallel':
      return together(step.steps.map((one) => compileSteps(one, supply)));
    case 'condition': {
      const [whenTrue, whenFalse] = [compileSteps(step.whenTrue, supply), compileSteps(step.whenFalse, supply)];
      const name = givenVariable(step.variable);
      return (run) => (run.variables[name] === true ? whenTrue(run) : whenFalse(run));
    }
  }
}

function inTurn(works: readonly Work[]): Work {
  return async (run) => {
    for (const work of works) {
      const running = work(run);
      if (running) await running;
    }
  };
}

/**
 * Waits for all, also where one fails: none may go on after the answer was given. Their errors come in the order of the
 * plan, whoever answers first, so that the same answer is the same bytes.
 */
function together(works: readonly Work[]): Work {
  return async (run) => {
    const runs = works.map((): Run => ({ ...run, errors: [] }));
    const results = await Promise.allSettled(works.map((work, index) => work(runs[index] as Run))); // one for each
    for (const result of results) if (result.status === 'rejected') throw result.reason;
    for (const { errors } of runs) run.errors.push(...errors.slice(0, MOST_ERRORS - run.errors.length));
  };
}
