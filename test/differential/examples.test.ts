import { describe, expect, test } from '@jest/globals';
import { composeSupergraph } from '../../services/gateway/supergraph.js';
import { writeSchema } from './draft.js';
import { EXAMPLES, type Example } from './examples.js';
import { startTrial } from './trial.js';

describe('every planner', () => {
  test.each(EXAMPLES)('answers $name', async (example) => {
    expect(await findWrong(example)).toEqual(example.wrong);
  });
});

/** Those whose answer is not the truth, or who have none. */
async function findWrong({ subgraphs, operation, variables = {}, data = {} }: Example): Promise<string[]> {
  const schemas = Object.entries(subgraphs).map(([name, types]) => ({ name, sdl: writeSchema([types]) }));
  const trial = await startTrial({
    subgraphs: schemas,
    supergraph: composeSupergraph(schemas),
    data: { seed: 'example', wrongPerMille: 0, forgets: [], ...data },
  });
  try {
    const { findings } = await trial.judge({ text: operation, variables });
    return findings.map(({ who }) => who);
  } finally {
    await trial.stop();
  }
}
