import { expect, test } from '@jest/globals';
import { type Partner, TAG } from './partner.js';
import { partnerOfEach } from './partner-of-each.js';

let partner: Partner;
partnerOfEach((opened) => {
  partner = opened;
});

test('the table is loaded when a reader opens it, and holds the figures of the card', async () => {
  const loaded: string[] = [];
  partner.page.on('request', (request) =>
    loaded.push(new URL(request.url()).pathname.replace(/-[\w-]{8}\.js$/, '.js')),
  );
  await partner.open(TAG);
  await partner.shown();
  expect(loaded.filter((path) => path.endsWith('table.js'))).toEqual([]);
  await partner.page.locator('summary').press('Enter');
  const rows = partner.part('table').getByRole('row');
  await rows.nth(3).waitFor();
  expect((await rows.allInnerTexts()).map((row) => row.split('\t').slice(0, 2))).toEqual([
    ['Wilayah', 'Angka'],
    ['Kabupaten Bangka Selatan', 'sekitar 21%'],
    ['Kepulauan Bangka Belitung', '33,10%'],
    ['Indonesia', '35,68%'],
  ]);
  expect(loaded.filter((path) => path.endsWith('table.js'))).toHaveLength(1);
});

test('a table that cannot be loaded says so, and the figure stays', async () => {
  await partner.page.route('**/table-*.js', (route) => route.abort());
  await partner.open(TAG);
  await partner.shown();
  await partner.page.locator('summary').press('Enter');
  await partner.part('table').filter({ hasText: 'Angka belum dapat dimuat' }).waitFor();
  expect([await partner.number(), await partner.status()]).toEqual(['21%', '']);
});

test('where the reader has colours of their own, bar, target and track are drawn in them', async () => {
  await partner.page.emulateMedia({ forcedColors: 'active' });
  await partner.open('<coverage-widget region="19" theme="dark"></coverage-widget>');
  await partner.shown();
  const seen = await partner
    .part('bar')
    .first()
    .evaluate((bar) => {
      const colourOf = (name: string) => {
        const probe = document.body.appendChild(document.createElement('p'));
        probe.style.color = name;
        return getComputedStyle(probe).color;
      };
      const { backgroundColor, fill, outlineStyle } = getComputedStyle(bar);
      return [backgroundColor === colourOf('Canvas'), fill === colourOf('Highlight'), outlineStyle];
    });
  expect(seen).toEqual([true, true, 'solid']);
});
