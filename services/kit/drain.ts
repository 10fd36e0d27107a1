import type { FastifyInstance } from 'fastify';

/** While the server stops, each answer is the last of its connection: an open one would keep the process for a minute. */
export function closeWhenStopping(app: FastifyInstance): void {
  let isStopping = false;
  app.addHook('preClose', async () => {
    isStopping = true;
  });
  app.addHook('onSend', async (_request, reply) => {
    if (isStopping) reply.header('connection', 'close');
  });
}
