import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Report } from '../services/kit/check.js';
import type { Bilingual, Dataset } from '../services/kit/dataset.js';
import type { Difference } from '../services/kit/difference.js';
import { dataFolder } from '../services/kit/discover.js';
import { exportCsv } from '../services/kit/export.js';
import { loadFirst } from '../services/kit/first-load.js';
import { checkDataset, type DraftFacts, draftFile, type FileFacts, type Trial, tryFile } from '../services/kit/load.js';
import type { Locale } from '../services/kit/locale.js';
import { eachDatabase } from './support/databases.js';
import { publishGiven } from './support/given.js';
import { createWorld, type World } from './support/world.js';

const FOLDER = 'test/bad-input';
const KINDS = 85;
/** Noon in WIB: the files are checked on this day, whenever the test runs. */
const NOW = Date.parse('2026-06-15T05:00:00Z');
/** Regions of no real place, valid for some time only, that stand in the list of regions as well. */
const INVENTED_REGIONS = 'invented-regions.csv';

/** A bad file, how it is sent, and what was published before. */
interface Case {
  /** Its number in the catalogue of bad input. */
  readonly kind: number;
  readonly title: string;
  readonly dataset: string;
  /** The name it is sent under; that of the file when not given. */
  readonly fileName?: string;
  readonly locale?: Locale;
  /** A file that is published before; by the name of its dataset where that is another. */
  readonly given?: string | Readonly<Record<string, string>>;
  readonly options?: { readonly manifest?: string; readonly scope?: string };
}

interface Expected {
  /** The name it is told under; that it was sent under when not given. */
  readonly file?: string;
  readonly errors: number;
  readonly warnings: number;
  /** What it would change, where the case is about that: the file is tried as far as publishing then. */
  readonly difference?: Difference;
  /** What becomes of it when it is published, where the case is about that: the lines of the CSV of its dataset. */
  readonly published?: readonly string[];
  readonly problems: readonly {
    readonly row: number | null;
    readonly column: string | null;
    readonly raw: string | null;
    readonly rule: string;
    readonly severity: 'E' | 'W';
    readonly message: Bilingual;
    readonly suggestion: Bilingual | null;
  }[];
}

const folders = readdirSync(FOLDER).filter((name) => /^\d\d-/.test(name));
const cases = folders.map((name) => ({ name, ...(readJson(name, 'case.json') as Case) })); // the format of these files

eachDatabase('bad input', (makeUrl) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(await makeUrl(), () => NOW);
  }, 60_000);
  afterAll(() => world.close());

  test.each(cases)('$name: $title', async ({ name, ...one }) => {
    const { file, difference, published: _published, ...expected } = expectedOf(name);
    const takeBack = await publishBefore(world, name, one);
    const tried = difference ? await tryCase(world, name, one) : { report: await check(world, name, one) };
    for (const undo of takeBack) await undo();
    const { report, ...more } = tried;
    expect(more).toEqual(difference ? { difference } : {});
    expect({ file: report.file, ...summary(report) }).toEqual({ file: file ?? nameOf(name, one), ...expected });
  });

  test('that tells of a person after thousands of rows is told by the column only, whatever else is wrong', async () => {
    const lines = Array.from({ length: 5000 }, () => '19.03,2024-09,PU,JKK,ACTIVE,5,antara-babel-2024-10-12,');
    const header = 'region_code,date,segment,program,status,value,source_id,note';
    const last = '19.03,2024-09,BPU,JKK,ACTIVE,5,antara-babel-2024-10-12,1999990101990001'; // invented: no such district
    const file = { kind: 80, title: '', dataset: 'participant_count', fileName: 'peserta-2024-10.csv' };
    const report = await check(
      world,
      '',
      file,
      Readable.from([[header, 'Basel,x,,,,,,', ...lines, last, ''].join('\n')]),
    );
    expect([report.counts, report.problems.map(({ column, raw }) => [column, raw])]).toEqual([
      { PERSONAL: 1 },
      [['note', null]],
    ]);
  });

  test('that holds no mistake is published as far as it may be, and makes no release when it is sent again', async () => {
    const clock = { now: NOW };
    const own = await openWorld(await makeUrl(), () => clock.now);
    for (const { name, ...one } of cases.filter((each) => expectedOf(each.name).published)) {
      const dataset = datasetOf(own, name, one.dataset);
      const send = () => draftFile(own.loader, dataset, draftOf(name, one), open(name));
      const { release } = await send();
      const [sealed] = await own.office.publication.approve([release?.id ?? ''], 'tok_2 approver', null);
      clock.now = (sealed?.instant ?? 0) + 1;
      const lines: string[] = [];
      for await (const piece of exportCsv(own.db, dataset, { asOf: clock.now })) lines.push(...piece.split('\n'));
      expect([name, lines.slice(1).filter(Boolean)]).toEqual([name, expectedOf(name).published]);
      expect([name, (await send()).release]).toEqual([name, null]);
    }
    expect(await own.db.query('SELECT row_key FROM withheld_value')).toEqual([]); // a figure about one person is kept nowhere
    await own.close();
  }, 60_000);
});

