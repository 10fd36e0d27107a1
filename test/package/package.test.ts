import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { publint } from 'publint';
import { readText } from '../support/sources.js';
import { NAME, type Packed, packPackage, run } from './packed.js';

let packed: Packed;
beforeAll(async () => {
  packed = await packPackage();
});

/** What is not read by the resolutions of before ES modules is no problem of a package that has no other. */
const NOT_ESM = ['node10', 'node16-cjs'];

describe('the packed package', () => {
  test('holds the modules with their types, what tools and people read, and nothing else', () => {
    const sources = ['', 'views/'].flatMap((folder) =>
      readdirSync(`widget/${folder}`).flatMap((name) => (/(?<!\.test)\.ts$/.test(name) ? [`${folder}${name}`] : [])),
    );
    const modules = sources.filter((name) => name !== 'cdn.ts').map((name) => `dist/package/${name.slice(0, -3)}`);
    expect(packed.files).toEqual(
      [
        ...['LICENSE', 'NOTICE', 'README.md', 'package.json', 'dist/custom-elements.json'],
        ...modules.flatMap((name) => [`${name}.js`, `${name}.d.ts`]),
      ].sort(),
    );
  });

  test('can be published as it is, under our licence and from no place that it names', async () => {
    const { private: isPrivate, publishConfig, license, type } = packed.manifest;
    expect({ isPrivate, publishConfig, license, type }).toEqual({
      isPrivate: undefined,
      publishConfig: { access: 'public' },
      license: 'MIT',
      type: 'module',
    });
    expect(await readFile(join(packed.folder, 'LICENSE'), 'utf8')).toBe(readText('LICENSE'));
  });

  test('has nothing that publint remarks on', async () => {
    const { buffer, byteOffset, byteLength } = packed.tarball;
    const tarball = buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer; // files are read into one
    expect((await publint({ pack: { tarball }, strict: true })).messages).toEqual([]);
  });

  test('has types that every way of finding ES modules finds', async () => {
    const analysis = await checkPackage(createPackageFromTarballData(packed.tarball), {
      excludeEntrypoints: ['./custom-elements.json', './package.json'],
    });
    if (!analysis.types) throw new Error('no types found');
    expect(Object.keys(analysis.entrypoints).sort()).toEqual([
      '.',
      './card-view',
      './define',
      './react',
      './svelte',
      './vue',
    ]);
    expect(
      analysis.problems.filter((each) => !('resolutionKind' in each && NOT_ESM.includes(each.resolutionKind))),
    ).toEqual([]);
  });

  test('names the document that the API trusts', async () => {
    const query = await readFile(join(packed.folder, 'dist/package/query.js'), 'utf8');
    const trusted = createHash('sha256').update(readText('schema/operations/coverage-page.graphql')).digest('hex');
    expect(/DOCUMENT_ID = '(.*)'/.exec(query)?.[1]).toBe(trusted);
  });

  test('names no other module with a side effect than the one that names the tag', () => {
    expect(packed.manifest.sideEffects).toEqual(['./dist/package/define.js']);
  });

  test.each(['', '/define', '/react', '/vue', '/svelte', '/card-view'])(
    'gives on a server, without a document, what it gives elsewhere: %s',
    async (entry) => {
      const code = `console.log(Object.keys(await import('${NAME}${entry}')).join(' '))`;
      const { stdout, stderr } = await run('node', ['--input-type=module', '-e', code], { cwd: packed.site });
      const names: Record<string, string> = {
        '': 'CoverageWidget',
        '/define': 'CoverageWidget',
        '/card-view': 'DARK LIGHT WORDS codesFor createFormat filledOf languageOf lookOf readAnswer viewOf wholeValue',
      };
      expect([stdout.trim(), stderr]).toEqual([names[entry] ?? '', '']);
    },
  );
});
