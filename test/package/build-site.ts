import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build, type Plugin, stop } from 'esbuild';
import { run } from './packed.js';

/** Bundles the site's pages, of each framework and of none, with the package as it is installed there, into this folder. */
export async function buildSite(site: string, outdir: string): Promise<void> {
  const entryPoints = ['react.tsx', 'vue.ts', 'svelte.ts', 'class.ts'].map((name) => join(site, name));
  const pages = { format: 'esm', splitting: true } as const;
  const server = { format: 'cjs', platform: 'node', outExtension: { '.js': '.cjs' } } as const;
  await Promise.all([
    build({ ...OPTIONS, ...pages, outdir, entryPoints, plugins: [vueFiles(site), svelteFiles(site)] }),
    build({ ...OPTIONS, ...server, outdir, entryPoints: [join(site, 'react-server.tsx')] }),
  ]);
  await stop(); // or its program outlives the test
}

/** The page of React as its server gives it. */
export async function renderOnServer(built: string): Promise<string> {
  return (await run('node', [join(built, 'react-server.cjs')])).stdout.trim();
}

/** For development: what React and Vue remark on, they remark on there. */
const OPTIONS = {
  bundle: true,
  target: 'es2022',
  jsx: 'automatic',
  logLevel: 'warning',
  define: {
    'process.env.NODE_ENV': '"development"',
    '__VUE_OPTIONS_API__': 'false',
    '__VUE_PROD_DEVTOOLS__': 'false',
    '__VUE_PROD_HYDRATION_MISMATCH_DETAILS__': 'false',
  },
} as const;

const TAG = 'coverage-widget';

function vueFiles(site: string): Plugin {
  const { compileScript, parse } = createRequire(join(site, 'x.js'))('vue/compiler-sfc');
  const templateParseOptions = { isCustomElement: (tag: string) => tag === TAG };
  return compiler('vue', /\.vue$/, (source, filename) => {
    const { descriptor } = parse(source, { filename, templateParseOptions });
    return compileScript(descriptor, { id: filename, inlineTemplate: true }).content;
  });
}

function svelteFiles(site: string): Plugin {
  const { compile } = createRequire(join(site, 'x.js'))('svelte/compiler');
  return compiler('svelte', /\.svelte$/, (source, filename) => compile(source, { filename, dev: true }).js.code);
}

function compiler(name: string, filter: RegExp, compile: (source: string, filename: string) => string): Plugin {
  return {
    name,
    setup: ({ onLoad }) =>
      onLoad({ filter }, async ({ path }) => ({ contents: compile(await readFile(path, 'utf8'), path), loader: 'ts' })),
  };
}
