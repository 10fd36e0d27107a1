/** The baseline of the card bench: Apollo's gateway as its documentation starts it, in front of the same subgraphs. */
import '../../services/gateway/telemetry.js';
import { readFileSync } from 'node:fs';
import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';

const [port = '0', host = ''] = process.argv.slice(2);
const gateway = new ApolloGateway({
  supergraphSdl: readFileSync('schema/supergraph.graphql', 'utf8'),
  buildService: ({ name }) => new RemoteGraphQLDataSource({ url: `${host}/${name}/graphql` }),
});
const { url } = await startStandaloneServer(new ApolloServer({ gateway }), {
  listen: { port: Number(port), host: '127.0.0.1' },
});
process.stdout.write(`ready at ${url}\n`);
