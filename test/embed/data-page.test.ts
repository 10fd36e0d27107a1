import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { Problem } from '../../services/kit/problems.js';
import { openChromium } from '../support/chromium.js';
import { sendFile, tokenFor } from '../support/data-client.js';
import { type StartedWorld, startWorld } from '../support/world.js';
import { type Desk, layoutShift, openDesk, seen } from './desk.js';

/** Invented figures of one month, in a region each. */
const HEADER = 'region_code,date,segment,program,status,value,source_id,note';
const SOURCE = 'antara-babel-534790';
const csv = (...rows: readonly string[]) => `${[HEADER, ...rows].join('\n')}\n`;
const figures = (month: string, values: Readonly<Record<string, number>>) =>
  csv(...Object.entries(values).map(([region, value]) => `${region},${month},PU,JHT,ACTIVE,${value},${SOURCE},`));

const clock = { ahead: 0 };
let browser: Browser;
let world: StartedWorld;
let publisher: string;
let approver: string;
let desk: Desk;

beforeAll(async () => {
  browser = await openChromium();
  world = await startWorld({ clock: () => Date.now() + clock.ahead });
  publisher = await tokenFor(world.office, { role: 'publisher' });
  approver = await tokenFor(world.office, { role: 'approver' });
}, 60_000);
afterAll(async () => {
  await browser.close();
  await world.stop();
});
beforeEach(async () => {
  desk = await openDesk(browser, world.url);
});
afterEach(async () => {
  expect(desk.faults).toEqual([]);
  await desk.close();
});

const dialog = () => desk.page.locator('dialog');
const act = (id: string, name: string) => desk.release(id).getByRole('button', { name }).click();
const confirm = async () => {
  await dialog().locator('button.main').click();
  await dialog().waitFor({ state: 'detached' });
};
const status = (id: string, text: string) => desk.release(id).locator('.tag', { hasText: text }).waitFor();

/** Draws up a draft from a file, and has it approved by another person. */
async function publish(text: string): Promise<string> {
  await desk.check(publisher, 'peserta.csv', text);
  const id = await desk.draft();
  await desk.openReleases(approver);
  await act(id, 'Setujui');
  await confirm();
  clock.ahead += 15_000;
  await world.poll();
  await desk.page.locator('#refresh').click();
  await status(id, 'Terbit');
  await desk.page.locator('#tab-send').click();
  return id;
}

describe('at /data', () => {
  test('a browser gets the page and a program the list', async () => {
    const answers = ['text/html,*/*;q=0.8', 'application/json', '*/*'].map(async (accept) => {
      const { status, headers } = await fetch(`${world.url}/data`, { headers: { accept } });
      return [status, headers.get('content-type')?.split(';')[0], /\baccept\b(?!-)/.test(headers.get('vary') ?? '')];
    });
    expect(await Promise.all(answers)).toEqual([
      [200, 'text/html', true],
      [200, 'application/json', true],
      [200, 'application/json', true],
    ]);
  });
});

