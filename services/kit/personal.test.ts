import { describe, expect, test } from '@jest/globals';
import type { Column } from './dataset.js';
import { personalCell, personalTitle } from './personal.js';

/** Invented numbers: no such district, and dates of birth in a year to come. */
const NIK = '1999990101990001';
const NIP = '199901012024011999';

describe('the title of a column', () => {
  test.each([
    ['NIK', 'NIK'],
    ['no_ktp', 'NIK'],
    ['No. KK', 'NIK'],
    ['NPWP', 'NIK'],
    ['NIP', 'NIP'],
    ['Nomor KPJ', 'KPJ'],
    ['No HP', 'PHONE'],
    ['noHp', 'PHONE'],
    ['Telepon', 'PHONE'],
    ['e-mail', 'EMAIL'],
    ['email', 'EMAIL'],
    ['nama', 'NAME'],
    ['Nama Peserta', 'NAME'],
    ['nama_lengkap', 'NAME'],
    ['Full Name', 'NAME'],
    ['alamat rumah', 'ADDRESS'],
    ['tgl_lahir', 'BIRTH'],
    ['Tanggal Lahir', 'BIRTH'],
    ['TTL', 'BIRTH'],
    ['birth_date', 'BIRTH'],
    ['no rekening', 'ACCOUNT'],
    ['No. Peserta', 'NUMBER'],
    ['nomor kartu', 'NUMBER'],
  ] as const)('"%s" promises persons: %s', (title, kind) => {
    expect(personalTitle(title)).toBe(kind);
  });

  test.each([
    'region_code',
    'Nama Kab/Kota',
    'nama_program',
    'name_en',
    'Jumlah Peserta',
    'jumlah KK',
    'total_hp',
    'teknik',
    'No',
    'penerima',
    'kategori',
    '',
  ])('"%s" promises none', (title) => {
    expect(personalTitle(title)).toBeNull();
  });
});

describe('a cell', () => {
  test.each([
    [NIK, 'count', 'NIK'],
    [`'${NIK}`, 'text', 'NIK'],
    [`peserta ${NIK} aktif`, 'text', 'NIK'],
    ['1999 9901 0199 0001', 'text', 'NIK'],
    ['199999-010199-0001', 'text', 'NIK'],
    ['19.99.99.010199.0001', 'text', 'NIK'],
    ['１９９９９９０１０１９９０００１', 'text', 'NIK'],
    ['1,99999E+15', 'count', 'NIK'],
    [NIP, 'text', 'NIP'],
    ['19990101 202401 1 999', 'text', 'NIP'],
    ['081200000000', 'count', 'PHONE'],
    ['hubungi 0812-0000-0000', 'text', 'PHONE'],
    ['telp.081.200.000.000', 'text', 'PHONE'],
    ['2.081200000000', 'text', 'PHONE'],
    ['+62 812 0000 0000', 'text', 'PHONE'],
    ['6281200000000', 'text', 'PHONE'],
    ['seseorang@example.org', 'text', 'EMAIL'],
    ['24000000001', 'text', 'KPJ'],
    ['KPJ 24000000001', 'text', 'KPJ'],
  ] as const)('%j in a column of kind %s tells of a person: %s', (text, kind, expected) => {
    expect(personalCell(text, kind)).toBe(expected);
  });

  const innocent: readonly (readonly [string, Column['kind']])[] = [
    ['139300000000', 'rupiah'],
    ['341.082.353.391', 'rupiah'],
    ['1.081.234.567', 'text'],
    ['999999999999999', 'rupiah'],
    ['24000000001', 'rupiah'],
    ['6281200000', 'count'],
    ['Rp 24000000001', 'text'],
    ['1.814.133.110', 'text'],
    ['19.03.01.2001 2024-10', 'text'],
    ['2024-01-01 2024-12-31', 'text'],
    ['2024-10-12/2024-11-13', 'text'],
    ['2024 2025 2026 2027', 'text'],
    ['mercusuar-2025-09-03 tropedo-2025-09-03', 'reference'],
    ['https://example.org/berita/24000000001/judul', 'text'],
    ['gridstar-453624938', 'id'],
    ['19.03.01.2001', 'region'],
    ['@SUM(A1)', 'text'],
    ['1905010001', 'id'],
    ['1 2 3 4 5 6 7 8 9 10 11 12', 'text'],
  ];
  test.each(innocent)('%j in a column of kind %s tells of none', (text, kind) => {
    expect(personalCell(text, kind)).toBeNull();
  });
});
