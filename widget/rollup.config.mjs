import { fileURLToPath } from 'node:url';
import resolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { withDocumentId } from './document-id.js';

const path = (name) => fileURLToPath(new URL(name, import.meta.url));

const documentId = { name: 'document-id', transform: (code) => ({ code: withDocumentId(code), map: null }) };

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

const BANNER = '/*! coverage-widget: MIT. Contains Lit, (c) Google LLC, BSD-3-Clause: see NOTICE. */';

/**
 * Trusted Types: Lit's policy gets a name of our own, so that a page can allow us and not every Lit, and a page that
 * refuses it still gets the figure, drawn without markup.
 */
const ownPolicy = {
  name: 'own-policy',
  transform(code, id) {
    if (!id.endsWith('/lit-html.js')) return null;
    const policy = /(\w+)\.createPolicy\("lit-html",(\{createHTML:.+?\})\)/;
    if (!policy.test(code)) this.error('Lit makes its policy in another way than the build knows');
    return {
      code: code.replace(policy, '(()=>{try{return $1.createPolicy("cakupan-widget",$2)}catch{}})()'),
      map: null,
    };
  },
};

export default {
  input: { 'coverage-widget': path('../dist/widget-modules/cdn.js') },
  output: {
    dir: path('../dist/widget'),
    format: 'es',
    banner: ({ isEntry }) => (isEntry ? BANNER : ''),
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
  },
  preserveEntrySignatures: 'allow-extension', // what a view needs of the card it takes from there
  plugins: [
    resolve({ exportConditions: ['production'] }), // whatever NODE_ENV says: never Lit for developers
    documentId,
    ownPolicy,
    dense,
    terser({
      ecma: 2022,
      module: true,
      compress: { passes: 3, pure_getters: true, unsafe: true, unsafe_arrows: true, hoist_funs: true },
      mangle: { properties: { regex: /^_\$/ } }, // Lit's own names; pages see none of them
      format: { comments: /^!/ },
    }),
  ],
};
