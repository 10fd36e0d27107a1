import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { openChromium } from '../support/chromium.js';
import { type StartedWorld, startWorld } from '../support/world.js';
import { buildSite, renderOnServer } from './build-site.js';
import { packPackage } from './packed.js';

let world: StartedWorld;
let browser: Browser;
let server: Server;
let origin: string;
let rendered: string;
beforeAll(async () => {
  const making = packPackage().then(async ({ site }) => {
    const built = join(site, 'built');
    await buildSite(site, built);
    rendered = await renderOnServer(built);
    await serve(built);
  });
  [world, browser] = await Promise.all([startWorld(), openChromium(), making]);
}, 60_000);
afterAll(async () => {
  await Promise.all([browser.close(), world.stop()]);
  server.closeAllConnections();
  server.close();
});

let page: Page;
/** What the browser's console says against the page. */
let remarks: string[];
afterEach(() => page.close());

describe.each(['react', 'vue', 'svelte'])('the packed tag on a page of %s', (framework) => {
  test('shows the real figure, and another when the state changes; its events come by the framework’s own way', async () => {
    await open(framework);
    await number('21%');
    await hears('19.03');
    await page.getByText('Provinsi').click();
    await number('33,10%');
    await hears('19.03 19');
    expect(remarks).toEqual([]);
  });

  test('has an attribute with a hyphen, one that is present, and one that is present while it is true', async () => {
    await open(framework);
    const rows = page.locator('coverage-widget [part=row]');
    await rows.first().waitFor();
    const whole = { 'region': '19.03', 'heading-level': '2', 'live': '' };
    expect(await attributes()).toEqual(whole);
    await page.getByText('Ringkas').click();
    await rows.first().waitFor({ state: 'detached' });
    expect(await attributes()).toEqual({ ...whole, compact: '' });
    await page.getByText('Ringkas').click();
    await rows.first().waitFor();
    expect(await attributes()).toEqual(whole);
  });
});

describe('the packed tag', () => {
  test('has the name that a site gives its class, and no other', async () => {
    await open('class');
    await number('21%');
    expect(await page.evaluate(() => customElements.get('coverage-widget'))).toBe(undefined);
  });

  test('says which attribute is missing where nobody said where figures are, and asks nobody', async () => {
    await open('vue', { api: '' });
    await page.locator('[part=status]').filter({ hasText: 'Atribut belum diisi: api' }).waitFor();
    expect(await page.getByText('Cakupan Bangka Selatan').isVisible()).toBe(true);
    expect((await loaded()).filter((address) => !address.startsWith(`${origin}/`) || /graphql/.test(address))).toEqual(
      [],
    );
  });

  test('loads the module of a view when it is shown, and not before', async () => {
    await open('svelte');
    await number('21%');
    const before = await loaded();
    await page.locator('coverage-widget').evaluate((tag) => tag.setAttribute('view', 'benefits'));
    await page.locator('coverage-widget [part=picture]').waitFor();
    const since = (await loaded()).filter((address) => !before.includes(address));
    expect(since).toContainEqual(expect.stringMatching(/\/benefits-\w+\.js$/));
  });
});

describe('the packed tag that React rendered on a server', () => {
  test('is the tag with what is inside', () => {
    expect(rendered).toBe(
      '<main><coverage-widget region="19.03" live="" heading-level="2"><a href="/r/19.03">Cakupan Bangka Selatan</a></coverage-widget>' +
        '<button type="button">Provinsi</button><button type="button">Ringkas</button><output></output></main>',
    );
  });

  test('is taken over without a warning', async () => {
    await open('react', { body: rendered });
    await number('21%');
    await page.getByText('Provinsi').click();
    await number('33,10%');
    expect(remarks).toEqual([]);
  });
});

/** Opens the page of this name, with this body or an empty one. */
async function open(name: string, { body = '', api = world.url } = {}): Promise<void> {
  page = await browser.newPage();
  remarks = [];
  page.on('console', (message) => {
    if (/warning|error/.test(message.type())) remarks.push(message.text());
  });
  page.on('pageerror', ({ message }) => remarks.push(message));
  await page.goto(`${origin}/?${new URLSearchParams({ name, body, api })}`);
}

async function number(text: string): Promise<void> {
  await page.locator('[part=number]').filter({ hasText: text }).waitFor();
}

async function hears(codes: string): Promise<void> {
  await page
    .locator('output')
    .filter({ hasText: new RegExp(`^${codes}$`) })
    .waitFor();
}

function attributes(): Promise<Record<string, string>> {
  return page
    .locator('coverage-widget')
    .evaluate((tag) => Object.fromEntries([...tag.attributes].map(({ name, value }) => [name, value])));
}

/** Addresses of what the page loaded. */
function loaded(): Promise<string[]> {
  return page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
}

/** Serves the built site, and a page that loads the module which its address names. */
async function serve(built: string): Promise<void> {
  server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://site.test');
    const isModule = extname(pathname) === '.js';
    response.writeHead(200, { 'content-type': isModule ? 'text/javascript' : 'text/html' });
    response.end(isModule ? await readFile(join(built, pathname)) : html(searchParams));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://site.localhost:${(server.address() as AddressInfo).port}`; // it listens on a port
}

function html(query: URLSearchParams): string {
  return `<!doctype html><html lang="id"><meta charset="utf-8"><title>Mitra</title><link rel="icon" href="data:,">
<div id="page">${query.get('body')}</div><script type="module" src="/${query.get('name')}.js"></script></html>`;
}
