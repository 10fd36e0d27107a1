import { QueryPlanner } from '@graphql-hive/router-query-planner';

/** Plans what it is sent: the supergraph first, then operations. Says of each what is wrong and how long it took, if it is still there. */
let planner;
process.on('message', (text) => {
  if (planner === undefined) {
    planner = new QueryPlanner(text);
    return;
  }
  const began = performance.now();
  let problem = '';
  try {
    planner.plan(text, null, new Set(), 0);
  } catch (error) {
    problem = error.message;
  }
  process.send({ problem, ms: performance.now() - began });
});
