import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { compareDescriptor, type Descriptor, measured, readDescriptor } from './descriptor.js';
import { createProblems } from './problems.js';

const HASH = 'a'.repeat(64);
const NOTHING: Descriptor = { sha256: null, bytes: null, rows: null, locale: null };

function read(descriptor: unknown, fileName = 'a.csv') {
  const problems = createProblems(fileName);
  const text = typeof descriptor === 'string' ? descriptor : JSON.stringify(descriptor);
  return {
    descriptor: readDescriptor(text, fileName, problems),
    problems: problems.list.map(({ rule, message }) => [rule, message.en]),
  };
}

describe('a descriptor', () => {
  test('says hash, size, rows and locale of the file it names', () => {
    const resources = [
      { path: 'b.csv', hash: 'sha256:x' },
      { path: 'data/a.csv', hash: `sha256:${HASH.toUpperCase()}`, bytes: 10, rows: 2, locale: 'id-ID' },
    ];
    expect(read({ resources })).toEqual({
      descriptor: { sha256: HASH, bytes: 10, rows: 2, locale: 'id-ID' },
      problems: [],
    });
  });

  test('may keep them under "stats"', () => {
    expect(read({ resources: [{ path: 'a.csv', stats: { sha256: HASH, bytes: 1, rows: 0 } }] }).descriptor).toEqual({
      sha256: HASH,
      bytes: 1,
      rows: 0,
      locale: null,
    });
  });

  test('says nothing where it states another kind of hash, or no number', () => {
    const resource = { path: 'a.csv', hash: 'd41d8cd98f00b204e9800998ecf8427e', bytes: '10', rows: -1, locale: 'fr' };
    expect(read({ resources: [resource] }).descriptor).toEqual(NOTHING);
  });

  test.each([
    ['not JSON', '{'],
    ['null', 'null'],
    ['no resources', {}],
    ['another file', { resources: [{ path: 'b.csv' }] }],
  ])('is refused when it is %s', (_, descriptor) => {
    expect(read(descriptor)).toEqual({
      descriptor: null,
      problems: [['FILE', 'datapackage.json does not describe the file a.csv']],
    });
  });
});

describe('a file and its descriptor', () => {
  const bytes = Buffer.from('a,b\n1,2\n3,4\n');
  const sha256 = createHash('sha256').update(bytes).digest('hex');

  async function compare(descriptor: Partial<Descriptor>, { rows = 2, readsAll = true, errors = 0 } = {}) {
    const problems = createProblems('a.csv');
    for (let count = 0; count < errors; count += 1) problems.add('E3', { id: 'salah', en: 'wrong' });
    const [input, measure] = measured(Readable.from([bytes.subarray(0, 5), bytes.subarray(5)]));
    for await (const _ of input) if (!readsAll) break;
    compareDescriptor({ ...NOTHING, ...descriptor }, measure(), rows, problems);
    return problems.list.filter(({ rule }) => rule === 'FILE').map(({ message }) => message.en);
  }

  test('agree where nothing says otherwise', async () => {
    expect([await compare({}), await compare({ sha256, bytes: bytes.length, rows: 2 })]).toEqual([[], []]);
  });

  const OTHER = 'the file does not match the SHA-256 hash or size in datapackage.json';

  test.each([
    ['hash', { sha256: 'b'.repeat(64), rows: 3 }, [OTHER]],
    ['size', { bytes: bytes.length + 1 }, [OTHER]],
    ['number of rows', { rows: 3 }, ['the file has 2 rows of data; datapackage.json says 3']],
  ])('differ in their %s', async (_, descriptor, expected) => {
    expect(await compare(descriptor)).toEqual(expected);
  });

  test('are not compared by rows where some could not be read, nor at all where reading stopped', async () => {
    expect([
      await compare({ rows: 3 }, { errors: 1 }),
      await compare({ sha256: 'b'.repeat(64) }, { errors: 1 }),
      await compare({ sha256: 'b'.repeat(64) }, { readsAll: false }),
    ]).toEqual([[], [OTHER], []]);
  });
});
