/** Hive Gateway in front of the same subgraphs. Arguments: the port, their host, the planner, and whether it shares. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createGatewayRuntime } from '@graphql-hive/gateway-runtime';
import { unifiedGraphHandler } from '@graphql-hive/router-runtime';

const [port, host, planner, sharing] = process.argv.slice(2);
const isShared = sharing === 'shared';
const supergraph = readFileSync('schema/supergraph.graphql', 'utf8').replaceAll(
  /http:\/\/(\w+)\.subgraph\/graphql/g,
  (_, name) => `${host}/${name}/graphql`,
);

const gateway = createGatewayRuntime({
  supergraph,
  logging: false,
  graphiql: false,
  landingPage: false,
  maskedErrors: false,
  ...(planner === 'rust' ? { unifiedGraphHandler } : {}),
  transportEntries: { '*.http': { options: { deduplicateInflightRequests: isShared } } },
  inboundInflightRequestDeduplication: isShared,
});
createServer(gateway).listen(Number(port), '127.0.0.1', () => process.stdout.write(`ready at ${port}\n`));
