import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freshFolder } from '../support/databases.js';
import { startProcess } from '../support/processes.js';

const NAME = '@apollo/federation-subgraph-compatibility-tests';
const { resolve: find } = createRequire(import.meta.url);

/** The folder of the package: its `main` is in `dist`. */
export const PACKAGE = dirname(dirname(find(NAME)));

/** Where the two that the cases ask are reached. */
export interface Addresses {
  readonly products: string;
  readonly gateway: string;
}

/** How one case ended. */
export interface Outcome {
  /** What of federation it is about, as the package names it: "@key single". */
  readonly feature: string;
  readonly name: string;
  readonly status: string;
  /** Why it failed; empty when it passed. */
  readonly messages: readonly string[];
}

/** Runs every case of the package, unchanged, in a process of its own, as the package's own launcher does. */
export async function runCases({ products, gateway }: Addresses): Promise<Outcome[]> {
  const results = join(await freshFolder(), 'results.json');
  const config = {
    rootDir: PACKAGE,
    roots: ['<rootDir>/dist/tests'],
    testMatch: ['<rootDir>/dist/tests/*.test.js'],
    testPathIgnorePatterns: [],
    haste: { retainAllFiles: true }, // else jest sees nothing below node_modules
    transform: {},
    moduleNameMapper: { '^make-fetch-happen$': fileURLToPath(new URL('addressed-fetch.cjs', import.meta.url)) },
  };
  const options = ['--runInBand', '--json', `--outputFile=${results}`, '--config', JSON.stringify(config)];
  const { exited, output } = await startProcess({
    args: [find('jest/bin/jest'), ...options],
    env: { PRODUCTS_URL: products, GATEWAY_URL: gateway },
  });
  await exited;
  const text = await readFile(results, 'utf8').catch((cause) => {
    throw new Error(`The cases did not run: ${output()}`, { cause });
  });
  return (JSON.parse(text) as JestResults).testResults.flatMap(({ assertionResults }) =>
    assertionResults.map(readCase),
  ); // jest wrote it
}

interface JestResults {
  readonly testResults: readonly { readonly assertionResults: readonly JestCase[] }[];
}

interface JestCase {
  readonly ancestorTitles: readonly string[];
  readonly title: string;
  readonly status: string;
  readonly failureMessages: readonly string[];
}

function readCase({ ancestorTitles, title, status, failureMessages }: JestCase): Outcome {
  return { feature: ancestorTitles[0] ?? title, name: title, status, messages: failureMessages };
}
