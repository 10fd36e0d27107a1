import type { World } from '../support/world.js';
import type { Words } from './inputs.js';

/** What arguments of our API are given: what is really published, and what callers get wrong. */
export async function findRealWords({ ask, subgraphs }: World): Promise<Words> {
  const all = await ask('regions', '{ regions(first: 1000) { nodes { code name bpsCode } } }');
  const figures = await ask(
    'participants',
    '{ _entities(representations: [{ __typename: "Region", code: "19" }]) { ... on Region { participants { date category } } } indicators { id } }',
  );
  const regions = listAt(all.data, 'regions', 'nodes');
  const codes = pickEvenly(textsOf(regions, 'code'), 60);
  const counts = listAt(figures.data, '_entities', '0', 'participants');
  const dates = [...new Set(textsOf(counts, 'date')), '2024', '2024-10', '2024-12-31'];
  const indicators = textsOf(listAt(figures.data, 'indicators'), 'id');
  const datasets = subgraphs.flatMap((subgraph) => subgraph.datasets.map(({ name }) => name));
  const words: Readonly<Record<string, readonly (string | number)[]>> = {
    code: [...mostly(codes), ...WRONG_CODES],
    codes: [...mostly(codes), ...WRONG_CODES],
    parent: [...mostly(['00', '19', '19.03']), ...WRONG_CODES],
    after: ['', '', '19', '19', '19.03', '19-03'],
    search: ['bangka', 'KOTA', '19', 'Pangkalpinang', '%', "' OR 1=1", '', ...pickEvenly(textsOf(regions, 'name'), 8)],
    indicator: [...mostly(indicators), 'nothing', ''],
    category: [...new Set(textsOf(counts, 'category')), 'ALL', 'ALL', 'NOBODY'],
    concept: ['EMPLOYED', 'LABOUR_FORCE', 'POPULATION', 'NOTHING'],
    date: [...mostly(dates), ...WRONG_DATES],
    from: [...mostly(dates), ...WRONG_DATES],
    to: [...mostly(dates), ...WRONG_DATES],
    on: [...mostly(dates), ...WRONG_DATES],
    period: ['2024', '2024-Q3', '2024-10', '2024-01/2024-10', '2023', 'Q3', '2024/'],
    dataset: [...mostly(datasets), 'nothing'],
    first: [...mostly([1, 2, 3, 5, 8]), 0, -1, 1001],
  };
  return (argument) => (Object.hasOwn(words, argument) ? words[argument] : undefined);
}

/** So that most of what is drawn is real. */
function mostly(real: readonly (string | number)[]): (string | number)[] {
  const copies = Math.ceil(40 / real.length);
  return Array.from({ length: copies }, () => real).flat();
}

const WRONG_CODES = ['1903', '19.3', '99', '19.99', '', 'Bangka', '19.03.01.0001'];
const WRONG_DATES = ['2024-13', '2024-02-30', 'yesterday', '24', '9999'];

function pickEvenly(list: readonly string[], count: number): string[] {
  const step = Math.max(1, Math.floor(list.length / count));
  return list.filter((_, index) => index % step === 0);
}

type Fields = Readonly<Record<string, unknown>>;

function listAt(data: unknown, ...path: readonly string[]): readonly Fields[] {
  const found = path.reduce<unknown>((value, name) => (value as Fields | null | undefined)?.[name], data);
  if (Array.isArray(found)) return found;
  throw new Error(`there is no list at ${path.join('.')}`);
}

function textsOf(list: readonly Fields[], name: string): string[] {
  return list.flatMap((fields) => (typeof fields[name] === 'string' ? [fields[name]] : []));
}
