import type { FastifyInstance } from 'fastify';

/** What a scrape gets. */
export interface Scraped {
  readonly contentType: string;
  text(): Promise<string>;
}

/** Adds `/metrics`, for who asks this process itself: readers come through a proxy, and find nothing there. */
export function addMetricsRoute(app: FastifyInstance, { contentType, text }: Scraped): void {
  app.get('/metrics', async (request, reply) => {
    if (request.headers['x-forwarded-for'] !== undefined) return reply.callNotFound();
    return reply
      .header('cache-control', 'no-store')
      .type(contentType)
      .send(await text());
  });
}
