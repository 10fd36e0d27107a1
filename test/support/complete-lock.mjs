/**
 * Completes package-lock.json with the optional packages of other systems, which a registry mirror may not carry.
 * Without them `npm ci` refuses the file. Run after `npm install`: `node test/support/complete-lock.mjs package-lock.json`.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const file = process.argv[2];
const lock = JSON.parse(readFileSync(file, 'utf8'));
const added = [];
for (const [path, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const nested = `${path}/node_modules/${name}`;
    const hoisted = `node_modules/${name}`;
    if (path === '' || lock.packages[nested] || lock.packages[hoisted] || !/^\d/.test(version)) continue;
    const words = name.split('/').pop().split('-');
    const os = [
      'android',
      'darwin',
      'linux',
      'win32',
      'freebsd',
      'openbsd',
      'netbsd',
      'sunos',
      'aix',
      'openharmony',
    ].filter((x) => words.includes(x));
    const cpu = ['arm64', 'x64', 'ia32', 'arm', 'ppc64', 's390x', 'riscv64', 'loong64', 'mips64el'].filter((x) =>
      words.includes(x),
    );
    if (os.length !== 1) {
      console.error('skipped', name);
      continue;
    }
    lock.packages[hoisted] = {
      version,
      ...(cpu.length ? { cpu } : {}),
      ...(entry.dev ? { dev: true } : {}),
      optional: true,
      os,
    };
    added.push(name);
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en')));
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(added.length, 'added');
