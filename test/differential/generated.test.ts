import { expect, test } from '@jest/globals';
import { createFamily } from './family.js';
import { explain } from './known-bugs.js';
import { createOperation, type Operation } from './operation.js';
import { smallerOperation } from './smaller.js';
import { createTally } from './tally.js';
import { type Judgement, startTrial, type Trial } from './trial.js';

/** The nightly command says how many families; without it they are few, and always the same ones. */
const IS_NIGHTLY = process.env.DIFFERENTIAL_FAMILIES !== undefined;
const FAMILIES = Number(process.env.DIFFERENTIAL_FAMILIES ?? 4);
const OPERATIONS = Number(process.env.DIFFERENTIAL_OPERATIONS ?? (IS_NIGHTLY ? 25 : 12));
/** A seed that is given again gives the same families and operations again. */
const SEED = Number(process.env.DIFFERENTIAL_SEED ?? (IS_NIGHTLY ? Date.now() % 2 ** 31 : 20241012));
/** The number of one family to look at alone. */
const ONLY = process.env.DIFFERENTIAL_ONLY;
const TIME = 60_000 + FAMILIES * OPERATIONS * 1000;

test(
  `generated operations over generated subgraphs are answered as one service would, by each planner (seed ${SEED})`,
  async () => {
    const tally = createTally();
    const numbers = ONLY === undefined ? Array.from({ length: FAMILIES }, (_, n) => n + 1) : [Number(ONLY)];
    const failed: string[] = [];
    for (const number of numbers) {
      const trial = await startTrial(createFamily(SEED, number));
      for (let n = 1; n <= OPERATIONS; n += 1) {
        const operation = createOperation(trial.whole, SEED, number, n);
        const judgement = await trial.judge(operation);
        tally.add(trial, judgement);
        if (unexplained(trial, judgement) !== '') failed.push(await describeFailure(trial, operation, number));
      }
      await trial.stop();
      if (failed.length > 5) break;
    }
    if (process.env.DIFFERENTIAL_TALLY) tally.print();
    expect(failed).toEqual([]);
  },
  TIME,
);

/** The findings of which no known bug is the reason, as text; empty for none. */
function unexplained({ family }: Trial, judgement: Judgement): string {
  const findings = judgement.findings.filter((finding) => !explain(finding, judgement, family));
  return findings.map(({ who, what, how }) => `${who} ${what}, ${how}`).join('; ');
}

/** The smallest operation that fails in the same way, and what everybody answers. */
async function describeFailure(trial: Trial, operation: Operation, number: number): Promise<string> {
  const wrong = unexplained(trial, await trial.judge(operation));
  const smaller = await smallerOperation(trial.whole.schema, operation, async (one) => {
    return unexplained(trial, await trial.judge(one)) === wrong;
  });
  const { answers, truth } = await trial.judge(smaller);
  const lines = Object.entries({ ...answers, truth }).map(([who, answer]) => `${who}: ${JSON.stringify(answer)}`);
  const variables = JSON.stringify(smaller.variables);
  return [`family ${number} of seed ${SEED}: ${wrong}`, smaller.text, variables, ...lines].join('\n');
}
