import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';

const root = new URL('../../', import.meta.url);

/** Where a browser finds what the built modules of the tag import. */
const imports = {
  'lit': '/node_modules/lit/index.js',
  'lit/': '/node_modules/lit/',
  'lit-html': '/node_modules/lit-html/lit-html.js',
  'lit-html/': '/node_modules/lit-html/',
  'lit-element/': '/node_modules/lit-element/',
  '@lit/reactive-element': '/node_modules/@lit/reactive-element/reactive-element.js',
  '@lit/reactive-element/': '/node_modules/@lit/reactive-element/',
};

/** Draws answers as the element does: its styles and those of the view adopted, nothing else on the page but a link. */
const page = (view: string) => `<!doctype html><html lang="id"><meta charset="utf-8"><title>Mitra</title>
<script type="importmap">${JSON.stringify({ imports })}</script>
<main><h1>Mitra</h1><a href="#before">sebelum</a><div id="host"></div><a href="#after">sesudah</a></main>
<script type="module">
  import { html, render } from 'lit/html.js';
  import { createFormat } from '/dist/widget-modules/format.js';
  import { styles as ofCard } from '/dist/widget-modules/styles.js';
  import { draw, styles } from '/dist/widget-modules/views/${view}.js';
  import { WORDS } from '/dist/widget-modules/words.js';
  const shadow = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(ofCard + styles);
  shadow.adoptedStyleSheets = [sheet];
  globalThis.show = (answer) => {
    const { picture } = draw(answer, { language: 'id', words: WORDS.id, format: createFormat('id'), asOf: null });
    render(html\`<section class="card" lang="id">\${picture}</section>\`, shadow);
  };
</script>`;

export interface ViewPage {
  readonly page: Page;
  /** Draws what the API answered, over what is drawn already. */
  show(answer: object): Promise<void>;
  close(): Promise<void>;
}

/** A page of its own that draws one view with the built modules. */
export async function openView(browser: Browser, view: string): Promise<ViewPage> {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://view.test');
    if (pathname === '/') return response.writeHead(200, { 'content-type': 'text/html' }).end(page(view));
    const file = /^\/(dist|node_modules)\/.*\.js$/.test(pathname) ? new URL(`.${pathname}`, root) : null;
    const body = file && (await readFile(file).catch(() => null));
    return body
      ? response.writeHead(200, { 'content-type': 'text/javascript' }).end(body)
      : response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // listening on a port, not a pipe
  const opened = await browser.newPage();
  await opened.goto(`http://127.0.0.1:${port}`);
  return {
    page: opened,
    show: async (answer) => {
      await opened.waitForFunction(() => 'show' in globalThis);
      await opened.evaluate((given) => (globalThis as unknown as { show(answer: object): void }).show(given), answer); // set by the page
    },
    close: async () => {
      await opened.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