describe('the catalogue of bad input', () => {
  test('has a file of every kind in the catalogue', () => {
    const shown = new Set(cases.map(({ kind }) => kind));
    const missing = Array.from({ length: KINDS }, (_, index) => index + 1).filter((kind) => !shown.has(kind));
    expect(missing).toEqual([]);
  });

  test('is told by rules that the page for data people explains', () => {
    const page = readFileSync('docs/data-files.md', 'utf8');
    const rules = folders.flatMap((name) => expectedOf(name).problems.map(({ rule }) => rule));
    expect([...new Set(rules)].filter((rule) => !page.includes(`| \`${rule}\` |`))).toEqual([]);
  });

  test('is told without options of a command, since a page and programs show the same words', () => {
    const texts = folders.flatMap((name) =>
      expectedOf(name).problems.flatMap(({ message, suggestion }) => [message, suggestion ?? message]),
    );
    expect(texts.filter(({ id, en }) => /(^| )--\w/.test(`${id} ${en}`))).toEqual([]);
  });

  test('is told in two languages, each with what to do or a message that says it all', () => {
    const untold = folders.flatMap((name) =>
      expectedOf(name)
        .problems.filter(({ message, suggestion }) =>
          [message, suggestion].some((text) => text && (!text.id || !text.en)),
        )
        .map(({ row }) => `${name}:${row}`),
    );
    expect(untold).toEqual([]);
  });
});

/** A world that knows regions, sources and indicators, and no figures. */
async function openWorld(url: string, clock: () => number): Promise<World> {
  const world = await createWorld({ url, clock, load: false });
  for (const { name, datasets } of world.subgraphs)
    for (const dataset of datasets.filter(({ firstLoad }) => firstLoad === 'REFERENCE')) {
      const path = join(dataFolder(name), dataset.file);
      const more = dataset.name === 'region' ? [readFileSync(join(FOLDER, INVENTED_REGIONS))] : [];
      if (existsSync(path))
        await loadFirst(world.loader, dataset, { name: dataset.file }, Readable.from([readFileSync(path), ...more]));
    }
  return world;
}

/** The one place where a file goes through the real check. */
async function check({ loader }: World, name: string, one: Case, input?: Readable): Promise<Report> {
  return checkDataset(loader, datasetOf({ loader }, name, one.dataset), factsOf(name, one), input ?? open(name));
}

/** The same as far as publishing, with what it would change of what is published. */
async function tryCase({ loader }: World, name: string, one: Case): Promise<Trial> {
  const facts = { ...factsOf(name, one), keepsMissing: false };
  return tryFile(loader, datasetOf({ loader }, name, one.dataset), facts, open(name));
}

function open(name: string): Readable {
  return createReadStream(join(FOLDER, name, fileOf(name)));
}

function factsOf(name: string, one: Case): FileFacts {
  const { locale, options = {} } = one;
  return {
    name: nameOf(name, one),
    ...(locale ? { locale } : {}),
    ...(options.scope ? { scope: options.scope } : {}),
    ...(options.manifest ? { descriptor: readFileSync(join(FOLDER, name, options.manifest), 'utf8') } : {}),
  };
}

function draftOf(name: string, one: Case): DraftFacts {
  const none = { reason: null, supersedes: null, acknowledged: [], keepsMissing: false };
  return { ...factsOf(name, one), ...none, kind: 'REGULAR', createdBy: 'tok_1 publisher' };
}

/** Gives what takes each file back that is published for this case only. */
async function publishBefore(
  { loader }: World,
  name: string,
  { dataset, given = {} }: Case,
): Promise<(() => Promise<void>)[]> {
  const files = Object.entries(typeof given === 'string' ? { [dataset]: given } : given);
  const takeBack: (() => Promise<void>)[] = [];
  for (const [wanted, file] of files)
    takeBack.push(await publishGiven(loader, datasetOf({ loader }, name, wanted), join(FOLDER, name, file)));
  return takeBack;
}

function datasetOf({ loader }: Pick<World, 'loader'>, name: string, wanted: string): Dataset {
  const dataset = loader.datasets.find((declared) => declared.name === wanted);
  if (dataset) return dataset;
  throw new Error(`${name} names a dataset that is not there: ${wanted}`);
}

function fileOf(name: string): string {
  return readdirSync(join(FOLDER, name)).find((file) => file.startsWith('file.')) ?? 'file.csv';
}

function nameOf(name: string, { fileName = fileOf(name) }: Case): string {
  return fileName;
}

function summary({ errors, warnings, problems }: Report): Expected {
  return {
    errors,
    warnings,
    problems: problems.map(({ row, column, raw, rule, severity, message, suggestion }) => ({
      row,
      column,
      raw,
      rule,
      severity,
      message,
      suggestion,
    })),
  };
}

function expectedOf(name: string): Expected {
  return readJson(name, 'expected.json') as Expected; // the format of these files
}

function readJson(name: string, file: string): unknown {
  return JSON.parse(readFileSync(join(FOLDER, name, file), 'utf8'));
}
