import { describe, expect, test } from '@jest/globals';
import { wrongImports } from './support/arrows.js';
import { listPaths, readSources } from './support/sources.js';
import { importsOf, typeImportsOf } from './support/syntax.js';

const paths = ['services', 'widget', 'test'].flatMap(listPaths).filter((path) => path.endsWith('.ts'));
const modules = readSources(paths).map(({ path, text }) => ({
  path,
  imports: importsOf(text),
  typeImports: typeImportsOf(text),
}));

test('every import of the repository follows the arrows', () => {
  expect(modules.length).toBeGreaterThan(5);
  expect(wrongImports(modules)).toEqual([]);
});

describe('the arrows', () => {
  const allowed: [string, string][] = [
    ['services/kit/release.ts', './period.js'],
    ['services/kit/release.ts', 'typeorm'],
    ['services/gateway/main.ts', '../kit/log.js'],
    ['services/gateway/embeds/card-svg.ts', '@cakupan/coverage-widget/card-view'],
    ['services/cli/data.ts', '../main.js'],
    ['services/main.ts', './subgraphs/regions/subgraph.js'],
    ['services/subgraphs/regions/resolvers.ts', './types.js'],
    ['services/subgraphs/regions/resolvers.ts', './search.js'],
    ['services/subgraphs/regions/context.ts', '../../kit/batch.js'],
    ['services/subgraphs/regions/region-queries.ts', './tables.js'],
    ['services/subgraphs/regions/region-queries.ts', '../../kit/database.js'],
    ['services/subgraphs/regions/subgraph.ts', './resolvers.js'],
    ['services/subgraphs/regions/migrations/0001-region.ts', '../tables.js'],
    ['services/subgraphs/regions/queries.test.ts', '../../../test/support/databases.js'],
    ['services/kit/release.test.ts', './release.js'],
    ['widget/coverage-widget.ts', './words.js'],
    ['test/embed/widget.test.ts', '../../services/main.js'],
  ];
  test.each(allowed)('let %s import %s', (path, specifier) => {
    expect(wrongImports([{ path, imports: [specifier] }])).toEqual([]);
  });

  const forbidden: [string, string][] = [
    ['services/kit/host.ts', '../subgraphs/regions/types.js'],
    ['services/kit/host.ts', '../gateway/config.js'],
    ['services/kit/host.ts', '../main.js'],
    ['services/subgraphs/regions/types.ts', '../participants/types.js'],
    ['services/subgraphs/regions/subgraph.ts', '../../gateway/config.js'],
    ['services/gateway/supergraph.ts', '../subgraphs/regions/types.js'],
    ['services/gateway/supergraph.ts', '../registry/seal.js'],
    ['services/registry/seal.ts', '../gateway/config.js'],
    ['services/cli/data.ts', '../subgraphs/regions/datasets.js'],
    ['services/gateway/pages.ts', '../../widget/words.js'],
    ['services/gateway/pages.ts', '@cakupan/coverage-widget'],
    ['services/gateway/pages.ts', '@cakupan/coverage-widget/card-view.js'],
    ['services/gateway/pages.ts', '@cakupan/coverage-widget/words'],
    ['services/kit/host.ts', '@cakupan/coverage-widget/card-view'],
    ['services/subgraphs/regions/resolvers.ts', '@cakupan/coverage-widget/card-view'],
    ['services/gateway/pages.ts', '../../test/support/chromium.js'],
    ['services/gateway/pages.ts', '../elsewhere/thing.js'],
    ['services/elsewhere/thing.ts', '../kit/log.js'],
    ['widget/words.ts', '../services/kit/period.js'],
    ['services/subgraphs/regions/resolvers.ts', './queries.js'],
    ['services/subgraphs/regions/resolvers.ts', './tables.js'],
    ['services/subgraphs/regions/context.ts', './tables.js'],
    ['services/subgraphs/regions/queries.ts', './types.js'],
    ['services/subgraphs/regions/search.ts', './queries.js'],
    ['services/subgraphs/regions/search.ts', './region-queries.js'],
    ['services/subgraphs/regions/region-queries.ts', './types.js'],
    ['services/subgraphs/regions/resolvers.test.ts', '../../gateway/config.js'],
  ];
  test.each(forbidden)('do not let %s import %s', (path, specifier) => {
    expect(wrongImports([{ path, imports: [specifier] }])).toHaveLength(1);
  });

  test('let a concept import what is pure in the kit, and no more', () => {
    const kit = [
      { path: 'services/kit/period.ts', imports: ['./errors.js'] },
      { path: 'services/kit/errors.ts', imports: ['graphql'] },
      { path: 'services/kit/release.ts', imports: ['./period.js', './database.js'] },
      { path: 'services/kit/database.ts', imports: ['typeorm'] },
    ];
    const concept = { path: 'services/subgraphs/x/share.ts', imports: ['../../kit/period.js', '../../kit/release.js'] };
    expect(wrongImports([...kit, concept])).toEqual([expect.stringContaining('services/kit/release.ts')]);
  });
});

test('imports are found in every form, and not in comments or texts', () => {
  const text = `
    import type { A } from './a.js';
    import b, { c } from 'b';
    import './side.js';
    export * from './all.js';
    export { d } from './d.js';
    export const e = 1;
    const f = await import('./dynamic.js');
    type G = import('./type.js').G;
    // import './comment.js';
    const h = "import './text.js'";
    const i = await import(h);
    @Decorated() class J { @Field(() => Int) k!: number; }
  `;
  expect(importsOf(text)).toEqual(['./a.js', 'b', './side.js', './all.js', './d.js', './dynamic.js', './type.js']);
});
