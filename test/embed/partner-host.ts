import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';

/** A site of a partner on a host of its own, that shows what it was given. */
export interface PartnerHost {
  readonly url: string;
  /** Opens a page with this body in a browser of its own, and keeps what its policy stopped. */
  open(browser: Browser, body: string, look?: PartnerLook): Promise<PartnerPage>;
  stop(): void;
}

export interface PartnerLook {
  /** The Content-Security-Policy that the page is sent with; none when not given. */
  readonly policy?: string;
  readonly isScripted?: boolean;
  readonly width?: number;
}

export interface PartnerPage {
  readonly page: Page;
  readonly stopped: readonly string[];
  close(): Promise<void>;
}

export async function startPartnerHost(): Promise<PartnerHost> {
  let shown = { body: '', policy: '' };
  const server = createServer((request, response) => {
    if (request.url !== '/') return response.writeHead(404).end();
    const { body, policy } = shown;
    const headers = { 'content-type': 'text/html', ...(policy && { 'content-security-policy': policy }) };
    return response.writeHead(200, headers).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://partner.localhost:${(server.address() as AddressInfo).port}/`; // it listens on a port
  return {
    url,
    async open(browser, body, { policy = '', isScripted = true, width = 900 } = {}) {
      shown = {
        body: `<!doctype html><html lang="id"><meta charset="utf-8"><title>Mitra</title><h1>Mitra</h1>${body}`,
        policy,
      };
      const context = await browser.newContext({ javaScriptEnabled: isScripted, viewport: { width, height: 900 } });
      const page = await context.newPage();
      const stopped: string[] = [];
      page.on('console', (message) => {
        if (/content security policy|refused to/i.test(message.text())) stopped.push(message.text());
      });
      await page.goto(url);
      return { page, stopped, close: () => context.close() };
    },
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
