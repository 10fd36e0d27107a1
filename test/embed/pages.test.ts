import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { buildSchema, parse, validate } from 'graphql';
import { CoverageWidget } from '../../widget/coverage-widget.js';
import { styles } from '../../widget/styles.js';
import { WORDS } from '../../widget/words.js';

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const pages = readdirSync(new URL('services/gateway/pages/', root));
const page = (name: string) => read(`services/gateway/pages/${name}`);

const api = buildSchema(read('schema/api.graphql'));
const mistakesIn = (query: string) => validate(api, parse(query)).map(({ message }) => message);

describe('the pages', () => {
  test.each(pages)('reach no other host: %s', (name) => {
    expect(page(name).match(/(?:src|href|from|import|url)\s*[=(]?\s*["'(]?(?:https?:)?\/\/[^"')]*/g)).toBeNull();
  });

  test.each(pages.filter((name) => name.endsWith('.html')))('hold no script and no style of their own: %s', (name) => {
    expect(page(name)).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=/i);
  });

  test('search with the trusted document', () => {
    expect(page('home.js')).toContain(read('schema/operations/region-search.graphql'));
  });

  test('say each thing in both languages', () => {
    for (const name of ['home.html', 'docs.html', 'data.html']) {
      const count = (lang: string) => page(name).split(`data-lang="${lang}"`).length;
      expect([name, count('en')]).toEqual([name, count('id')]);
    }
  });
});

describe('GraphiQL', () => {
  test('begins with queries that the API understands', async () => {
    const module: { examples: (today: string) => string[]; asOfIn: (query: string) => string | null } = await import(
      `${new URL('services/gateway/pages/examples.js', root)}`
    );
    const examples = module.examples('2026-11-30');
    expect(examples.flatMap(mistakesIn)).toEqual([]);
    expect(examples.map(module.asOfIn)).toEqual([null, null, null, '2026-11-30', null]);
  });
});

test('the operations are understood by the API', () => {
  const operations = readdirSync(new URL('schema/operations/', root));
  expect(operations.flatMap((name) => mistakesIn(read(`schema/operations/${name}`)))).toEqual([]);
});

test('the qualifiers of the API have words', () => {
  const { values = [] } = parse(read('schema/api.graphql')).definitions.find(
    (definition) => definition.kind === 'EnumTypeDefinition' && definition.name.value === 'Qualifier',
  ) as { values?: { name: { value: string } }[] }; // the definition found is of an enum
  expect(values.map(({ name }) => name.value).filter((word) => !Object.hasOwn(WORDS.id, word))).toEqual([]);
});

describe('the promise to partners', () => {
  const contract = read('docs/contracts/0001-tag.md');
  const sources = ['card.ts', 'bar.ts', 'layout.ts', 'news.ts', 'coverage-widget.ts']
    .map((name) => read(`widget/${name}`))
    .join('');
  const all = (text: string, pattern: RegExp) => [...new Set([...text.matchAll(pattern)].map(([, name]) => name))];

  test('names every attribute, and so does the page for them', () => {
    const names = CoverageWidget.observedAttributes;
    expect(names.filter((name) => !contract.includes(`| \`${name}\``))).toEqual([]);
    expect(names.filter((name) => !page('docs.html').includes(`<code>${name}</code>`))).toEqual([]);
  });

  test('names every part and no other', () => {
    const promised = all(/Parts, for[^.]*\./.exec(contract)?.[0] ?? '', /`([a-z]+)`/g);
    expect(all(sources, /part[=:] ?["']([a-z]+)["']/g).sort()).toEqual(promised.sort());
  });

  test('names every custom property, and so does the page for them', () => {
    const used = all(styles, /var\((--cakupan-[a-z-]+)/g).sort();
    expect(all(contract, /`(--cakupan-[a-z-]+)`/g).sort()).toEqual(used);
    expect(all(page('docs.html'), /(--cakupan-[a-z-]+):/g).sort()).toEqual(used);
  });

  test('names every event', () => {
    expect(all(contract, /\| `coverage-([a-z]+)` \|/g).sort()).toEqual(['error', 'ready', 'stale']);
    expect(all(sources, /tell\([^)]*?'([a-z]+)'/g).sort()).toEqual(['error', 'ready', 'stale']);
  });
});
