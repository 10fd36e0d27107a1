/**
 * The least that a server can do: `/graphql` sends the bytes and headers that a gateway of ours sent once, `/live?n=...`
 * keeps the connection, and `POST /tell` sends all of them the event that was posted. Arguments: the port, and the address
 * to take the answer from.
 */
import { createServer, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';

const [port = '0', url = ''] = process.argv.slice(2);
const LEFT_OUT = ['connection', 'date', 'keep-alive', 'transfer-encoding'];
const answer = await fetch(url, { headers: { 'accept-encoding': 'identity' } });
const body = Buffer.from(await answer.arrayBuffer());
const headers = Object.fromEntries([...answer.headers].filter(([name]) => !LEFT_OUT.includes(name)));
const STREAM = { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' };
const listening = new Set<ServerResponse>();

const server = createServer(async (request, response) => {
  if (request.url?.startsWith('/graphql')) {
    response.writeHead(200, headers).end(body);
  } else if (request.url?.startsWith('/live')) {
    listening.add(response);
    response.once('close', () => listening.delete(response));
    response.writeHead(200, STREAM);
    response.write('data: {"first":true}\n\n');
  } else {
    const event = await buffer(request);
    for (const one of listening) one.write(event);
    response.end();
  }
});
server.keepAliveTimeout = 72_000;
server.listen(Number(port), '127.0.0.1', () => process.stdout.write(`ready at ${port}\n`));