describe('a good file', () => {
  test('that falls on the page is checked, made a draft, approved with a second token, and published', async () => {
    await desk.check(publisher, 'peserta.csv', figures('2019-01', { '19.03': 1200, '19.05': 800 }));
    expect(await seen(desk.result)).toBe(
      'Tidak ada masalah peserta.csv · 2 baris terbaca · 0 kesalahan · 0 peringatan ditambah 2 diubah 0 dihapus 0 tetap 0',
    );
    const id = await desk.draft();
    expect(await seen(desk.outcome.locator('.tiles'))).toBe('ditambah 2 diubah 0 dihapus 0 tetap 0');
    await desk.outcome.getByRole('button', { name: 'Buka di daftar rilis' }).click();
    expect(await seen(desk.release(id).locator('.acts'))).toBe(
      'Lihat perubahan Batalkan… Menunggu persetujuan orang lain.',
    );
    await desk.openReleases(approver);
    await act(id, 'Setujui');
    await confirm();
    clock.ahead += 15_000;
    await world.poll();
    await status(id, 'Terbit'); // the list looks again by itself
    const published = await (await fetch(`${world.url}/data/participant_count.csv`)).text();
    expect(published).toContain('19.03,2019-01,PU,JHT,ACTIVE,ALL,BPJSTK,,UNKNOWN,1200');
  });

  test('with counts of few says how many rows will be withheld', async () => {
    await desk.check(publisher, 'peserta.csv', figures('2018-05', { '19.01': 1, '19.03': 4, '19.05': 5 }));
    expect(await seen(desk.result.locator('.withheld'))).toBe(
      '2 baris ditahan: jumlah di bawah 5 terbit tanpa angkanya',
    );
    await desk.page.locator('#language').click();
    expect(await seen(desk.result.locator('.withheld'))).toBe(
      '2 rows are withheld: counts below 5 appear without their figures',
    );
  });

  test('tells what it changes, and needs what vanishes to be acknowledged by name', async () => {
    await publish(figures('2019-02', { '19.01': 1000, '19.03': 1000, '19.05': 800, '19.06': 400 }));
    await desk.check(
      publisher,
      'peserta.csv',
      figures('2019-02', { '19.01': 1500, '19.03': 900, '19.06': 400, '19.04': 70 }),
    );
    expect(await seen(desk.result.locator('.tiles'))).toBe('ditambah 1 diubah 2 dihapus 1 tetap 1');
    expect(await seen(desk.result.locator('.needs-reason'))).toBe(
      'Berkas ini mengubah 2 angka yang sudah terbit: sebutkan alasannya di bawah, pembaca melihatnya.',
    );
    expect(await desk.page.locator('#reason[required]').count()).toBe(1);
    await desk.page.locator('#draft').click();
    await desk.page.locator('#acknowledge [value="VANISHED"]').waitFor();
    const boxes = await desk.page
      .locator('#acknowledge [name="acknowledge"]')
      .evaluateAll((all) =>
        all.map((one) => one instanceof HTMLInputElement && [one.value, one.checked, one.validity.valueMissing]),
      );
    expect(boxes).toEqual([
      ['W2', false, true],
      ['VANISHED', false, true],
    ]);
    expect(await seen(desk.page.locator('.problems tbody tr').last())).toBe(
      'berkas VANISHED angka terbit 19.05 2019-02 PU JHT ACTIVE ALL BPJSTK UNKNOWN tidak ada di berkas ini dan akan dihapus lengkapi berkas, biarkan yang tidak ada tetap terbit, atau akui VANISHED agar dihapus',
    );
    expect(await seen(desk.page.locator('#acknowledge label', { hasText: 'VANISHED' }))).toBe(
      'VANISHED (1): angka yang sudah terbit tidak ada di berkas ini dan akan dihapus',
    );
    await desk.page.locator('#keep').check();
    expect(await desk.page.locator('#acknowledge [required]').count()).toBe(1);
    await desk.page.locator('#keep').uncheck();
    await desk.page.locator('#reason').fill('Dihitung ulang');
    await desk.draft();
    expect(await seen(desk.outcome.locator('.tiles'))).toBe('ditambah 1 diubah 2 dihapus 1 tetap 1');
    expect(await Promise.all((await desk.outcome.locator('.moves li').all()).map(seen))).toEqual([
      '19.01 · 2019-02 · PU · JHT · ACTIVE +50%',
      '19.03 · 2019-02 · PU · JHT · ACTIVE -10%',
    ]);
    expect(await Promise.all((await desk.outcome.locator('tbody tr').all()).map(seen))).toEqual([
      'Ubah 19.01 · 2019-02 · PU · JHT · ACTIVE value 1.000 value 1.500 +50%',
      'Ubah 19.03 · 2019-02 · PU · JHT · ACTIVE value 1.000 value 900 -10%',
      'Tambah 19.04 · 2019-02 · PU · JHT · ACTIVE value 70',
      'Hapus 19.05 · 2019-02 · PU · JHT · ACTIVE value 800',
    ]);
    await desk.outcome.locator('.moves a').press('Enter');
    expect(await desk.page.evaluate(() => document.activeElement?.id ?? '')).toBe('changes-table');
  });

  test('that says nothing new makes no release', async () => {
    const text = figures('2019-03', { '19.03': 1210 });
    const id = await publish(text);
    await desk.check(publisher, 'peserta.csv', text);
    await desk.draft();
    expect(await seen(desk.outcome)).toContain(`Berkas ini sudah terbit sebagai ${id}`);
    await desk.check(publisher, 'peserta.csv', text.replace(SOURCE, `"${SOURCE}"`));
    await desk.draft();
    expect(await seen(desk.outcome)).toContain('Tidak ada yang baru: angka yang sama sudah terbit');
  });
});

