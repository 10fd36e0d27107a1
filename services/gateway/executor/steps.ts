import { compileFetch, type Supply, type Work } from './fetch.js';
import type { Step } from './plan.js';

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
      return (run) => (run.variables[step.variable] === true ? whenTrue(run) : whenFalse(run));
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

/** Waits for all, also where one fails: none may go on after the answer was given. */
function together(works: readonly Work[]): Work {
  return async (run) => {
    const results = await Promise.allSettled(works.map((work) => work(run)));
    for (const result of results) if (result.status === 'rejected') throw result.reason;
  };
}
