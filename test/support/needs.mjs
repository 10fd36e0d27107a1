/**
 * Makes sure that what the tests need outside npm is on this machine: MariaDB, Chromium, nginx and wrk; with the word
 * `engines`, the browsers of the nightly checks. On Debian, as root, it installs what is missing; elsewhere it says what
 * is missing and how to get it, and ends with 1. Silent when all is there.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const CHROMIUM = { name: 'Chromium', package: 'chromium', programs: [process.env.CHROMIUM ?? '/usr/bin/chromium'] };
const FIREFOX = process.env.FIREFOX ?? '/usr/bin/firefox-esr';

const TESTS = [
  { name: 'MariaDB', package: 'mariadb-server', programs: ['mariadbd', 'mariadb-install-db'] },
  { name: 'nginx', package: 'nginx', programs: ['nginx'] },
  { name: 'wrk', package: 'wrk', programs: ['wrk', 'taskset'] },
  CHROMIUM,
];

const ENGINES = [
  CHROMIUM,
  { name: 'Firefox', package: 'firefox-esr', programs: [FIREFOX] },
  { name: 'WebKitGTK', package: 'webkit2gtk-driver', programs: ['WebKitWebDriver'] },
  { name: 'Xvfb', package: 'xvfb', programs: ['Xvfb'] },
  { name: 'WPE WebKit', package: 'wpewebkit-driver', programs: ['WPEWebDriver'] },
  { name: 'cog', package: 'cog', programs: ['cog'] },
  { name: 'pdftotext', package: 'poppler-utils', programs: ['pdftotext'] },
];

const NEEDS = process.argv[2] === 'engines' ? ENGINES : TESTS;

const missing = findMissing();
if (missing.length > 0) {
  const isDebianRoot = process.getuid?.() === 0 && isInstalled('apt-get');
  const problem = isDebianRoot ? install(missing) : 'not installed on this machine';
  if (problem !== null) report(findMissing(), problem);
}

function findMissing() {
  return NEEDS.filter(({ programs }) => !programs.every(isInstalled));
}

/** True for a program on the PATH, or in the folders where Debian keeps servers. */
function isInstalled(program) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  return program.startsWith('/') ? existsSync(program) : folders.some((folder) => existsSync(join(folder, program)));
}

/** Null when everything is there afterwards, else what went wrong. The tests start a server of their own, never the system's. */
function install(needs) {
  console.error(`The tests need ${listNames(needs)}: installing with apt-get ...`);
  for (const words of aptCommands(needs)) {
    const { status } = spawnSync('apt-get', words, { stdio: ['ignore', 'inherit', 'inherit'], env: aptEnvironment() });
    if (status !== 0) return `\`apt-get ${words.join(' ')}\` ended with ${status}`;
  }
  return findMissing().length === 0 ? null : 'apt-get installed the packages, but a program is still not found';
}

function aptCommands(needs) {
  const packages = needs.map((need) => need.package);
  return [
    ['-qq', 'update'],
    ['-qq', 'install', '-y', '--no-install-recommends', ...packages],
  ];
}

function aptEnvironment() {
  return { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
}

function report(needs, problem) {
  const packages = needs.map((need) => need.package).join(' ');
  console.error(`The tests need ${listNames(needs)}: ${problem}.`);
  if (packages) console.error(`On Debian: apt-get update && apt-get install -y --no-install-recommends ${packages}`);
  console.error(
    'CHROMIUM=/path/to/chromium names another Chromium, FIREFOX another Firefox; the rest has to be on the PATH.',
  );
  process.exit(1);
}

function listNames(needs) {
  return needs.map(({ name, package: debian }) => `${name} (Debian: ${debian})`).join(' and ');
}
