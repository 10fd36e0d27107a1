import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The code with the identity of the page's operation, the SHA-256 of its file, where it names that. */
export function withDocumentId(code) {
  const text = readFileSync(fileURLToPath(new URL('../schema/operations/coverage-page.graphql', import.meta.url)));
  return code.replace('@DOCUMENT_ID@', createHash('sha256').update(text).digest('hex'));
}

/** Run with names of modules, it writes the identity into them. */
for (const file of process.argv[1] === fileURLToPath(import.meta.url) ? process.argv.slice(2) : []) {
  writeFileSync(file, withDocumentId(readFileSync(file, 'utf8')));
}
