import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import Fastify from 'fastify';
import type { Browser } from 'playwright-core';
import { addRegionPages, datasetOf } from '../services/gateway/region-page.js';
import type { DatasetFacts } from '../services/kit/dataset-facts.js';
import { openChromium } from './support/chromium.js';
import { type StartedWorld, startWorld } from './support/world.js';

let world: StartedWorld;
let browser: Browser;
beforeAll(async () => {
  [world, browser] = await Promise.all([startWorld(), openChromium()]);
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});

/** What a browser makes of a page: its texts and links, and everything its policy stopped. */
async function visit(path: string) {
  const page = await browser.newPage();
  const stopped: string[] = [];
  page.on('console', (message) => {
    if (/content security policy|refused to/i.test(message.text())) stopped.push(message.text());
  });
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) =>
      console.error(`Content Security Policy ${event.violatedDirective}`),
    );
  });
  const response = await page.goto(`${world.url}${path}`, { waitUntil: 'networkidle' });
  const seen = await page.evaluate(() => ({
    heading: document.querySelector('h1')?.textContent ?? null,
    widget: document.querySelector('coverage-widget')?.getAttribute('region') ?? null,
    about: document.querySelector('script[type="application/ld+json"]')?.textContent ?? null,
    links: [...document.querySelectorAll('main a')].map((link) => link.getAttribute('href') ?? ''),
  }));
  await page.close();
  return { status: response?.status(), policy: response?.headers()['content-security-policy'], stopped, ...seen };
}

describe('the page of a region', () => {
  test('shows its card and its data, and its strict policy stops nothing of it', async () => {
    const { links, about, ...seen } = await visit('/r/19.03');
    expect(seen).toEqual({
      status: 200,
      policy: "default-src 'self'",
      stopped: [],
      heading: 'Kabupaten Bangka Selatan',
      widget: '19.03',
    });
    expect(links).toContain('/data/participant_count.csv');
    const { name, spatialCoverage, distribution } = JSON.parse(about ?? '');
    expect([name, spatialCoverage]).toEqual([
      'Jaminan sosial ketenagakerjaan: Kabupaten Bangka Selatan',
      { '@type': 'Place', name: 'Kabupaten Bangka Selatan', identifier: '19.03' },
    ]);
    for (const { contentUrl } of distribution) expect(links).toContain(contentUrl);
  });

  test('leads nowhere in vain', async () => {
    const { links } = await visit('/r/19.03');
    const statuses = await Promise.all(
      ['/catalog.jsonld', ...links].map(async (link) => [link, (await fetch(`${world.url}${link}`)).status]),
    );
    expect(statuses.filter(([, status]) => status !== 200)).toEqual([]);
  });

  test.each(['/r/19.77', '/r/1903', '/r/%3Cscript%3E'])('says 404 where there is no region: %s', async (path) => {
    expect(await visit(path)).toMatchObject({ status: 404, stopped: [], widget: null, about: null });
  });

  test('is not sent again to who has it', async () => {
    const first = await fetch(`${world.url}/r/19.03`);
    const again = await fetch(`${world.url}/r/19.03`, {
      headers: { 'if-none-match': first.headers.get('etag') ?? '' },
    });
    expect([first.headers.get('cache-control'), again.status]).toEqual([
      'public, max-age=0, s-maxage=1, must-revalidate',
      304,
    ]);
  });
});

test('a name cannot end the data of the page, nor begin a tag', async () => {
  const app = Fastify();
  const name = '</script><script src="x"></script>&"';
  addRegionPages(
    app,
    async (code) => ({ code, name }),
    async () => [],
  );
  const { body } = await app.inject('/r/19.03');
  expect(body).not.toContain(name.slice(0, 20));
  expect(body).toContain('<h1>&lt;/script&gt;&lt;script src=&quot;x&quot;&gt;&lt;/script&gt;&amp;&quot;</h1>');
  const [, about = ''] = /ld\+json">(.*)<\/script>/.exec(body) ?? [];
  expect(JSON.parse(about).spatialCoverage.name).toBe(name);
});

test('what a page says of itself is in both languages, as far as a file has a name', async () => {
  const { datasets } = (await (await fetch(`${world.url}/data`)).json()) as { datasets: DatasetFacts[] };
  const counts = datasets.filter(({ name }) => name === 'participant_count');
  expect(datasetOf({ code: '00', name: 'Indonesia' }, counts).distribution.map(({ name }) => name)).toEqual([
    'Jumlah peserta / Number of participants',
  ]);
});

test('what a page says of itself is long enough for a search engine to take', () => {
  expect(datasetOf({ code: '00', name: 'Indonesia' }, []).description.length).toBeGreaterThan(50);
});

describe('the open data of what is started', () => {
  test('is the real facts, packed only where that was asked for', async () => {
    const response = await fetch(`${world.url}/data/participant_count.csv`, { headers: { 'accept-encoding': 'br' } });
    const text = await response.text();
    expect(response.headers.get('content-encoding')).toBeNull();
    expect(text.split('\n').length).toBeGreaterThan(10);
    expect(text.startsWith('region_code,date,segment,program,status,category,')).toBe(true);
  });

  test('of every release has the hash that the API gives', async () => {
    const listed = (await (await fetch(`${world.url}/data`)).json()) as { datasets: { name: string }[] };
    let compared = 0;
    for (const { name } of listed.datasets) {
      const { data } = await world.ask(`{ releases(dataset: "${name}") { id contentHash } }`);
      const releases = (data?.releases ?? []) as { id: string; contentHash: string }[]; // what the query asks for
      for (const { id, contentHash } of releases) {
        const csv = await (await fetch(`${world.url}/data/${name}.csv?release=${id.split('/')[1]}`)).text();
        expect([id, createHash('sha256').update(csv).digest('hex')]).toEqual([id, contentHash]);
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(listed.datasets.length);
  });

  test('is listed with title and columns, and in the catalogue', async () => {
    const listed = (await (await fetch(`${world.url}/data`)).json()) as { datasets: { name: string }[] };
    const catalog = (await (await fetch(`${world.url}/catalog.jsonld`)).json()) as { 'dcat:dataset': object[] };
    expect(listed.datasets.find(({ name }) => name === 'region')).toMatchObject({
      title: { id: 'Wilayah Indonesia', en: 'Regions of Indonesia' },
      columns: expect.arrayContaining(['code', 'name']),
    });
    expect(catalog['dcat:dataset'].map((one) => ('dct:identifier' in one ? one['dct:identifier'] : null))).toEqual(
      listed.datasets.map(({ name }) => name),
    );
  });
});
