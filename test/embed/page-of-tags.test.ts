import { describe, expect, test } from '@jest/globals';
import { answerTo, sendJson } from './far-end.js';
import { FALLBACK, type Partner, soon, TAG } from './partner.js';
import { partnerOfEach } from './partner-of-each.js';

let partner: Partner;
partnerOfEach((opened) => {
  partner = opened;
});

const tagOf = (region: string, more = '') => `<coverage-widget region="${region}" ${more}></coverage-widget>`;

describe('the tags of a page', () => {
  test('ask one question together, twenty of them', async () => {
    const regions = ['19.01', '19.02', '19.03', '19.04', '19.05', '19.06', '19.71', '99.01', '99.02', '99.05'];
    await partner.open([...regions, ...regions].map((region) => tagOf(region)).join(''));
    await partner.part('number').nth(19).waitFor();
    expect(partner.far.asked).toEqual([['00', '19', ...regions.slice(0, 7), '99', ...regions.slice(7)]]);
  });

  test('of two definitions or two editions ask for each', async () => {
    await partner.open(
      [tagOf('19'), tagOf('19.03'), tagOf('19', 'indicator="ucj"'), tagOf('19', 'as-of="2025-06-30"')].join(''),
    );
    await partner.part('number').nth(3).waitFor();
    expect(partner.far.asked.map((codes) => codes.length).sort()).toEqual([2, 2, 3]);
  });

  test('that come later ask again for all, and those that ask for nothing new for nothing', async () => {
    await partner.open(TAG);
    await partner.shown();
    const add = (region: string) =>
      partner.page.evaluate(
        (html) => document.querySelector('main')?.insertAdjacentHTML('beforeend', html),
        tagOf(region),
      );
    await add('19');
    await add('19.03');
    await partner.part('number').nth(2).waitFor();
    expect(partner.far.asked).toEqual([['00', '19', '19.03']]);
    await add('99.01');
    await partner.part('number').nth(3).waitFor();
    expect(partner.far.asked.at(-1)).toEqual(['00', '19', '19.03', '99', '99.01']);
  });

  test('fail alone where the answer is wrong for one of them only', async () => {
    partner.far.behave((codes, response) =>
      sendJson(response, JSON.parse(JSON.stringify(answerTo(codes)).replace('"percent":31.5', '"percent":"31.5"'))),
    );
    await partner.open(`${tagOf('19.03')}${tagOf('19.01')}`);
    await partner.says('Angka belum dapat dimuat');
    expect(await partner.part('number').allTextContents()).toEqual(['21%']);
    expect(await partner.part('status').allTextContents()).toEqual(['', 'Angka belum dapat dimuat']);
  });

  test('leave no question behind when they are gone', async () => {
    await partner.open(`${tagOf('19.03', 'refresh="5"')}${tagOf('19', 'refresh="5"')}`);
    await partner.part('number').nth(1).waitFor();
    await partner.page.evaluate(() => document.querySelector('main')?.replaceChildren());
    await soon(6500);
    expect(partner.far.asked).toHaveLength(1);
  });
});

