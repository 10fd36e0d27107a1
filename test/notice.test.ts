import { expect, test } from '@jest/globals';
import { exists, readText } from './support/sources.js';

const PERMISSIVE = /^(MIT|MIT-0|ISC|0BSD|BSD-2-Clause|BSD-3-Clause|Apache-2\.0|CC0-1\.0|Unlicense)$/;

/** The lines of NOTICE that name a package: its licence and, two spaces or more behind it, its name. */
function noticed(text: string): string[] {
  return [...text.matchAll(/^ {2}(\S+(?: \S+)*) {2,}(\S+)$/gm)]
    .map(([, licence, name]) => `${name}: ${licence}`)
    .sort();
}

/** True when the terms of an SPDX expression without nesting leave a choice of permissive licences only. */
function isPermissive(licence: string): boolean {
  const choices = licence.replace(/[()]/g, '').split(' OR ');
  return choices.some((choice) => choice.split(' AND ').every((name) => PERMISSIVE.test(name)));
}

/** Folders of the packages that production installs, from the lock file; those for other systems are not installed. */
function productionFolders(): string[] {
  const lock = JSON.parse(readText('package-lock.json')) as {
    packages: Record<string, { dev?: boolean; link?: boolean }>;
  };
  const entries = Object.entries(lock.packages).filter(
    ([path, { dev, link }]) => /node_modules\//.test(path) && !dev && !link,
  );
  return entries.map(([path]) => path).filter(exists);
}

/** The part of a package's name that says for which system it was built. */
const SYSTEM = /-(linux|darwin|win32|android)-.*$/;

/** The name of the package in a folder, whatever system it was built for, and its licence in the words of its own package.json. */
function licenceOf(folder: string): { name: string; licence: string } {
  const { name, license } = JSON.parse(readText(`${folder}/package.json`)) as { name: string; license?: unknown };
  return {
    name: name.replace(SYSTEM, ''),
    licence: typeof license === 'string' ? license : `unknown (${JSON.stringify(license)})`,
  };
}

test('NOTICE names every production dependency that is not under a permissive licence, and no other', () => {
  const licences = productionFolders().map(licenceOf);
  const special = licences.filter(({ licence }) => !isPermissive(licence));
  expect(licences.length).toBeGreaterThan(100);
  expect(noticed(readText('NOTICE'))).toEqual(
    [...new Set(special.map(({ name, licence }) => `${name}: ${licence}`))].sort(),
  );
});

test('a licence is permissive when one choice asks for permissive licences only', () => {
  const permissive = ['MIT', '(MIT AND BSD-3-Clause)', 'MIT OR GPL-3.0-only', '(MIT OR CC0-1.0)'];
  const others = ['Elastic-2.0', 'MIT AND Elastic-2.0', 'unknown (undefined)', 'BlueOak-1.0.0'];
  expect(permissive.filter(isPermissive)).toEqual(permissive);
  expect(others.filter(isPermissive)).toEqual([]);
});

test('NOTICE names the licence of the list of regions', () => {
  expect(readText('NOTICE')).toMatch(/region\.csv[\s\S]*Open Database License \(ODbL\)\s+1\.0/);
});
