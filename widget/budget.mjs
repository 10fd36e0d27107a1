import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';

/** What a reader's browser may download, in bytes of brotli at its best: the card with Lit and both languages, and each module that is loaded when it is needed. */
const CARD = 10_400;
const MODULE = 3_400;

const folder = new URL('../dist/widget/', import.meta.url);
for (const file of readdirSync(folder).filter((name) => name.endsWith('.js'))) {
  const budget = file === 'coverage-widget.js' ? CARD : MODULE;
  const bytes = brotli(readFileSync(fileURLToPath(new URL(file, folder))));
  console.log(`${file}: ${bytes} of ${budget} bytes (brotli)`);
  if (bytes > budget) process.exitCode = 1;
}

function brotli(bytes) {
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
}
