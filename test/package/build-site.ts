import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { run } from './packed.js';

export const FRAMEWORKS = ['react', 'vue', 'svelte'] as const;
export type Framework = (typeof FRAMEWORKS)[number];

/** Bundles the site's page of each framework as one of its own, with the package as it is installed there. */
export async function buildSite(site: string): Promise<void> {
  await build({
    ...OPTIONS,
    entryPoints: FRAMEWORKS.map((name) => join(site, `${name}.ts${name === 'react' ? 'x' : ''}`)),
    outdir: join(site, 'built'),
    splitting: true,
    plugins: [vueFiles(site), svelteFiles(site)],
  });
}

/** The page of React as its server gives it. */
export async function renderOnServer(site: string): Promise<string> {
  const outfile = join(site, 'built', 'server.cjs');
  const entryPoints = [join(site, 'react-server.tsx')];
  await build({ ...OPTIONS, entryPoints, outfile, platform: 'node', format: 'cjs' });
  return (await run('node', [outfile])).stdout.trim();
}

/** For development: what React and Vue remark on, they remark on there. */
const OPTIONS = {
  bundle: true,
  format: 'esm',
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
