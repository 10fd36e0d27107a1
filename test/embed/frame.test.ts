import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import { addFramePage } from '../../services/gateway/embeds/frame-page.js';
import { openChromium } from '../support/chromium.js';
import { type StartedWorld, startWorld } from '../support/world.js';
import { serveGiven } from './given-cards.js';
import { soon } from './partner.js';

let world: StartedWorld;
let browser: Browser;
let host: Server;
let shown = '';
let hostUrl = '';
beforeAll(async () => {
  [world, browser] = await Promise.all([startWorld(), openChromium()]);
  host = createServer((_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(shown));
  await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
  hostUrl = `http://partner.localhost:${(host.address() as AddressInfo).port}/`; // it listens on a port
});
afterAll(async () => {
  host.closeAllConnections();
  host.close();
  await browser.close();
  await world.stop();
});

let contexts: BrowserContext[] = [];
afterEach(async () => {
  await Promise.all(contexts.map((context) => context.close()));
  contexts = [];
});

/** What a page around frames keeps of what they tell it. */
const LISTENER = `<script>
  window.told = [];
  addEventListener('message', ({ data, source }) => told.push({ data, isFrame: source === frames[0] }));
</script>`;

/** Opens a partner's page with this body. */
async function open(body: string, { isScripted = true } = {}): Promise<Page> {
  shown = `<!doctype html><html lang="id"><title>Mitra</title>${LISTENER}<body>${body}`;
  const context = await browser.newContext({ javaScriptEnabled: isScripted });
  contexts.push(context);
  const page = await context.newPage();
  await page.goto(hostUrl);
  return page;
}

function iframe(query = '', attributes = 'width="600" height="200"'): string {
  return `<iframe ${attributes} src="${world.url}/embed/19.03${query}"></iframe>`;
}

async function frameOf(page: Page): Promise<Frame> {
  const [, frame] = page.frames();
  if (!frame) throw new Error('the page has no frame');
  await frame.locator('coverage-widget [part=number]').waitFor();
  return frame;
}

interface Told {
  readonly data: unknown;
  readonly isFrame: boolean;
}

const toldTo = (page: Page) => page.evaluate(() => (globalThis as unknown as { told: Told[] }).told); // the page has it

/** The heights told in our own protocol so far. */
async function heightsTold(page: Page): Promise<number[]> {
  const ours = (await toldTo(page)).map(({ data }) => data as { type?: string; height?: number }); // each is looked at
  return ours.flatMap(({ type, height }) => (type === 'coverage-widget:height' && height ? height : []));
}

/** Waits until the newest height told is that of the frame's content. */
async function settledHeight(page: Page): Promise<number> {
  const frame = await frameOf(page);
  for (let tries = 0; tries < 100; tries += 1) {
    const content = await frame.evaluate(() => Math.ceil(document.body.getBoundingClientRect().height));
    if ((await heightsTold(page)).at(-1) === content) return content;
    await soon(50);
  }
  throw new Error('the height told is not that of the content');
}

describe('the frame', () => {
  test('shows the number in a frame of any site, and its policy stops nothing of it', async () => {
    const stopped: string[] = [];
    const page = await open('');
    page.on('console', (message) => stopped.push(message.text()));
    await page.setContent(iframe());
    const frame = await frameOf(page);
    expect([await frame.locator('[part=number]').textContent(), stopped]).toEqual(['21%', []]);
  });

  test('tells its height in the protocols of WordPress, AMP, Medium and Embedly, and its own', async () => {
    const page = await open(iframe('#?secret=abc123&id=satu'));
    const height = await settledHeight(page);
    const told = (await toldTo(page)).map(({ data }) => (typeof data === 'string' ? JSON.parse(data) : data));
    const newest = (test: (one: Record<string, unknown>) => boolean) => told.filter(test).at(-1);
    expect([
      newest(({ message }) => message === 'height'),
      newest(({ sentinel }) => sentinel === 'amp'),
      newest(({ context }) => context === 'iframe.resize'),
      newest(({ type }) => type === 'coverage-widget:height'),
    ]).toEqual([
      { message: 'height', value: height, secret: 'abc123' },
      { sentinel: 'amp', type: 'embed-size', height },
      { src: `${world.url}/embed/19.03#?secret=abc123&id=satu`, context: 'iframe.resize', height },
      { type: 'coverage-widget:height', height, id: 'satu' },
    ]);
  });

  test('tells WordPress nothing without its secret, nor with one that is none', async () => {
    for (const hash of ['', '#?secret=<b>']) {
      const page = await open(iframe(hash));
      await settledHeight(page);
      const told = (await toldTo(page)).map(({ data }) => data as { message?: string }); // each is looked at
      expect(told.filter(({ message }) => message !== undefined)).toEqual([]);
    }
  });

  test('grows where it is made narrow, and shrinks again where it is made wide', async () => {
    const page = await open(iframe('', 'width="700" height="200"'));
    const wide = await settledHeight(page);
    const resize = (width: string) =>
      page.locator('iframe').evaluate((frame, text) => frame.setAttribute('width', text), width);
    await resize('280');
    await soon(300);
    const narrow = await settledHeight(page);
    await resize('700');
    await soon(300);
    expect([narrow > wide, await settledHeight(page)]).toEqual([true, wide]);
  });

  test('needs no scrolling at the height it tells', async () => {
    const page = await open(iframe());
    const height = await settledHeight(page);
    await page.locator('iframe').evaluate((frame, px) => frame.setAttribute('height', `${px}`), height);
    const frame = await frameOf(page);
    const excess = await frame.evaluate(() => document.documentElement.scrollHeight - innerHeight);
    expect(excess).toBeLessThanOrEqual(0);
  });

  test('goes on telling until it is heard, and no longer', async () => {
    const page = await open(iframe());
    await settledHeight(page);
    const before = (await heightsTold(page)).length;
    await soon(1200);
    const repeated = (await heightsTold(page)).length;
    await page.evaluate(() => frames[0]?.postMessage({ type: 'coverage-widget:ack' }, '*'));
    await soon(300);
    const heard = (await heightsTold(page)).length;
    await soon(3000);
    expect([repeated > before, (await heightsTold(page)).length]).toEqual([true, heard]);
  });

  test.each([{ type: 'coverage-widget:hello' }, { message: 'ready', secret: 'abc123' }])(
    'tells its height again to who asks: %j',
    async (question) => {
      const page = await open(iframe('#?secret=abc123'));
      const height = await settledHeight(page);
      await page.evaluate(() => frames[0]?.postMessage({ type: 'coverage-widget:ack' }, '*'));
      await soon(300);
      const before = (await heightsTold(page)).length;
      await page.evaluate((message) => frames[0]?.postMessage(message, '*'), question);
      await soon(300);
      const after = await heightsTold(page);
      expect([after.length > before, after.at(-1)]).toEqual([true, height]);
    },
  );

  test('listens to nobody but the page around it', async () => {
    const page = await open(
      `${iframe()}<iframe srcdoc="<script>parent.frames[0].postMessage({type:'coverage-widget:ack'},'*')</script>"></iframe>`,
    );
    await settledHeight(page);
    await page
      .locator('iframe')
      .nth(1)
      .evaluate((frame: HTMLIFrameElement) => {
        frame.srcdoc = `${frame.srcdoc} `; // says it again, now that the other frame listens
      });
    await soon(300);
    const before = (await heightsTold(page)).length;
    await soon(2500);
    expect((await heightsTold(page)).length).toBeGreaterThan(before);
  });

  test('works in the sandbox of WordPress, where it has no origin', async () => {
    const sandbox = 'sandbox="allow-scripts" security="restricted" width="600" height="200"';
    const page = await open(iframe('#?secret=abc123', sandbox));
    const height = await settledHeight(page);
    const frame = await frameOf(page);
    expect([await frame.evaluate(() => origin), await frame.locator('[part=number]').textContent()]).toEqual([
      'null',
      '21%',
    ]);
    const told = (await toldTo(page)).map(({ data }) => data as object); // each is looked at
    expect(told).toContainEqual({ message: 'height', value: height, secret: 'abc123' });
  });

  test('tells WordPress which of its links was followed', async () => {
    const page = await open(iframe('#?secret=abc123', 'sandbox="allow-scripts" width="600" height="600"'));
    const frame = await frameOf(page);
    const link = frame.locator('[part=source] a').first();
    const value = await link.getAttribute('href');
    await link.click();
    await soon(200);
    const told = (await toldTo(page)).map(({ data }) => data as object); // each is looked at
    expect(told).toContainEqual({ message: 'link', value, secret: 'abc123' });
    expect(page.url()).toBe(hostUrl);
  });

  test('has number and date in a link where no script runs', async () => {
    const page = await open(iframe(), { isScripted: false });
    const link = page.frameLocator('iframe').getByRole('link');
    expect([await link.textContent(), await link.getAttribute('href')]).toEqual([
      'Kabupaten Bangka Selatan: sekitar 21% pekerja terlindungi, per 12 Okt 2024',
      `${world.url}/r/19.03`,
    ]);
    expect(await page.frameLocator('iframe').locator('coverage-widget').textContent()).toContain(
      'Definisi dan penyebut tidak disebutkan oleh sumber',
    );
  });

  test('lets the page around it shine through', async () => {
    const page = await open('');
    await page.setContent(
      `<body style="background:#ff0000;margin:0">${iframe('', 'width="600" height="700" style="border:0"')}`,
    );
    await frameOf(page);
    const png = (await page.screenshot({ clip: { x: 590, y: 690, width: 4, height: 4 } })).toString('base64');
    const colour = await page.evaluate(async (source) => {
      const image = new Image();
      image.src = `data:image/png;base64,${source}`;
      await image.decode();
      const context = document.createElement('canvas').getContext('2d');
      context?.drawImage(image, 0, 0);
      return [...(context?.getImageData(1, 1, 1, 1).data ?? [])];
    }, png);
    expect(colour).toEqual([255, 0, 0, 255]);
  });
});

describe('the address of the frame', () => {
  const tagAt = async (query: string) => {
    const html = await (await fetch(`${world.url}/embed/19.03${query}`)).text();
    return /<coverage-widget[^>]*>/.exec(html)?.[0];
  };

  test('gives the tag its attributes', async () => {
    const query = '?view=trend&indicator=ucj&lang=en&theme=dark&as-of=2025-06-30&heading-level=2&live';
    expect(await tagAt(query)).toBe(
      '<coverage-widget region="19.03" view="trend" indicator="ucj" lang="en" theme="dark" as-of="2025-06-30" heading-level="2" live="">',
    );
  });

  test('gives it nothing else', async () => {
    const query =
      '?view=table&indicator=%22onload=x&lang=fr&theme=blue&heading-level=7&api=https://other.example&onclick=x';
    expect(await tagAt(query)).toBe('<coverage-widget region="19.03">');
  });

  test('may be kept as the figure may, and may be framed by anybody', async () => {
    const { headers } = await fetch(`${world.url}/embed/19.03`);
    const again = await fetch(`${world.url}/embed/19.03`, { headers: { 'if-none-match': headers.get('etag') ?? '' } });
    expect([headers.get('cache-control'), again.status]).toEqual([
      'public, max-age=0, s-maxage=1, must-revalidate',
      304,
    ]);
    expect(headers.get('content-security-policy')).toBe(
      `default-src 'none'; script-src 'self' ${world.url}; style-src 'self' ${world.url}; connect-src 'self' ${world.url}; img-src 'self' ${world.url}; base-uri 'none'; form-action 'none'; frame-ancestors *`,
    );
  });

  test('of no region says so, with 404', async () => {
    const response = await fetch(`${world.url}/embed/19.77`);
    const html = await response.text();
    expect([response.status, html.includes('19.77'), html.includes('<coverage-widget')]).toEqual([404, true, false]);
  });

  test('of a day ahead says why there is no figure, and still holds the tag', async () => {
    const response = await fetch(`${world.url}/embed/19.03?as-of=2099-01-01`);
    const html = await response.text();
    expect([response.status, html.includes('lies after now'), html.includes('<coverage-widget')]).toEqual([
      400,
      true,
      true,
    ]);
  });
});

test.each([
  ['99.03', 'Kabupaten Contoh Rahasia: dirahasiakan (jumlah kecil)'],
  ['99.04', 'Kabupaten Contoh Kosong: Belum ada angka yang diterbitkan'],
  ['99.02', 'Kota Contoh Lebih: 105,26% pekerja terlindungi'],
])('the frame of %s says without a script what the card says', async (code, words) => {
  const app = await serveGiven(addFramePage);
  const { body } = await app.inject(`/embed/${code}`);
  await app.close();
  expect(body).toContain(words);
});

test('a name in the frame is text, whatever it holds', async () => {
  const app = await serveGiven(addFramePage, () => ({ name: '<img src=x>"&' }));
  const { body } = await app.inject('/embed/99.01');
  await app.close();
  expect([body.includes('<img'), body.includes('&lt;img src=x&gt;&quot;&amp;: 61,33%')]).toEqual([false, true]);
});
