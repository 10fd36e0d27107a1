import { describe, expect, test } from '@jest/globals';
import { CoverageWidget } from '../../widget/coverage-widget.js';
import { readText } from '../support/sources.js';

interface Named {
  readonly name: string;
  readonly description?: string;
  readonly type?: { readonly text: string };
}

/** What custom-elements.json says of the tag. */
interface Declaration {
  readonly tagName: string;
  readonly attributes: readonly (Named & { readonly fieldName?: string })[];
  readonly members: readonly (Named & { readonly attribute?: string; readonly static?: boolean })[];
  readonly events: readonly Named[];
  readonly slots: readonly Named[];
  readonly cssParts: readonly Named[];
  readonly cssProperties: readonly Named[];
}

const contract = readText('docs/contracts/0001-tag.md');
const modules = JSON.parse(readText('widget/dist/custom-elements.json')).modules;
const tag: Declaration = modules[0].declarations[0];

/** What stands in ticks in a piece of the contract. */
const ticked = (text: string | undefined) => [...`${text}`.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word);
const section = (title: string) => contract.split(/^## /m).find((each) => each.startsWith(title)) ?? '';
/** The first cells of the table in a section. */
const cells = (title: string) =>
  [...section(title).matchAll(/^\| (`.*?) \|/gm)].map(([, cell]) => ticked(cell) as [string, string?]);
const sorted = (words: readonly string[]) => [...words].sort();
const named = (things: readonly Named[]) => sorted(things.map(({ name }) => name));
const camel = (name: string) => name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());

describe('custom-elements.json', () => {
  test('lists the attributes of the contract, each with its property', () => {
    const promised = cells('Attributes').map(([name]) => [name, name === 'lang' ? undefined : camel(name)]); // `lang` is every element's
    expect(tag.attributes.map(({ name, fieldName }) => [name, fieldName]).sort()).toEqual(promised.sort());
    expect(
      cells('Attributes').flatMap(([name, property]) => (property && property !== camel(name) ? [name] : [])),
    ).toEqual([]);
  });

  test('lists the attributes that the class looks at', () => {
    expect(named(tag.attributes)).toEqual(sorted(CoverageWidget.observedAttributes));
  });

  test('lists no members but the properties of attributes, and the API of all tags', () => {
    const own = tag.members.filter(({ attribute }) => !attribute);
    expect(own.map(({ name, static: isStatic }) => [name, isStatic])).toEqual([['api', true]]);
    expect(sorted(tag.members.flatMap(({ attribute }) => attribute ?? []))).toEqual(
      named(tag.attributes.filter(({ name }) => name !== 'lang')),
    );
  });

  test('lists the events of the contract', () => {
    expect(tag.events.map(({ name, type }) => [name, type?.text])).toEqual([
      ['coverage-ready', 'CustomEvent<Answer>'],
      ['coverage-stale', 'CustomEvent<Answer>'],
      ['coverage-error', 'CustomEvent<Refusal>'],
    ]);
    expect(named(tag.events)).toEqual(sorted(cells('Events').map(([name]) => name)));
  });

  test('lists the custom properties, the parts and the slot of the contract', () => {
    const [, properties, parts] =
      /Custom properties: ([\s\S]*?)\nParts, for `::part\(\)`: ([\s\S]*?)\. Their presence/.exec(contract) ?? [];
    expect(named(tag.cssProperties)).toEqual(sorted(ticked(properties)));
    expect(named(tag.cssParts)).toEqual(sorted(ticked(parts)));
    expect(named(tag.slots)).toEqual(['']);
  });

  test('says of everything what it is', () => {
    const all = [tag.attributes, tag.members, tag.events, tag.slots, tag.cssParts, tag.cssProperties].flat();
    expect(all.filter(({ description }) => !description)).toEqual([]);
  });

  test('names the tag, and the modules that give its class and define it', () => {
    expect(tag.tagName).toBe('coverage-widget');
    expect(modules.map(({ path, exports }: { path: string; exports: object[] }) => [path, exports])).toEqual([
      ['dist/package/coverage-widget.js', [exported('js', 'CoverageWidget')]],
      [
        'dist/package/define.js',
        [exported('custom-element-definition', 'coverage-widget'), exported('js', 'CoverageWidget')],
      ],
    ]);
  });
});

function exported(kind: string, name: string) {
  return { kind, name, declaration: { name: 'CoverageWidget', module: 'dist/package/coverage-widget.js' } };
}
