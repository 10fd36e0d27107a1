import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { addOembed } from '../../services/gateway/embeds/oembed.js';
import { createPublicBase } from '../../services/gateway/embeds/public-base.js';
import { openChromium } from '../support/chromium.js';
import { type StartedWorld, startWorld } from '../support/world.js';
import { serveGiven } from './given-cards.js';

let world: StartedWorld;
let browser: Browser;
let page: Page;
beforeAll(async () => {
  [world, browser] = await Promise.all([startWorld(), openChromium()]);
  page = await browser.newPage();
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});

const TITLE = 'Kabupaten Bangka Selatan: sekitar 21% pekerja terlindungi, per 12 Okt 2024';

function ask(url: string, more: Readonly<Record<string, string>> = {}): Promise<Response> {
  return fetch(`${world.url}/oembed?${new URLSearchParams({ url, ...more })}`);
}

type Rich = Readonly<Record<string, string | number>>;

async function rich(path: string, more: Readonly<Record<string, string>> = {}): Promise<Rich> {
  return (await (await ask(`${world.url}${path}`, more)).json()) as Rich; // what oEmbed says an answer is
}

/** The markup of an answer as a browser takes it apart. */
function markup(html: string) {
  return page.evaluate((text) => {
    const made = new DOMParser().parseFromString(text, 'text/html').body;
    const frame = made.querySelector('iframe');
    return {
      elements: [...made.children].map(({ localName, className }) => `${localName}.${className}`),
      link: [made.querySelector('blockquote a')?.getAttribute('href'), made.querySelector('blockquote a')?.textContent],
      frame: ['src', 'sandbox', 'width', 'height', 'title'].map((name) => frame?.getAttribute(name)),
    };
  }, html);
}

describe('the oEmbed of a region', () => {
  test.each(['/r/19.03', '/embed/19.03'])(
    'is the same for the address of its page and of its frame: %s',
    async (path) => {
      const { html, ...facts } = await rich(path);
      expect(facts).toEqual({
        type: 'rich',
        version: '1.0',
        title: TITLE,
        provider_name: 'Cakupan',
        provider_url: `${world.url}/`,
        cache_age: 3600,
        thumbnail_url: `${world.url}/r/19.03.png?width=1200`,
        thumbnail_width: 1200,
        thumbnail_height: 630,
        width: 600,
        height: 420,
      });
      expect(await markup(String(html))).toEqual({
        elements: ['blockquote.wp-embedded-content', 'iframe.wp-embedded-content'],
        link: [`${world.url}/r/19.03`, TITLE],
        frame: [
          `${world.url}/embed/19.03`,
          'allow-scripts allow-top-navigation-by-user-activation',
          '600',
          '420',
          TITLE,
        ],
      });
    },
  );

  test('in XML says the same as in JSON', async () => {
    const response = await ask(`${world.url}/r/19.03`, { format: 'xml' });
    const read = await page.evaluate(
      (text) => {
        const xml = new DOMParser().parseFromString(text, 'text/xml');
        if (xml.querySelector('parsererror')) throw new Error(text);
        return Object.fromEntries(
          [...(xml.documentElement.children ?? [])].map((one) => [one.localName, one.textContent]),
        );
      },
      await response.text(),
    );
    const json = Object.entries(await rich('/r/19.03')).map(([name, value]) => [name, String(value)]);
    expect([response.headers.get('content-type'), read]).toEqual(['text/xml; charset=utf-8', Object.fromEntries(json)]);
  });

  test.each([
    [{ maxwidth: '400' }, [400, 500, 400, 210]],
    [{ maxheight: '300' }, [600, 300, 571, 300]],
    [{ maxwidth: '320', maxheight: '200' }, [320, 200, 320, 168]],
    [{ maxwidth: '100' }, [100, 630, undefined, undefined]],
    [{ maxwidth: '9000', maxheight: '9000' }, [600, 420, 1200, 630]],
  ])('is no larger than it may be: %j', async (most, sizes) => {
    const { width, height, thumbnail_width, thumbnail_height, html } = await rich('/r/19.03', most);
    expect([width, height, thumbnail_width, thumbnail_height]).toEqual(sizes);
    const { frame } = await markup(String(html));
    expect(frame.slice(2, 4)).toEqual(sizes.slice(0, 2).map(String));
  });

  test('has a thumbnail of the size it names', async () => {
    const { thumbnail_url, thumbnail_width, thumbnail_height } = await rich('/r/19.03', { maxwidth: '333' });
    const view = new DataView(await (await fetch(String(thumbnail_url))).arrayBuffer());
    expect([view.getUint32(16), view.getUint32(20)]).toEqual([thumbnail_width, thumbnail_height]);
  });

  test('keeps what the address says of language, theme and day, and drops the rest', async () => {
    const path = '/r/19.03?lang=en&theme=dark&as-of=2025-06-30&utm_source=x#y';
    const { title, html } = await rich(path);
    const { frame } = await markup(String(html));
    expect([title, frame[0]]).toEqual([
      'Kabupaten Bangka Selatan: about 21% of workers covered, as at 12 Oct 2024',
      `${world.url}/embed/19.03?lang=en&theme=dark&as-of=2025-06-30`,
    ]);
  });

  test.each([
    ['format=yaml&url=HERE/r/19.03', 501],
    ['', 400],
    ['url=', 400],
    ['url=HERE/r/19.03&maxwidth=0', 400],
    ['url=HERE/r/19.03&maxheight=besar', 400],
    ['url=HERE/r/19.03&maxwidth=1e9', 400],
    ['url=HERE/r/19.77', 404],
    ['url=HERE/r/19.03/lebih', 404],
    ['url=HERE/r/19.03.svg', 404],
    ['url=HERE/data', 404],
    ['url=https://other.example/r/19.03', 404],
    ['url=javascript:alert(1)', 404],
    ['url=19.03', 404],
    ['url=http://x@HOST/r/19.03', 404],
  ])('answers /oembed?%s with %s', async (query, status) => {
    const written = query.replace('HERE', world.url).replace('HOST', new URL(world.url).host);
    expect((await fetch(`${world.url}/oembed?${written}`)).status).toBe(status);
  });

  test('of a name with signs of markup is still one frame and one link', async () => {
    const name = '</a></blockquote><script>alert(1)</script>"&';
    const app = await serveGiven(addOembed, () => ({ name }));
    const { html } = (await app.inject('/oembed?url=https://cakupan.example/r/99.01')).json();
    await app.close();
    const { elements, link } = await markup(html);
    expect([elements.length, link[1]?.startsWith(name)]).toEqual([2, true]);
  });
});

