import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';

/** What a reader's browser may download, with Lit and both languages, in bytes of brotli at its best. */
const BUDGET = 10_450;

const file = fileURLToPath(new URL('../dist/widget/coverage-widget.js', import.meta.url));
const bytes = brotliCompressSync(readFileSync(file), { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
console.log(`coverage-widget.js: ${bytes} of ${BUDGET} bytes (brotli)`);
if (bytes > BUDGET) process.exitCode = 1;