describe('a file with mistakes', () => {
  const bad = csv(
    `19.03,2019-04,PU,JHT,ACTIVE,1200,${SOURCE},`,
    `1903,2019-04,PU,JHT,ACTIVE,1.200,${SOURCE},`,
    `19.05,2019-02-30,PU,JHT,AKTIF,800,${SOURCE},"satu, dua"`,
    `19.05,2019-04,PU,JP,ACTIVE,,${SOURCE},`,
  );

  test('shows every problem at its cell, in both languages', async () => {
    const said = await sendFile(world.url, 'participant_count/check', publisher, bad);
    const { problems } = said.body.report as { problems: readonly Problem[] }; // what the route sends
    await desk.check(publisher, 'peserta.csv', bad);
    for (const [language, nowhere] of [
      ['id', 'berkas'],
      ['en', 'file'],
    ] as const) {
      const rows = await desk.page.locator('.problems tbody tr').all();
      const shown = await Promise.all(rows.map(seen));
      expect(shown).toEqual(
        problems.map(({ row, column, raw, rule, message, suggestion }) =>
          [row ?? nowhere, column, raw, rule, message[language], suggestion?.[language]]
            .filter((part) => part !== null && part !== undefined && part !== '')
            .join(' '),
        ),
      );
      await desk.page.locator('#language').click();
    }
    const marked = await desk.page
      .locator('.grid tbody tr')
      .evaluateAll((rows) =>
        rows.map((row) => [
          row.querySelector('th')?.textContent,
          ...[...row.querySelectorAll('mark')].map((cell) => cell.textContent),
        ]),
      );
    expect(marked).toEqual([
      ['3', '1903', '1.200'],
      ['4', '2019-02-30', 'AKTIF'],
      ['5', '∅'],
    ]);
  });

  test('is filtered by rule, goes from a problem to its line, and is downloaded', async () => {
    await desk.check(publisher, 'peserta.csv', bad);
    await desk.page.locator('.chip', { hasText: 'WORD' }).click();
    expect(await desk.page.locator('.problems tbody tr').count()).toBe(1);
    await desk.page.locator('.problems .line').click();
    await desk.page.waitForFunction(() => document.activeElement?.getAttribute('data-row') === '4');
    for (const [name, ending] of [
      ['CSV', '.csv'],
      ['JSON', '.json'],
    ] as const) {
      const coming = desk.page.waitForEvent('download');
      await desk.page.getByRole('button', { name: `Unduh laporan ${name}` }).click();
      expect((await coming).suggestedFilename()).toBe(`peserta-report${ending}`);
    }
  });

  test('with a script in a note, or in its name, runs none of it', async () => {
    const evil = '<img src=x onerror=document.title=1><script>document.title=1</script>';
    await desk.check(publisher, `${evil}.csv`, csv(`19.03,2019-04,PU,JHT,ACTIVE,1200,${SOURCE},${evil}`));
    expect(await seen(desk.page.locator('.raw').first())).toBe(evil);
    expect(await seen(desk.result.locator('.file-name'))).toContain(evil);
    expect(await desk.page.locator('#result img, #result script, #drop img').count()).toBe(0);
    expect(await desk.page.title()).toBe('Cakupan: terbitkan data');
  });

  test('that tells of persons shows the names of columns only', async () => {
    const nik = '1903990000000001';
    await desk.check(publisher, 'peserta.csv', `${HEADER},nik\n19.03,2019-04,PU,JHT,ACTIVE,1200,${SOURCE},,${nik}\n`);
    expect(await seen(desk.page.locator('.problems tbody'))).toMatch(/^berkas nik PERSONAL /);
    expect(await seen(desk.result.locator('.not-kept'))).toBe('Tampaknya memuat data orang: isinya tidak disimpan.');
    expect(await desk.page.content()).not.toContain(nik);
    expect(await desk.page.locator('.grid').count()).toBe(0);
  });

  test('that is empty is told as that', async () => {
    await desk.check(publisher, 'kosong.csv', '');
    expect(await seen(desk.page.locator('.message'))).toBe('berkas kosong');
  });
});

describe('a token', () => {
  test('that is wrong, or missing, is told as that, and nothing is stored of one', async () => {
    await desk.drop('cak_wrong', 'peserta.csv', figures('2019-05', { '19.03': 1200 }));
    await desk.page.locator('#start').click();
    expect(await seen(desk.page.locator('#trouble .trouble'))).toContain('Perlu token yang sah.');
    expect(await desk.page.evaluate(() => document.activeElement?.className ?? '')).toBe('trouble');
    await desk.page.locator('#token').fill('');
    await desk.page.locator('#start').click();
    expect(await desk.page.evaluate(() => document.activeElement?.id ?? '')).toBe('token');
    await desk.page.locator('#token').fill(publisher);
    const kept = () => [JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie, location.href];
    expect((await desk.page.evaluate(kept)).join(' ')).not.toContain('cak_');
  });
});

