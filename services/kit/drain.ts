import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/**
 * While the server stops, each answer is the last of its connection, and connections on which nothing was ever asked are
 * ended: clients open some in advance, and one would keep the process for a minute.
 */
export function closeWhenStopping(app: FastifyInstance): void {
  let isStopping = false;
  const connections = new Set<Socket>();
  app.server.on('connection', (socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });
  app.addHook('preClose', async () => {
    isStopping = true;
    for (const socket of connections) if (socket.bytesRead === 0) socket.destroy();
  });
  app.addHook('onSend', async (_request, reply) => {
    if (isStopping) reply.header('connection', 'close');
  });
}
