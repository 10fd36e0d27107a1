import { describe, expect, test } from '@jest/globals';
import { personalText } from './personal-text.js';

/** All invented: no person meant, dates to come, and numbers of one digit repeated. */
describe('running text', () => {
  test.each([
    ['a.n. Budi Santoso', 'NAME'],
    ['santunan a.n Budi Santoso', 'NAME'],
    ['A.N. BUDI SANTOSO', 'NAME'],
    ['a/n Budi', 'NAME'],
    ['dibayar (a.n.Budi)', 'NAME'],
    ['klaim atas nama Budi Santoso', 'NAME'],
    ['Atas Nama Bapak H. Budi', 'NAME'],
    ['an. A. Budi', 'NAME'],
    ['nama peserta: Budi', 'NAME'],
    ['seorang pekerja bernama Budi', 'NAME'],
    ['Sdr. Budi Santoso', 'NAME'],
    ['alm. Budi Santoso', 'NAME'],
    ['ahli waris almarhumah Siti', 'NAME'],
    ['atas nama Pemerintah Kota dan a.n. Budi', 'NAME'],
    ['Budi Santoso, lahir 12-03-2085', 'BIRTH'],
    ['Budi Santoso, lahir di Toboali 12 Maret 2085', 'BIRTH'],
    ['tgl lahir: 12/03/85', 'BIRTH'],
    ['Tgl. Lahir 2085-03-12', 'BIRTH'],
    ['TTL: Pangkalpinang, 12-03-2085', 'BIRTH'],
    ['kelahiran 12 Mar 2085', 'BIRTH'],
    ['born 12 March 2085', 'BIRTH'],
    ['date of birth March 12, 2085', 'BIRTH'],
    ['KPJ 24 000 000 001', 'KPJ'],
    ['kpj no. 2400000000', 'KPJ'],
    ['(0717) 421234', 'PHONE'],
    ['kantor (021)5222222', 'PHONE'],
    ['(0812) 2222-2222', 'PHONE'],
    ['(+62 717) 422222', 'PHONE'],
    ['telp. 422222', 'PHONE'],
    ['telp.422222', 'PHONE'],
    ['HP 8122222222', 'PHONE'],
    ['WA: 0812-2222-2222', 'PHONE'],
  ] as const)('%j tells of a person: %s', (text, kind) => {
    expect([personalText(text, true), personalText(text, false)]).toEqual([kind, kind]);
  });

  test.each([
    '0717-422222',
    '0717 42 22 22',
    '021-5222222',
    'kantor 0717 422222',
    '08 12 22 22 22 22',
    '62 812-2222-2222',
  ])('%j is a telephone number where it is no figure', (text) => {
    expect([personalText(text, true), personalText(text, false)]).toEqual(['PHONE', null]);
  });

  test.each([
    'a.n. Bupati Bangka Selatan, Kepala Dinas',
    'atas nama Pemerintah Kabupaten Bangka',
    'atas nama PT Timah',
    'atas nama peserta BPU',
    'Atas nama pekerja, terima kasih',
    'a.n. JKK',
    'an. lain-lain',
    'nama program: Perisai',
    'Tanjung Pandan',
    'Desa Alma, Kecamatan Almahera',
    'Hari lahir Pancasila 1 Juni 2085',
    'peserta lahir sebelum 01-01-2085',
    'born before 1 January 2085',
    'bayi lahir 2085-03',
    'kelahiran 01-01-2085 s.d. 31-12-2085',
    'per 31-12-2085',
    'hubungi 1500910',
    'telp 1500910',
    'HP 12.345.678 unit',
    'WA 2085-03-12',
    '08-12-2085 10:30',
    'Perda 021/2085',
    '0,717 4212 34',
    '03.2085-12 034',
    'https://example.org/021-5222222',
    'antara-0717-422222',
    '341.082.353.391',
    'Rp 1.814.133.110',
    '(1.814) 133 110',
    'data 021 2085 10',
  ])('%j tells of none', (text) => {
    expect(personalText(text, true)).toBeNull();
  });
});
