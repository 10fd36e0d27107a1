import { describe, expect, test } from '@jest/globals';
import { listPaths, readSources, type Source } from './support/sources.js';
import { hasDefaultExport, usesEnvironment } from './support/syntax.js';

const LINES = 400;
const files = readSources(listPaths());
const code = files.filter(({ path }) => /^(services|widget|test)\/.*\.(ts|mjs|js)$/.test(path));
const modules = code.filter(({ path }) => path.endsWith('.ts'));

const UNTELLING_NAME = /(^|\/)(index|utils?|helpers?|services?|managers?)\.(ts|mjs|js)$/;
const PACKAGE_HOST =
  /registry\.(npmjs|yarnpkg|npmmirror)\.|npm\.pkg\.github\.|(artifactory|jfrog|verdaccio)[.:]|(deb|security)\.debian\.org|pythonhosted\.|proxy\.golang\./i;
const MACHINE_PATH = /(?<![\w.~-])\/(work|root|home\/\w+)\//;
const MAY_USE_ENVIRONMENT = /^(test\/|services\/cli\/|services\/gateway\/telemetry\.ts)|\.test\.ts$/;

describe('in the repository', () => {
  test('a file is named by a noun, not by its rank', () => {
    expect(pathsOf(code, ({ path }) => UNTELLING_NAME.test(path))).toEqual([]);
  });

  test('services export by name only', () => {
    const services = modules.filter(({ path }) => path.startsWith('services/'));
    expect(pathsOf(services, ({ text }) => hasDefaultExport(text))).toEqual([]);
  });

  test(`no source is longer than ${LINES} lines`, () => {
    expect(pathsOf(code, isTooLong)).toEqual([]);
  });

  test('no file names the host of a package registry', () => {
    expect(pathsOf(files, ({ text }) => PACKAGE_HOST.test(text))).toEqual([]);
    expect(files.find(({ path }) => path === 'package-lock.json')?.text).not.toMatch(/"resolved": "https?:/);
  });

  test('no file holds a path of one machine', () => {
    expect(pathsOf(files, ({ text }) => MACHINE_PATH.test(text))).toEqual([]);
  });

  test('the environment is read in config.ts and where programs start, nowhere else', () => {
    const others = modules.filter(({ path }) => !MAY_USE_ENVIRONMENT.test(path));
    expect(pathsOf(others, ({ text }) => usesEnvironment(text))).toEqual([]);
  });
});

describe('the rules about names', () => {
  test('find what they look for', () => {
    const root = ['', 'root', 'x'].join('/');
    expect(UNTELLING_NAME.test('services/kit/index.ts')).toBe(true);
    expect(UNTELLING_NAME.test('services/kit/region-index.ts')).toBe(false);
    expect(PACKAGE_HOST.test(`https://${['registry', 'npmjs', 'org'].join('.')}/x`)).toBe(true);
    expect([root, `"${root}"`, `file://${root}`].map((text) => MACHINE_PATH.test(text))).toEqual([true, true, true]);
    expect(MACHINE_PATH.test(`https://example.org${root}`)).toBe(false);
    expect(isTooLong({ path: 'x.ts', text: '\n'.repeat(LINES) })).toBe(false);
    expect(isTooLong({ path: 'x.ts', text: '\n'.repeat(LINES + 1) })).toBe(true);
  });

  test('tell a default export and a use of the environment from a mention', () => {
    const defaults = ['export default 1', 'export default function f() {}', 'export { a as default }; const a = 1'];
    expect(defaults.map(hasDefaultExport)).toEqual([true, true, true]);
    expect(hasDefaultExport('// export default\nexport const a = "export default"')).toBe(false);
    expect(usesEnvironment('f(process.env.PORT)')).toBe(true);
    expect(usesEnvironment('/** nothing else touches process.env */ f(env.PORT)')).toBe(false);
  });
});

function pathsOf(sources: readonly Source[], isWrong: (source: Source) => boolean): string[] {
  return sources.filter(isWrong).map(({ path }) => path);
}

function isTooLong({ text }: Source): boolean {
  return text.split('\n').length - 1 > LINES;
}
