import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import resolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';

const path = (name) => fileURLToPath(new URL(name, import.meta.url));

/** Writes the identity of the card's operation, the SHA-256 of its file, into the module that names it. */
const documentId = {
  name: 'document-id',
  transform(code) {
    const text = readFileSync(path('../schema/operations/coverage-card.graphql'));
    return { code: code.replace('@DOCUMENT_ID@', createHash('sha256').update(text).digest('hex')), map: null };
  },
};

const isOurs = (id) => id.includes('widget-modules');

/** Takes the indentation out of our templates, and every needless blank and zero out of the style sheet. */
const dense = {
  name: 'dense',
  transform(code, id) {
    if (!isOurs(id)) return null;
    const flush = code.replace(/\n\s+/g, '\n');
    return { code: id.endsWith('styles.js') ? denseCss(flush) : flush, map: null };
  },
};

function denseCss(text) {
  return text
    .replace(/\s*([{};:,])\s*/g, '$1')
    .replaceAll(';}', '}')
    .replace(/(?<=[ :(,])0\./g, '.');
}

const banner = '/*! coverage-widget: MIT. Contains Lit, (c) Google LLC, BSD-3-Clause: see NOTICE. */';

export default {
  input: path('../dist/widget-modules/define.js'),
  output: { file: path('../dist/widget/coverage-widget.js'), format: 'es', banner },
  plugins: [
    resolve({ exportConditions: ['production'] }), // whatever NODE_ENV says: never Lit for developers
    documentId,
    dense,
    terser({
      ecma: 2021,
      module: true,
      compress: { passes: 3, pure_getters: true, unsafe_arrows: true },
      format: { comments: /^!/ },
    }),
  ],
};
