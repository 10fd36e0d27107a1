import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Answer, Coverage, Region } from './answer.js';
import { createFormat } from './format.js';
import { viewOf } from './view.js';
import { WORDS } from './words.js';

const regions: Record<string, Region> = JSON.parse(readFileSync(new URL('demo/regions.json', import.meta.url), 'utf8'));
const reader = { language: 'id', words: WORDS.id, format: createFormat('id'), asOf: null } as const;

function regionOf(code: string, change: Partial<Coverage> = {}): Region {
  const region = regions[code];
  if (!region) throw new Error(`No region ${code} in the demo`);
  return { ...region, coverage: region.coverage && { ...region.coverage, ...change } };
}

const viewFor = (region: Region, ...context: string[]) => {
  const answer: Answer = {
    region,
    context: context.map((code) => regionOf(code)),
    edition: '2026-11-22T01:30:00.000Z',
    isStale: false,
  };
  return viewOf(answer, reader);
};

describe('the figure', () => {
  test('comes with its qualifier, its date and what is not known of it', () => {
    expect(viewFor(regionOf('19.03')).main).toEqual({
      name: 'Kabupaten Bangka Selatan',
      qualifier: 'sekitar',
      value: '21%',
      what: 'pekerja terlindungi',
      isNumber: true,
      isWithheld: false,
      asAt: 'per 12 Okt 2024',
      details: '',
      remarks: ['Definisi dan penyebut tidak disebutkan oleh sumber'],
      drawn: 21,
      aim: null,
    });
  });

  test('says its definition, its persons, and that no source states the denominator', () => {
    expect(viewFor(regionOf('19')).main).toMatchObject({
      value: '33,10%',
      details: 'UCJ · 189.742 peserta · penyebut tidak disebutkan sumber',
    });
  });

  test('that is ours says so, and what was divided by what', () => {
    const details = 'UCJ · dihitung dari data peserta · 92.000 peserta · dari 150.000';
    expect(viewFor(regionOf('99.01')).main).toMatchObject({ value: '61,33%', details });
  });

  test('is approximate when a qualifier is newer than we are', () => {
    expect(viewFor(regionOf('19', { qualifier: 'BETWEEN' })).main.qualifier).toBe('sekitar');
    expect(viewFor(regionOf('19', { approximate: true })).main.qualifier).toBe('sekitar');
  });

  test('that is withheld gives no size away', () => {
    const { main } = viewFor(regionOf('99.03'), '99');
    expect(main).toMatchObject({
      qualifier: '',
      value: 'dirahasiakan (jumlah kecil)',
      isNumber: false,
      isWithheld: true,
      drawn: null,
    });
    expect(main.details).toBe('UCJ · per Des 2025');
  });

  test('that was never published is said to be missing, not zero', () => {
    expect(viewFor(regionOf('99.04')).main).toMatchObject({
      value: 'Belum ada angka yang diterbitkan',
      isNumber: false,
      drawn: null,
    });
    expect(viewFor(regionOf('99.06')).main).toMatchObject({ value: '0%', isNumber: true, drawn: 0 });
  });

  test('that was withdrawn says so, with its date and without a number or a length', () => {
    const withdrawn = { percent: null, numerator: null, asPrinted: null, obsStatus: 'O' };
    const { main } = viewFor(regionOf('19', withdrawn));
    expect(main).toMatchObject({ value: 'ditarik', isNumber: false, isWithheld: false, drawn: null, remarks: [] });
    expect(main.details).toBe('UCJ · penyebut tidak disebutkan sumber · per 14 Des 2025');
  });

  test('carries the remarks of its flags and status', () => {
    expect(viewFor(regionOf('99.05')).main.remarks).toHaveLength(5);
    expect(viewFor(regionOf('99.06')).main.remarks).toEqual(['Perkiraan, bukan angka resmi']);
  });
});

describe('the regions above', () => {
  test('are drawn on the same scale when the definition is the same', () => {
    const [province] = viewFor(regionOf('99.01'), '99').rows;
    expect(province).toMatchObject({ value: '48,25%', drawn: 48.25 });
    expect(province?.details).toContain('definisi sama');
  });

  test('are not drawn, and said not to compare, when the definition is another', () => {
    const [province] = viewFor(regionOf('19.03'), '19').rows;
    expect(province).toMatchObject({ value: '33,10%', drawn: null });
    expect(province?.details).toBe('UCJ · 189.742 peserta · per 14 Des 2025 · tidak sebanding langsung');
  });

  test('compare with nothing when their definition is unstated, even with one another', () => {
    const [other] = viewFor(regionOf('19.03'), '19.01').rows;
    expect(other?.details).toContain('tidak sebanding langsung');
    expect(other?.drawn).toBeNull();
  });

  test('stand alone, undrawn, where the region has no figure', () => {
    const [province] = viewFor(regionOf('99.04'), '99').rows;
    expect(province).toMatchObject({ value: '48,25%', drawn: null });
    expect(province?.details).not.toContain('sebanding');
  });
});

describe('the target', () => {
  const target = (percent: number, due: string, id = 'ucj') => ({ percent, due, indicator: { id } });
  const mainFor = (...targets: readonly ReturnType<typeof target>[]) =>
    viewFor({ ...regionOf('19'), targets }, '00').main;

  test('is the one due next, by the definition of the figure', () => {
    const main = mainFor(
      target(60, '2029'),
      target(57.17, '2025'),
      target(50, '2024-12'),
      target(43.92, '2026', 'rpjmn'),
    );
    expect(main.aim).toBe(57.17);
    expect(main.details).toBe('UCJ · 189.742 peserta · penyebut tidak disebutkan sumber · target 2025: 57,17%');
  });

  test('of another definition is none, nor is one that was due before the figure', () => {
    expect(mainFor(target(43.92, '2029', 'rpjmn'), target(50, '2024-12')).aim).toBeNull();
  });

  test('stands beside no figure that is withheld', () => {
    const withheld = { percent: null, numerator: null, obsStatus: 'Q' };
    expect(viewFor({ ...regionOf('19', withheld), targets: [target(57.17, '2025')] }).main.aim).toBeNull();
  });
});

describe('the edition', () => {
  test('is told in western Indonesian time', () => {
    expect(viewFor(regionOf('19')).edition).toBe('Edisi 22 Nov 2026 08.30 WIB');
  });

  test('says when the page holds on to it', () => {
    const answer: Answer = { region: regionOf('19'), context: [], edition: '2026-11-22T01:30:00.000Z', isStale: false };
    const editionFor = (asOf: string) => viewOf(answer, { ...reader, asOf }).edition;
    expect(editionFor('2024-10-14')).toBe('menurut terbitan s.d. 14 Okt 2024');
    expect(editionFor('2024-10-14T08:30:00+07:00')).toBe('menurut terbitan s.d. 14 Okt 2024 08.30 WIB');
  });
});

test('a figure that is not a share of all workers is headed by whose share it is', () => {
  const unstated = regionOf('19.03').coverage?.indicator;
  if (!unstated) throw new Error('the demo has a figure for 19.03');
  const indicator = { ...unstated, id: 'bpu_jkk_jkm', name: { id: 'Peserta BPU', en: 'BPU participants' } };
  expect(viewFor(regionOf('19.03', { indicator })).main.what).toBe('Peserta BPU');
});
