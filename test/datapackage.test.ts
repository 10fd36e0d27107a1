import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { catalogOf } from '../services/gateway/catalog.js';
import { csvColumns } from '../services/kit/csv-line.js';
import { type DataPackage, type Field, packageOf, type Resource } from '../services/kit/datapackage.js';
import { type Dataset, periodColumns, storedKey } from '../services/kit/dataset.js';
import { factsOf } from '../services/kit/dataset-facts.js';
import { dataFolder, discover, subgraphNames } from '../services/kit/discover.js';

const subgraphs = await discover([...(await subgraphNames()), '_example']);
const hosts = subgraphs.flatMap(({ datasets }) => datasets.map((dataset) => ({ dataset, datasets })));
const datasets = hosts.map(({ dataset }) => dataset);

/** What the specification asks of a descriptor, as far as we use it; one line for each thing wrong. */
function faultsOf({ name, resources }: DataPackage): string[] {
  const isName = (text: string) => /^[a-z0-9._-]+$/.test(text);
  const names = resources.map((one) => one.name);
  return [
    ...(isName(name) ? [] : [`name ${name}`]),
    ...(new Set(names).size === names.length ? [] : ['a resource twice']),
    ...resources.flatMap((resource) =>
      faultsOfResource(resource, resources).map((fault) => `${resource.name}: ${fault}`),
    ),
  ];
}

function faultsOfResource({ name, path, schema }: Resource, resources: readonly Resource[]): string[] {
  const fields = schema.fields.map((field) => field.name);
  const keys = [...(schema.primaryKey ?? []), ...(schema.uniqueKeys ?? []).flat()];
  const optional = (schema.primaryKey ?? []).filter(
    (key) => schema.fields.find((field) => field.name === key)?.constraints?.required !== true,
  );
  const dangling = (schema.foreignKeys ?? []).filter(({ fields: field, reference }) => {
    const target = resources.find((one) => one.name === (reference.resource || name));
    return !fields.includes(field) || !target?.schema.fields.some((one) => one.name === reference.fields);
  });
  return [
    ...(/^(?![/.])[^\s]*$/.test(path) && !path.includes('..') ? [] : [`path ${path}`]),
    ...(new Set(fields).size === fields.length ? [] : ['a field twice']),
    ...(keys.length > 0 ? [] : ['no key']),
    ...keys.filter((key) => !fields.includes(key)).map((key) => `key ${key}`),
    ...optional.map((key) => `primary key ${key} may be blank`),
    ...dangling.map(({ fields: field }) => `foreign key ${field}`),
  ];
}

/** What a reader that believes the descriptor would say of a cell; null when it fits. */
function faultOfCell(
  { type, constraints = {}, trueValues = [], falseValues = [] }: Field,
  text: string,
): string | null {
  if (text === '') return constraints.required === true ? 'blank' : null;
  const forms = { string: /^/, integer: /^-?\d+$/, number: /^-?\d+(\.\d+)?$/, boolean: /^/ };
  if (!forms[type].test(text)) return `"${text}" is no ${type}`;
  if (type === 'boolean' && ![...trueValues, ...falseValues].includes(text)) return `"${text}" is no boolean`;
  const { enum: words, pattern, minimum } = constraints;
  if (Array.isArray(words) && !words.includes(text)) return `"${text}" is not in its list`;
  if (typeof pattern === 'string' && !new RegExp(`^(${pattern})$`).test(text))
    return `"${text}" does not fit ${pattern}`;
  return typeof minimum === 'number' && Number(text) < minimum ? `"${text}" is below ${minimum}` : null;
}

describe.each(hosts.map(({ dataset, ...rest }) => [dataset.name, { dataset, ...rest }] as const))(
  'the data package of %s',
  (_name, { dataset, datasets: ofHost }) => {
    const described = packageOf(dataset, ofHost);
    const schema = described.resources[0]?.schema;

    test('has nothing that the specification refuses', () => {
      expect(faultsOf(described)).toEqual([]);
    });

    test('describes every column of the CSV in its order', () => {
      expect(schema?.fields.map(({ name }) => name)).toEqual(csvColumns(dataset));
    });

    test('fits the rows that its team sends', async () => {
      const path = join(dataFolder(dataset.subgraph), dataset.file);
      const rows: Record<string, string>[] = parse(await readFile(path), { columns: true, bom: true });
      const fallbacks = new Map(dataset.columns.map(({ name, fallback = '' }) => [name, fallback]));
      const faults = rows.flatMap((row, index) =>
        (schema?.fields ?? []).flatMap((field) => {
          const fault = faultOfCell(field, row[field.name] || (fallbacks.get(field.name) ?? ''));
          return fault === null ? [] : [`${index + 2} ${field.name}: ${fault}`];
        }),
      );
      expect(faults).toEqual([]);
    });

    test('has a title in both languages', () => {
      expect([dataset.title?.id, dataset.title?.en]).toEqual([
        expect.stringMatching(/\S/),
        expect.stringMatching(/\S/),
      ]);
    });
  },
);