describe('a release', () => {
  test('that is scheduled says its instant in WIB, is moved and cancelled', async () => {
    await desk.check(publisher, 'peserta.csv', figures('2019-06', { '19.03': 1220 }));
    const id = await desk.draft();
    await desk.openReleases(approver);
    await act(id, 'Setujui');
    await dialog().getByLabel('Pada waktu tertentu').check();
    await dialog().getByLabel('Waktu terbit, WIB').fill('2001-01-01T08:30');
    await dialog().locator('button.main').click();
    expect(await seen(dialog().locator('.trouble'))).toContain('Waktu terbit sudah lewat');
    await dialog().getByLabel('Waktu terbit, WIB').fill('2031-12-01T08:30');
    await confirm();
    await status(id, 'Terjadwal');
    expect(await seen(desk.release(id).locator('.when'))).toBe(
      'Embargo: terbit 1 Des 2031, 08.30 WIB, tidak terlihat siapa pun sebelum itu',
    );
    await act(id, 'Pindahkan');
    await dialog().getByLabel('Waktu terbit, WIB').fill('2032-01-02T14:00');
    await confirm();
    await desk.release(id).locator('.when', { hasText: '2 Jan 2032, 14.00 WIB' }).waitFor();
    await act(id, 'Batalkan');
    await confirm();
    await status(id, 'Dibatalkan');
  });

  test('that is published is corrected or withdrawn with a reason', async () => {
    const id = await publish(figures('2019-07', { '19.03': 1230 }));
    await desk.openReleases(publisher);
    await act(id, 'Koreksi');
    expect(await seen(desk.page.locator('#correcting'))).toBe(
      `Anda mengoreksi ${id}: kirim berkas yang sudah diperbaiki.`,
    );
    await desk.check(publisher, 'peserta.csv', figures('2019-07', { '19.03': 1240 }));
    await desk.page.locator('#reason').fill('Salah ketik di kolom value');
    const correction = await desk.draft();
    await desk.openReleases(publisher);
    expect(await seen(desk.release(correction))).toContain(
      `Koreksi: ${id} · 0 ditambah, 1 diubah, 0 dihapus, 0 tetap Salah ketik`,
    );
    await act(correction, 'Batalkan');
    await confirm();
    await act(id, 'Tarik');
    await dialog().getByLabel('Alasan').fill('Sumbernya menarik angka ini');
    await confirm();
    const withdrawal = desk.page.locator('.release', { hasText: 'Penarikan' }).filter({ hasText: id });
    await withdrawal.waitFor();
    expect(await seen(withdrawal)).toMatch(/ Draf Dibuat .* Sumbernya menarik angka ini/);
  });

  test('has a button for what the token may do, and for nothing else', async () => {
    const published = await publish(figures('2019-10', { '19.03': 1260 }));
    await desk.check(publisher, 'peserta.csv', figures('2019-11', { '19.03': 1270 }));
    const draft = await desk.draft();
    const buttons = async (token: string, awaited: string) => {
      await desk.openReleases(token);
      await desk.release(draft).locator('.acts', { hasText: awaited }).waitFor();
      return [draft, published].map((id) => desk.release(id).getByRole('button').allInnerTexts());
    };
    expect(await Promise.all(await buttons(publisher, 'Menunggu persetujuan orang lain.'))).toEqual([
      ['Lihat perubahan', 'Batalkan…'],
      ['Koreksi…', 'Tarik…'],
    ]);
    expect(await Promise.all(await buttons(approver, 'Setujui'))).toEqual([
      ['Setujui…', 'Lihat perubahan', 'Batalkan…'],
      [],
    ]);
  });

  test('that is a draft is not shown without a token', async () => {
    await desk.check(publisher, 'peserta.csv', figures('2019-08', { '19.03': 1250 }));
    const id = await desk.draft();
    await desk.openReleases('');
    await desk.page.locator('#releases-note', { hasText: 'Tanpa token' }).waitFor();
    expect(await desk.release(id).count()).toBe(0);
    expect(await desk.page.locator('.release .acts').count()).toBe(0);
    const listed = await seen(desk.page.locator('#release-list'));
    expect([listed.includes('Pemuatan awal'), listed.includes('First load')]).toEqual([true, false]);
  });
});

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  test.each([320, 768, 1280])(
    'axe finds nothing in any state, nothing is cut off or jumps, at %d pixels',
    async (width) => {
      const month = `${colorScheme === 'dark' ? 2011 : 2010}-${{ 320: '01', 768: '02', 1280: '03' }[width]}`;
      const options = { colorScheme, viewport: { width, height: 900 } };
      const other = await openDesk(browser, world.url, '?dataset=participant_count&lang=en', options);
      const check = async () => expect([await other.violations(), await other.overflow()]).toEqual([[], 0]);
      const jumps = await layoutShift(other.page);
      expect(jumps).toBeLessThan(0.01);
      await check();
      await other.check(
        publisher,
        'a-file-of-a-rather-long-name-that-has-no-place-to-break.csv',
        csv(`1903,x,PU,JHT,AKTIF,1.200,${SOURCE},`),
      );
      await check();
      await other.check(publisher, 'figures.csv', figures(month, { '19.03': 1300 }));
      await check();
      const id = await other.draft();
      await check();
      await other.openReleases(approver);
      await check();
      await other.release(id).getByRole('button', { name: 'Approve' }).click();
      await check();
      expect(other.faults).toEqual([]);
      await other.close();
    },
  );
});
