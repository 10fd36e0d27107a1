import { describe, expect, test } from '@jest/globals';
import { answerTo, type Behaviour, sendJson, well } from './far-end.js';
import { FALLBACK, type Partner, TAG } from './partner.js';
import { partnerOfEach } from './partner-of-each.js';

let partner: Partner;
partnerOfEach((opened) => {
  partner = opened;
});

describe('a bad answer', () => {
  const bad: Record<string, Behaviour> = {
    'a failure of the server': (codes, response) => sendJson(response, answerTo(codes), 500),
    'half a body': (codes, response) => response.writeHead(200).end(JSON.stringify(answerTo(codes)).slice(0, 300)),
    'a cut connection': (_, response) => response.destroy(),
    'a login page': (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Masuk</h1>'),
    'a part that failed': (codes, response) =>
      sendJson(response, {
        ...answerTo(codes),
        errors: [{ message: 'down', extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }],
      }),
    'another region': (_, response) => sendJson(response, answerTo(['19.01', '19', '00'])),
  };

  test.each(Object.keys(bad))('shows what the page put inside, and why: %s', async (what) => {
    partner.far.behave(bad[what] ?? well);
    await partner.open(`<coverage-widget region="19.03">${FALLBACK}</coverage-widget>`);
    await partner.says('Angka belum dapat dimuat');
    expect(await partner.page.getByText('lihat angkanya').isVisible()).toBe(true);
    expect(await partner.part('number').count()).toBe(0);
    partner.far.behave(well);
    await partner.shown();
    expect(await partner.number()).toBe('21%');
    expect(await partner.status()).toBe('');
  });

  test.each(Object.keys(bad))('leaves the last figure, marked: %s', async (what) => {
    await partner.open(TAG);
    await partner.shown();
    partner.far.behave(bad[what] ?? well);
    await partner.page.evaluate(() => window.dispatchEvent(new Event('online')));
    await partner.says('Data terakhir, belum dapat diperbarui');
    expect(await partner.number()).toBe('21%');
  });

  test('of the far end itself saying stale is marked too', async () => {
    partner.far.behave((codes, response) => sendJson(response, answerTo(codes, { stale: true })));
    await partner.open(TAG);
    await partner.says('Data terakhir, belum dapat diperbarui');
    expect(await partner.number()).toBe('21%');
  });

  test('about a wrong code tells the server’s reason, and shows what the page put inside', async () => {
    await partner.open(`<coverage-widget region="99.99">${FALLBACK}</coverage-widget>`);
    await partner.says('No region has the code "99.99".');
    expect(await partner.page.getByText('lihat angkanya').isVisible()).toBe(true);
  });

  test('is not even asked for without a code', async () => {
    await partner.open(`<coverage-widget region=" ">${FALLBACK}</coverage-widget>`);
    await partner.says('Atribut belum diisi: region');
    expect(partner.far.asked).toEqual([]);
    expect(await partner.page.getByText('lihat angkanya').isVisible()).toBe(true);
  });
});
