import { posix } from 'node:path';

/** A module and the specifiers it imports, packages included. */
export interface Module {
  readonly path: string; // from the root of the repository
  readonly imports: readonly string[];
  /** Those of the imports that are types only. Within a subgraph they are no arrows: shapes are shared, work is not. */
  readonly typeImports?: readonly string[];
}

/** What the modules of a part may import of ours, besides their own part. `main` stands for the files right in services/. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  kit: [],
  subgraph: ['kit'],
  gateway: ['kit'],
  registry: ['kit'],
  cli: ['main', 'kit', 'registry', 'gateway'],
  main: ['kit', 'registry', 'gateway', 'cli', 'subgraph'],
  widget: [],
  test: ['main', 'kit', 'registry', 'gateway', 'cli', 'subgraph', 'widget'],
};

/** The one entry of the widget's package that a part of the services may import: what a card says, without a document. */
const CARD_VIEW = '@cakupan/coverage-widget/card-view';
const DRAWS_CARDS = 'gateway';

/** What the files of one subgraph may import of each other. Files with any other name hold a concept: pure arithmetic. */
const ROLES: Readonly<Record<string, readonly string[]>> = {
  resolvers: ['context', 'types', 'concept'],
  context: ['queries', 'concept'],
  queries: ['tables', 'concept'],
  tables: ['concept'],
  types: ['concept'],
  concept: ['concept'],
};
const FREE_ROLES = ['subgraph', 'datasets', 'migrations']; // they put the others together

const PURE_PACKAGES = ['graphql'];
const OURS = /^(\.{0,2}\/|#|cakupan\b|@cakupan\/)/;

/** One line for each import that goes against the arrows of the architecture; none when all is well. */
export function wrongImports(modules: readonly Module[]): string[] {
  const isPure = purity(modules);
  return modules.flatMap(({ path, imports, typeImports = [] }) =>
    imports.filter(isOurs).flatMap((specifier) => {
      const target = resolve(path, specifier);
      const rule = brokenRule(path, target, typeImports.includes(specifier) ? null : isPure);
      return rule === null ? [] : [`${path} imports ${target}: ${rule}`];
    }),
  );
}

/** `isPure` is null for an import of types only, whose role is free. */
function brokenRule(path: string, target: string, isPure: ((path: string) => boolean) | null): string | null {
  const from = partOf(path);
  const to = partOf(target);
  if (from === null) return `${path} is in no part of the layout`;
  if (from === 'test') return null;
  if (isTest(path) && to === 'test') return null;
  if (to === null) return 'it is in no part of the layout';
  if (from === DRAWS_CARDS && target === CARD_VIEW) return null;
  if (from === to && folderOf(path) !== folderOf(target)) return 'a subgraph knows no other subgraph';
  if (from !== to && !PARTS[from]?.includes(to)) return `${from} may import ${list([from, ...(PARTS[from] ?? [])])}`;
  return from === 'subgraph' && !isTest(path) && isPure !== null ? brokenRole(path, target, isPure) : null;
}

function brokenRole(path: string, target: string, isPure: (path: string) => boolean): string | null {
  const from = roleOf(path);
  if (FREE_ROLES.includes(from)) return null;
  if (partOf(target) !== 'kit') {
    const allowed = ROLES[from] ?? [];
    return allowed.includes(roleOf(target)) ? null : `in a subgraph, ${from} may import ${list(allowed)}`;
  }
  return from === 'concept' && !isPure(target) ? 'a concept is pure arithmetic, and this reaches outside' : null;
}

/** Tells of a path whether its module, and all of ours that it imports, use no package and nothing of Node. */
function purity(modules: readonly Module[]): (path: string) => boolean {
  const byPath = new Map(modules.map((module) => [module.path, module]));
  const isPure = (path: string, above: readonly string[] = []): boolean =>
    above.includes(path) ||
    runtimeImports(byPath.get(path)).every((specifier) =>
      isOurs(specifier) ? isPure(resolve(path, specifier), [...above, path]) : PURE_PACKAGES.includes(specifier),
    );
  return (path) => isPure(path);
}

function runtimeImports(module: Module | undefined): string[] {
  return (module?.imports ?? []).filter((specifier) => !module?.typeImports?.includes(specifier));
}

function isOurs(specifier: string): boolean {
  return OURS.test(specifier);
}

/** The path that a specifier of ours means, with the extension of the source. */
function resolve(path: string, specifier: string): string {
  if (specifier === CARD_VIEW) return CARD_VIEW;
  if (specifier.startsWith('@cakupan/')) return 'widget';
  return posix.join(posix.dirname(path), specifier).replace(/\.js$/, '.ts');
}

function partOf(path: string): string | null {
  const [top, folder, ...rest] = path.split('/');
  if (path === CARD_VIEW) return 'widget';
  if (top === 'test' || top === 'widget') return top;
  if (top !== 'services' || folder === undefined) return null;
  if (folder === 'subgraphs') return 'subgraph';
  if (rest.length === 0) return 'main';
  return folder in PARTS ? folder : null;
}

/** The folder of a subgraph for its files; the same for all files of any other part. */
function folderOf(path: string): string {
  return partOf(path) === 'subgraph' ? (path.split('/')[2] ?? '') : '';
}

/** By the name of the file, or its last word: `coverage-queries.ts` has the role of `queries.ts`. */
function roleOf(path: string): string {
  const name = path.split('/')[3]?.replace(/\.ts$/, '').replace(/^.*-/, '') ?? '';
  return name in ROLES || FREE_ROLES.includes(name) ? name : 'concept';
}

function isTest(path: string): boolean {
  return path.endsWith('.test.ts');
}

function list(words: readonly string[]): string {
  return words.length === 0 ? 'nothing' : words.join(', ');
}
