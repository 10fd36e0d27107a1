import { describe, expect, test } from '@jest/globals';
import { answerTo, sendJson, well } from './far-end.js';
import { type Partner, SCRIPT, soon, TAG } from './partner.js';
import { partnerOfEach } from './partner-of-each.js';

let partner: Partner;
partnerOfEach((opened) => {
  partner = opened;
});

describe('a page', () => {
  test('that goes offline keeps the figure, and recovers within five seconds without a storm', async () => {
    await partner.open('<coverage-widget region="19.03" refresh="5"></coverage-widget>');
    await partner.shown();
    await partner.context.setOffline(true);
    await partner.says('Data terakhir');
    await soon(4000);
    const before = partner.far.asked.length;
    await partner.context.setOffline(false);
    const start = Date.now();
    await partner.part('status').waitFor({ state: 'hidden' });
    expect(Date.now() - start).toBeLessThan(5000);
    expect(partner.far.asked.length - before).toBeLessThanOrEqual(2);
  });

  test('asks "changed since?" and draws nothing anew when nothing did', async () => {
    const conditions: (string | undefined)[] = [];
    partner.far.behave((codes, response, request) => {
      conditions.push(request.headers['if-none-match']);
      response.setHeader('etag', 'W/"1"');
      if (request.headers['if-none-match']) response.writeHead(304).end();
      else sendJson(response, answerTo(codes));
    });
    await partner.open(TAG);
    await partner.shown();
    await partner.page.evaluate(() => {
      document.addEventListener('coverage-ready', () => document.body.append('again'));
      window.dispatchEvent(new Event('online'));
    });
    await soon(1500);
    expect(conditions).toEqual([undefined, 'W/"1"']);
    expect(await partner.page.getByText('again').count()).toBe(0);
  });

  test('sees a new edition without being loaded again', async () => {
    await partner.open('<coverage-widget region="19.03" refresh="5"></coverage-widget>');
    await partner.shown();
    partner.far.behave((codes, response) => {
      response.writeHead(200).end(JSON.stringify(answerTo(codes)).replace('"percent":21,', '"percent":24,'));
    });
    await partner.part('number').filter({ hasText: '24%' }).waitFor({ timeout: 8000 });
  });

  test('that holds on to an edition is answered once', async () => {
    let pinned = 0;
    partner.far.behave((codes, response, request) => {
      if (request.url?.includes('asOf=2026-11-22')) pinned += 1;
      well(codes, response, request);
    });
    await partner.open('<coverage-widget region="19.03" as-of="2026-11-22" refresh="5"></coverage-widget>');
    await partner.shown();
    await partner.page.evaluate(() => window.dispatchEvent(new Event('online')));
    await soon(1500);
    expect(pinned).toBe(1);
    expect(await partner.part('edition').textContent()).toBe('menurut terbitan s.d. 22 Nov 2026');
  });

  test('that changes the region quickly shows the last one only', async () => {
    partner.far.behave((codes, response) => {
      setTimeout(() => sendJson(response, answerTo(codes)), codes.length === 2 ? 10 : 400);
    });
    await partner.open(TAG);
    for (const region of ['19.01', '99.01', '19.02', '19']) {
      await partner.set('region', region);
      await soon(30);
    }
    await partner.part('name').filter({ hasText: 'Kepulauan Bangka Belitung' }).waitFor();
    await soon(800);
    expect([await partner.part('name').textContent(), await partner.number()]).toEqual([
      'Kepulauan Bangka Belitung',
      '33,10%',
    ]);
  });

  test('asks once for many attributes changed together', async () => {
    await partner.open(TAG);
    await partner.shown();
    await partner.page.evaluate(() => {
      const tag = document.querySelector('coverage-widget');
      for (const region of ['19.01', '19.02', '99.01', '19']) tag?.setAttribute('region', region);
    });
    await partner.part('name').filter({ hasText: 'Kepulauan' }).waitFor();
    expect(partner.far.asked).toEqual([
      ['00', '19', '19.03'],
      ['00', '19'],
    ]);
  });

  test('that removes the tag while it loads hears no more of it', async () => {
    let ended = false;
    partner.far.behave((_, response) => response.on('close', () => (ended = true)));
    await partner.open(
      `<script>window.heard = 0; for (const t of ['ready', 'stale', 'error']) document.addEventListener('coverage-' + t, () => heard++)</script>${TAG}`,
    );
    await partner.says('Memuat angka');
    await partner.page.evaluate(() => document.querySelector('coverage-widget')?.remove());
    await soon(1500);
    expect([ended, partner.far.asked.length, await partner.page.evaluate('heard')]).toEqual([true, 1, 0]);
  });

  test('that moves the tag keeps its figure', async () => {
    await partner.open(`${TAG}<div id="there"></div>`);
    await partner.shown();
    partner.far.behave((_, response) => response.destroy());
    await partner.page.evaluate(() =>
      document.querySelector('#there')?.append(document.querySelector('coverage-widget') ?? ''),
    );
    await partner.says('Data terakhir');
    expect(await partner.number()).toBe('21%');
  });

  test('may load the module twice, from two addresses', async () => {
    const errors: Error[] = [];
    partner.page.on('pageerror', (error) => errors.push(error));
    await partner.open(`${TAG}<script type="module" src="/copy/coverage-widget.js"></script>`);
    await partner.shown();
    expect([errors, partner.far.asked.length]).toEqual([[], 1]);
  });

  test('of another origin asks where the module came from, without a preflight', async () => {
    const methods: (string | undefined)[] = [];
    partner.far.behave((codes, response, request) => {
      methods.push(`${request.method} ${request.headers.host?.split(':')[0]}`);
      well(codes, response, request);
    });
    partner.far.show(
      `${TAG}<script type="module" src="${partner.far.otherOrigin}/widget/v1/coverage-widget.js"></script>`,
    );
    await partner.page.goto(partner.far.origin);
    await partner.shown();
    expect(methods).toEqual(['GET widget.localhost']);
  });

  test('with the strictest policy shows a dressed card', async () => {
    const broken: string[] = [];
    partner.page.on('console', (message) => message.type() === 'error' && broken.push(message.text()));
    await partner.open(TAG, { 'content-security-policy': "default-src 'none'; script-src 'self'; connect-src 'self'" });
    await partner.shown();
    expect(await partner.part('number').evaluate((element) => getComputedStyle(element).fontSize)).toBe('48px');
    expect(broken.filter((text) => /Content Security/i.test(text) && !/favicon/.test(text))).toEqual([]);
  });

  test('finds no style attribute and no style element in the card', async () => {
    await partner.open(
      `${TAG}<coverage-widget region="99.02"></coverage-widget><coverage-widget region="99.03"></coverage-widget>`,
    );
    await partner.part('number').nth(2).waitFor();
    expect(await partner.page.locator('coverage-widget [style], coverage-widget style').count()).toBe(0);
  });

  test.each([280, 320, 360, 414, 768, 1440])('does not move when the figure comes, %i px wide', async (width) => {
    partner.far.behave((codes, response) => setTimeout(() => sendJson(response, answerTo(codes)), 300));
    await partner.page.setViewportSize({ width, height: 900 });
    const body =
      '<coverage-widget region="19.03"></coverage-widget><coverage-widget region="19"></coverage-widget><p>Teks sesudahnya</p>';
    partner.far.show(`<link rel="icon" href="data:,">${SCRIPT.replace(' ', ' async ')}<div></div>`);
    await partner.page.goto(partner.far.origin);
    await partner.page.waitForFunction(() => customElements.get('coverage-widget'));
    await partner.page.evaluate((html) => {
      Object.assign(window, { moved: 0 });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries())
          Object.assign(window, { moved: Reflect.get(window, 'moved') + Reflect.get(entry, 'value') });
      }).observe({ type: 'layout-shift', buffered: false });
      document.querySelector('div')?.insertAdjacentHTML('beforeend', html);
    }, body);
    await partner.part('number').nth(1).waitFor();
    await soon(300);
    expect(await partner.page.evaluate('moved')).toBe(0);
  });

  test('as narrow as 280 px is not overrun by the card', async () => {
    await partner.page.setViewportSize({ width: 280, height: 900 });
    await partner.open(
      ['19.03', '19', '99.01', '99.02', '99.05']
        .map((region) => `<coverage-widget region="${region}"></coverage-widget>`)
        .join(''),
    );
    await partner.part('number').nth(4).waitFor();
    const overrun = await partner.page
      .locator('coverage-widget [part=card]')
      .evaluateAll((cards) => cards.filter((card) => card.scrollWidth > card.clientWidth).length);
    expect(overrun).toBe(0);
  });
});
