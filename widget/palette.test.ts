import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { DARK, LIGHT, type Palette } from './palette.js';

const styles = readFileSync(new URL('styles.ts', import.meta.url), 'utf8');

/** The colours that the styles of the tag fall back to, in the order they stand there. */
function defaultsOf(name: keyof Palette): string[] {
  return [...styles.matchAll(new RegExp(`--cakupan-${name}, *(#[0-9a-f]+)`, 'g'))].map(([, colour = '']) => colour);
}

test.each(Object.keys(LIGHT) as (keyof Palette)[])('the tag falls back to the same %s, light and dark', (name) => {
  expect(new Set(defaultsOf(name))).toEqual(new Set([LIGHT[name], DARK[name]]));
});