describe('a tag', () => {
  test('shows what the page wants to compare with instead of the regions above', async () => {
    await partner.open(tagOf('99.01', 'compare="99.02 99.06"'));
    await partner.shown();
    expect(await partner.part('row').locator('dt').allTextContents()).toEqual([
      'Kota Contoh Lebih',
      'Kabupaten Contoh Nol',
    ]);
  });

  test('that is compact stands alone', async () => {
    await partner.open(tagOf('19.03', 'compact'));
    await partner.shown();
    expect([await partner.part('row').count(), partner.far.asked]).toEqual([0, [['19.03']]]);
  });

  test('has its figures as a table, one key away', async () => {
    await partner.open(tagOf('19.03'));
    await partner.shown();
    await partner.page.locator('summary').focus();
    await partner.page.keyboard.press('Enter');
    const rows = partner.page.locator('coverage-widget tr');
    expect(
      await rows.evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent))),
    ).toEqual([
      ['Wilayah', 'Angka', 'Keterangan'],
      [
        'Kabupaten Bangka Selatan',
        'sekitar 21%',
        'pekerja terlindungi · per 12 Okt 2024 · Definisi dan penyebut tidak disebutkan oleh sumber',
      ],
      ['Kepulauan Bangka Belitung', '33,10%', expect.stringContaining('tidak sebanding langsung')],
      ['Indonesia', '35,68%', expect.stringContaining('per Apr 2025')],
    ]);
    expect(await partner.page.locator('coverage-widget table').isVisible()).toBe(true);
  });

  test('that holds on to an edition links to the newest figure once there is another', async () => {
    partner.far.behave((codes, response, request) => {
      const text = JSON.stringify(answerTo(codes));
      const isPinned = request.url?.includes('asOf=');
      sendJson(response, JSON.parse(isPinned ? text : text.replace('"percent":33.1,', '"percent":34.25,')));
    });
    await partner.open(tagOf('19', 'as-of="2026-01-31"') + tagOf('19.03', 'as-of="2026-01-31"'));
    await partner.part('update').waitFor();
    const update = partner.part('update');
    expect([await update.textContent(), await update.getAttribute('href')]).toEqual([
      'diperbarui: 34,25% per 14 Des 2025',
      `${partner.far.origin}/r/19`,
    ]);
    expect(await partner.part('number').allTextContents()).toEqual(['33,10%', '21%']);
  });
});

describe('a page that guards its markup', () => {
  const dressed = () =>
    partner
      .part('number')
      .first()
      .evaluate((element) => getComputedStyle(element).fontSize);
  const violations = () => partner.page.evaluate('window.broken');
  const listen =
    "<script>window.broken = []; document.addEventListener('securitypolicyviolation', (e) => broken.push(e.violatedDirective))</script>";

  test('may allow our name alone', async () => {
    await partner.open(`${listen}${TAG}`, {
      'content-security-policy': "require-trusted-types-for 'script'; trusted-types cakupan-widget",
    });
    await partner.shown();
    expect([await partner.number(), await dressed(), await violations()]).toEqual(['21%', '48px', []]);
  });

  test('may allow no name at all, and still has the number, its date and where it comes from', async () => {
    await partner.open(TAG, { 'content-security-policy': "require-trusted-types-for 'script'; trusted-types 'none'" });
    await partner.shown();
    expect([
      await partner.number(),
      await partner.part('what').textContent(),
      await partner.part('source').getAttribute('href'),
    ]).toEqual([
      'sekitar 21%',
      'pekerja terlindungi · per 12 Okt 2024 · Definisi dan penyebut tidak disebutkan oleh sumber',
      `${partner.far.origin}/r/19.03.csv`,
    ]);
    await partner.set('region', '99.99');
    await partner.says('Tidak ada angka');
    await partner.set('region', '19');
    await partner.part('number').filter({ hasText: '33,10%' }).waitFor();
  });

  test('is one with another Lit beside us, in a frame of no origin', async () => {
    const lit = "trustedTypes.createPolicy('lit-html', { createHTML: (text) => text })";
    await partner.open(`<script>${lit}</script>${TAG}`, {
      'content-security-policy':
        "require-trusted-types-for 'script'; trusted-types lit-html cakupan-widget; sandbox allow-scripts",
    });
    await partner.shown();
    expect([await partner.number(), await partner.page.evaluate('self.origin')]).toEqual(['21%', 'null']);
  });

  test('shows what it put inside where there is no figure', async () => {
    partner.far.behave((_, response) => response.writeHead(503).end());
    await partner.open(`<coverage-widget region="19.03">${FALLBACK}</coverage-widget>`, {
      'content-security-policy': "require-trusted-types-for 'script'; trusted-types 'none'",
    });
    await partner.says('Angka belum dapat dimuat');
    expect(await partner.page.getByText('lihat angkanya').isVisible()).toBe(true);
  });
});
