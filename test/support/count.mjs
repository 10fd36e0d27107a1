/** Prints "N passed, N failed" from the results that jest wrote; a suite that could not run counts as one failure. */
import { readFileSync } from 'node:fs';

const results = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
const told = results.success ? failed : Math.max(failed, 1);

console.log(`${results.numPassedTests} passed, ${told} failed`);
process.exitCode = told === 0 ? 0 : 1;
