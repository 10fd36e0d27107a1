import { expect, test } from '@jest/globals';
import { foldName } from './name.js';

test('foldName gives both spellings of a name the same form', () => {
  expect([foldName('Pangkal Pinang'), foldName('PANGKALPINANG')]).toEqual(['pangkalpinang', 'pangkalpinang']);
});

test('foldName keeps digits and drops signs', () => {
  expect(foldName("Kab. Kolaka-Timur 2'")).toBe('kabkolakatimur2');
});
