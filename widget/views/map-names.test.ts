import { expect, test } from '@jest/globals';
import { initials, shortName } from './map-names.js';

const names = [
  'Kabupaten Bangka Selatan',
  'Kota Pangkalpinang',
  'Kepulauan Bangka Belitung',
  'Kota Administrasi Jakarta Barat',
  'DI Yogyakarta',
  'Kabupaten Contoh Kepulauan Bernama Sangat Panjang Sekali',
];

test('a short name has no kind before it and no word longer than a tile', () => {
  expect(names.map(shortName)).toEqual([
    'Bangka Selatan',
    'Pangkal.',
    'Kep. Bangka Belitung',
    'Jakarta Barat',
    'DI Yogyaka.',
    'Contoh Kep. Bernama Sangat Panjang Sekali',
  ]);
});

test('initials are at most five letters', () => {
  expect(names.map(initials)).toEqual(['BSel', 'Pan', 'KBBel', 'JBar', 'DYog', 'SPSek']);
});
