import { describe, expect, test } from '@jest/globals';
import type { Dataset } from './dataset.js';
import { createPersonalWatch } from './personal-watch.js';

/** Invented: there is no such district, and the date of birth is in a year to come. */
const NIK = '1999990101990001';

describe('a watch over bytes', () => {
  const dataset: Dataset = {
    name: 'towns',
    subgraph: 'invented',
    file: 'towns.csv',
    table: 'towns',
    columns: [{ name: 'name', kind: 'text' }],
    key: ['name'],
    firstLoad: 'REFERENCE',
  };

  /** Whether a file cut into chunks of one size is seen. */
  function isSeen(text: string, size: number): boolean {
    const watch = createPersonalWatch(dataset);
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += size) if (watch.sees(bytes.subarray(at, at + size))) return true;
    return watch.ends();
  }

  test.each([1, 5, 16, 1000])('sees what is personal in chunks of %i bytes, also at the very end', (size) => {
    expect(
      [`\ufeffname,value\na,${NIK}\n`, `name,value\na,${NIK}`, 'name,"NIK"\n', 'name;no_hp', 'name\nx@example.org'].map(
        (text) => isSeen(text, size),
      ),
    ).toEqual(Array(5).fill(true));
  });

  test.each([1, 5, 16, 1000])('lets pass what is not, in chunks of %i bytes', (size) => {
    expect(
      ['name,value\na,1\n', `name\n${NIK}1\n`, 'name\n139300000000\n', `name\n${NIK.slice(0, 8)},${NIK.slice(8)}`].map(
        (text) => isSeen(text, size),
      ),
    ).toEqual(Array(4).fill(false));
  });

  /** With columns of several kinds, as its own header has them. */
  const figures: Dataset = {
    ...dataset,
    columns: [...dataset.columns, { name: 'rupiah', kind: 'rupiah' }, { name: 'note', kind: 'text' }],
  };
  const isSeenIn = (text: string) => {
    const watch = createPersonalWatch(figures);
    return watch.sees(Buffer.from(text)) || watch.ends();
  };

  test('reads long numbers by the kind of their column', () => {
    const header = 'name,rupiah,note\n';
    expect(
      ['a,1,24000000001', 'a,1,"x, 24000000001"', '24000000001,1,', '"a\n""b"" 24000000001",1,\n'].map((row) =>
        isSeenIn(header + row),
      ),
    ).toEqual([true, true, true, true]);
    expect(
      ['a,24000000001,\n', '"a,\n""b""",24000000001,\n', 'a;b,24000000001,x\n'].map((row) => isSeenIn(header + row)),
    ).toEqual([false, false, false]);
    expect(isSeenIn('note;rupiah;name\n24000000001;1;a\n')).toBe(true);
    expect(isSeenIn('sep=;\nname;rupiah;note\na;24000000001;b\n')).toBe(false);
  });

  test.each([1, 5, 16, 1000])('sees what text gives away in chunks of %i bytes', (size) => {
    expect(
      [
        'name\na.n. Budi',
        'name\n"TTL: Toboali, 12-03-2085"\n',
        'name\n(0717) 422222\n',
        'name\n"a, lahir 12-03-2085"',
      ].map((text) => isSeen(text, size)),
    ).toEqual(Array(4).fill(true));
  });

  test('sees it in UTF-16 too', () => {
    const watch = createPersonalWatch(dataset);
    expect(watch.sees(Buffer.from(`name\n${NIK}\n`, 'utf16le'))).toBe(true);
  });
});