describe('the page of a region', () => {
  async function head() {
    await page.goto(`${world.url}/r/19.03`, { waitUntil: 'domcontentloaded' });
    return page.evaluate(() => ({
      metas: Object.fromEntries(
        [...document.querySelectorAll('meta[property], meta[name^="twitter:"]')].map((meta) => [
          meta.getAttribute('property') ?? meta.getAttribute('name'),
          meta.getAttribute('content'),
        ]),
      ),
      oembed: [...document.querySelectorAll('link[type$="oembed"]')].map((link) => link.getAttribute('href') ?? ''),
      inside: document.querySelector('coverage-widget')?.textContent ?? '',
    }));
  }

  test('leads those who look for oEmbed to it, in both formats', async () => {
    const answers = await Promise.all((await head()).oembed.map((address) => fetch(address)));
    expect(answers.map(({ status, headers }) => [status, headers.get('content-type')])).toEqual([
      [200, 'application/json; charset=utf-8'],
      [200, 'text/xml; charset=utf-8'],
    ]);
  });

  test('tells social networks the number, its date, and a picture of both', async () => {
    const { metas } = await head();
    const about = 'Definisi dan penyebut tidak disebutkan oleh sumber. Sumber: ANTARA Babel, Tribun/Babel News';
    const image = `${world.url}/r/19.03.png`;
    expect(metas).toEqual({
      'og:type': 'website',
      'og:site_name': 'Cakupan',
      'og:locale': 'id_ID',
      'og:url': `${world.url}/r/19.03`,
      'og:title': TITLE,
      'og:description': about,
      'og:image': image,
      'og:image:type': 'image/png',
      'og:image:width': '1200',
      'og:image:height': '630',
      'og:image:alt': TITLE,
      'twitter:card': 'summary_large_image',
      'twitter:title': TITLE,
      'twitter:description': about,
      'twitter:image': image,
      'twitter:image:alt': TITLE,
    });
  });

  test('has number and date inside the tag, for who runs no script', async () => {
    expect((await head()).inside).toContain(TITLE);
  });
});

describe('the address that is written out', () => {
  test('is that of the setting, whatever a request calls us', () => {
    const base = createPublicBase('https://cakupan.example/angka/');
    expect(base({ protocol: 'http', host: 'evil.example' })).toBe('https://cakupan.example/angka');
  });

  test.each(['cakupan.example', 'localhost:4000', '[::1]:4000', 'my_host'])(
    'is what a request calls us: %s',
    (host) => {
      expect(createPublicBase(null)({ protocol: 'https', host })).toBe(`https://${host}`);
    },
  );

  test.each(['', 'a"b', 'a b', 'a/b', 'x@y', 'a:b', '<x>', 'a\r\nb'])(
    'is never made of what is no name: %j',
    (host) => {
      expect(() => createPublicBase(null)({ protocol: 'http', host })).toThrow('Host');
    },
  );
});