test('a descriptor that is wrong is found out', () => {
  const wrong: Dataset = {
    name: 'Wrong Name',
    subgraph: 'invented',
    file: 'wrong.csv',
    table: 'wrong',
    columns: [
      { name: 'a', kind: 'id' },
      { name: 'a', kind: 'count' },
    ],
    key: ['b'],
    firstLoad: 'REFERENCE',
  };
  expect(faultsOf(packageOf(wrong, [wrong]))).toEqual([
    'name Wrong Name',
    'Wrong Name: path Wrong Name.csv',
    'Wrong Name: a field twice',
    'Wrong Name: key b',
    'Wrong Name: primary key b may be blank',
  ]);
});

test('the schema of a dataset says what its columns hold', () => {
  const find = (name: string) => hosts.find(({ dataset }) => dataset.name === name);
  const { dataset, datasets: ofHost } = find('stated_coverage') ?? { datasets: [] };
  if (!dataset) throw new Error('stated_coverage is not declared');
  const { resources, sources, licenses } = packageOf(dataset, ofHost);
  expect(resources.map(({ name, path }) => [name, path])).toEqual([
    ['stated_coverage', 'stated_coverage.csv'],
    ['participants_source', 'participants_source.csv'],
    ['indicator', 'indicator.csv'],
  ]);
  expect(sources).toEqual([
    { title: 'The publications that each row names in source_id, listed in participants_source.csv' },
  ]);
  expect(licenses).toBeUndefined();
  const { fields = [], ...keys } = resources[0]?.schema ?? {};
  expect(keys).toEqual({
    missingValues: [''],
    uniqueKeys: [['region_code', 'date', 'indicator_id', 'segment', 'category']],
    foreignKeys: [{ fields: 'indicator_id', reference: { resource: 'indicator', fields: 'id' } }],
  });
  const field = (name: string) => fields.find((one) => one.name === name);
  expect(field('percent')).toEqual({ name: 'percent', type: 'number', constraints: { minimum: 0 } });
  expect(field('obs_status')).toMatchObject({
    type: 'string',
    constraints: { required: true, enum: expect.any(Array) },
  });
  expect(field('indicator_id')).toMatchObject({
    description: 'An id of indicator.csv.',
    constraints: { required: true },
  });
});

test('a figure may be blank even where a file must state it: it can be withheld or withdrawn', () => {
  const { dataset, datasets: ofHost } = hosts.find((host) => host.dataset.name === '_example_workshop') ?? {
    datasets: [],
  };
  if (!dataset) throw new Error('_example_workshop is not declared');
  const fields = packageOf(dataset, ofHost).resources[0]?.schema.fields ?? [];
  expect(fields.filter(({ constraints }) => !constraints?.required).map(({ name }) => name)).toEqual(['held', 'note']);
});

test('a release is hashed in the order in which it is downloaded: its periods come first in the stored key', () => {
  const wrong = datasets.filter((dataset) => {
    const periods = periodColumns(dataset).filter((name) => !dataset.series?.includes(name));
    const first = storedKey(dataset).slice(dataset.series ? 1 : 0, periods.length + (dataset.series ? 1 : 0));
    return JSON.stringify(first) !== JSON.stringify(periods);
  });
  expect(wrong.map(({ name }) => name)).toEqual([]);
});

describe('the catalogue', () => {
  const catalog = catalogOf(datasets.map(factsOf));

  test('has every dataset with its title in both languages, its rights and its three distributions', () => {
    const listed = catalog['dcat:dataset'].map((one) => [
      one['dct:identifier'],
      one['dct:title'].map((title) => title['@language']),
      'dct:license' in one || 'dct:rights' in one,
      one['dcat:distribution'].map((part) => part['dcat:downloadURL']['@id']),
    ]);
    expect(listed).toEqual(
      datasets.map(({ name }) => [
        name,
        ['id', 'en'],
        true,
        [`/data/${name}.csv`, `/data/${name}.csv.gz`, `/data/${name}/datapackage.json`],
      ]),
    );
  });

  test('names each thing once', () => {
    const ids = catalog['dcat:dataset'].flatMap((one) => [
      one['@id'],
      ...one['dcat:distribution'].map((part) => part['@id']),
    ]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('gives the licence of the list of regions, which others may not take for ours', () => {
    const region = catalog['dcat:dataset'].find((one) => one['dct:identifier'] === 'region');
    expect(region).toMatchObject({ 'dct:license': { '@id': 'https://opendatacommons.org/licenses/odbl/1-0/' } });
  });
});
