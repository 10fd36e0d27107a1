// Checks the committed data files, and with a facts file that every fact is where where.csv says, digit by digit:
//   node test/facts/check.mjs [facts.csv]
// Prints one line per problem and exits with 1; exits with 0 and a count when there is none.
// The amounts that must appear nowhere are read from the facts file: written here, they would be in the repository.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import {
  BENEFITS,
  DATASETS,
  INDICATOR_COLUMNS,
  NOT_SERVED_COLUMNS,
  PARTICIPANTS,
  REGION_COLUMNS,
  REGIONS,
  SOURCE_COLUMNS,
  WHERE_COLUMNS,
} from './layout.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Where amounts of one person are looked for: everything of ours, not only the data. */
const OWN_FOLDERS = ['services', 'schema', 'docs', 'widget', 'test'];

/** Facts about one person, and what rounds them: neither their amounts nor the address that prints one may be stored. */
const ONE_PERSON = ['F006', 'F015', 'F016', 'F017', 'F018', 'F019', 'F020'];

/** Kinds of facts that are never served. */
const NEVER_SERVED = ['inconsistent', 'ambiguous'];

const problems = [];
const report = (where, what) => problems.push(`${where}: ${what}`);

/** A field of a canonical file: quoted when it must be and never else. */
const field = (text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** The rows of one CSV file as plain objects; its form and every cell are checked on the way. */
function readTable(file, spec) {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const [header, ...records] = parse(text, { record_delimiter: '\n' });
  const names = Object.keys(spec);
  if (header.join() !== names.join()) report(file, `the header is "${header}", expected "${names}"`);
  const canonical = [header, ...records].map((record) => `${record.map(field).join(',')}\n`).join('');
  if (canonical !== text) report(file, 'not UTF-8 with LF, commas and quotes only where needed');
  const rows = records.map((record) => Object.fromEntries(names.map((name, i) => [name, record[i] ?? ''])));
  for (const [i, row] of rows.entries()) checkCells(`${file}:${i + 2}`, row, spec);
  return rows;
}

function checkCells(place, row, spec) {
  for (const [name, pattern] of Object.entries(spec)) {
    if (!pattern.test(row[name])) report(place, `${name} is "${row[name]}"`);
    if (row[name] !== row[name].trim()) report(place, `${name} has a space at its edge`);
  }
}

const keyOf = (row, names) => names.map((name) => row[name]).join(' | ');

/** Keys are unique; only a later row that adds a source to the same figure may repeat one. */
function checkKeys(name, rows) {
  const seen = new Map();
  for (const row of rows) {
    const key = keyOf(row, DATASETS[name].key);
    const before = seen.get(key);
    if (before && !row.source_id.startsWith(`${before.source_id} `)) report(name, `key twice: ${key}`);
    seen.set(key, row);
  }
}

function checkReferences(tables, sources, codes, indicators) {
  for (const [name, rows] of Object.entries(tables)) {
    const ids = sources[DATASETS[name].folder];
    for (const row of rows) {
      const place = `${name} ${keyOf(row, DATASETS[name].key)}`;
      for (const id of row.source_id.split(' ')) if (!ids.has(id)) report(place, `no source "${id}"`);
      if ('region_code' in row && !codes.has(row.region_code)) report(place, `no region "${row.region_code}"`);
      if ('indicator_id' in row && !indicators.has(row.indicator_id))
        report(place, `no indicator "${row.indicator_id}"`);
    }
  }
}

/** Every source is used by its subgraph, and reads the same in both. */
function checkSources(tables, sources) {
  for (const [folder, ids] of Object.entries(sources)) {
    const rows = Object.entries(tables).flatMap(([name, rows]) => (DATASETS[name].folder === folder ? rows : []));
    const used = new Set(rows.flatMap((row) => row.source_id.split(' ')));
    for (const id of ids.keys()) if (!used.has(id)) report(`${folder}/source.csv`, `"${id}" is not used`);
    for (const [id, row] of ids) {
      const other = sources[PARTICIPANTS].get(id) ?? row;
      if (keyOf(other, Object.keys(row)) !== keyOf(row, Object.keys(row))) report('source.csv', `"${id}" differs`);
    }
  }
}

function checkRegions(rows) {
  const codes = new Set(rows.map((row) => row.code));
  if (codes.size !== rows.length) report('region.csv', 'a code stands twice');
  const sorted = rows.map((row) => row.code).sort();
  if (sorted.join() !== rows.map((row) => row.code).join()) report('region.csv', 'not sorted by code');
  for (const row of rows) {
    if (row.code !== '00' && !codes.has(row.parent_code))
      report(`region.csv ${row.code}`, `no parent "${row.parent_code}"`);
  }
}

function checkIndicators(rows) {
  for (const row of rows) {
    const group = row.id === 'unstated' ? '' : row.id;
    if (row.comparability_group !== group) report(`indicator ${row.id}`, `group is "${row.comparability_group}"`);
    if (Math.max(row.short_id.length, row.short_en.length) > 24)
      report(`indicator ${row.id}`, 'short name over 24 letters');
  }
}

/** A detail such as "PU/JHT/ACTIVE" or "ucj numerator" as wanted cells and the column that holds the number. */
function readDetail(detail, { path, value }) {
  const [parts, column = value] = detail.split(' ');
  const given = parts.split('/');
  const wanted = Object.entries(path).map(([name, fallback], i) => [name, given[i] ?? fallback]);
  return { wanted, column };
}

/** The rows that a line of where.csv means; more than one only when a later row adds a source. */
function findRows(line, rows) {
  const dataset = DATASETS[line.dataset];
  const { wanted } = readDetail(line.detail, dataset);
  return rows.filter(
    (row) =>
      (row.region_code ?? '00') === line.region_code &&
      dataset.when(row) === line.date &&
      wanted.every(([name, text]) => row[name] === text),
  );
}

/** Last day of a span of whole months, e.g. 6 months from 2025-08-01 end on 2026-01-31. */
function lastDay(start, months) {
  const [year, month, day] = start.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1 + Number(months), day - 1)).toISOString().slice(0, 10);
}

/** What the column must hold: the number of the fact, one half of "0.21+0.03", or the day a duration leads to. */
function expected(fact, row, column) {
  if (column === 'subsidy_end') return lastDay(fact.period, fact.value);
  const [jkk, jkm = jkk] = fact.value.split('+');
  return Number(row.program === 'JKM' ? jkm : jkk);
}

/** Last day of a year or month: "2024-10" ends on 2024-10-31. */
const endOf = (period) => (period.length === 4 ? `${period}-12-31` : lastDay(`${period}-01`, 1));

/** Is the date of the row that of the fact? Flows give a first and a last month, rules a first day and maybe a last. */
function sameDate(name, row, fact) {
  const [from, to = ''] = fact.period.split('/');
  if (name === 'benefit_rule') return row.valid_from === from && row.valid_to === to.replace('..', '');
  if (name !== 'disbursement') return DATASETS[name].when(row) === fact.period;
  return row.period_start === `${from}-01-01`.slice(0, 10) && row.period_end === endOf(to || from);
}

/** Is the publication that the fact names among those of the row? Facts about one person give no address. */
function sameSource(row, fact, ids) {
  return row.source_id.split(' ').some((id) => {
    const source = ids.get(id);
    if (source === undefined) return false; // told by checkReferences
    const says = fact.publisher.split('; ').includes(source.publisher) && source.evidence === fact.evidence;
    return says && source.url === fact.source_url && source.published_on === fact.published;
  });
}

/** Rounded facts say to what, exact ones are exact to the last printed digit, vague ones carry a word for it. */
function checkPrecision(place, row, fact) {
  const step = Number(row.rounded_to);
  const value = Number(fact.value);
  if (step === 0 || Math.abs(value / step - Math.round(value / step)) > 1e-6)
    report(place, `${value} is no multiple of ${step}`);
  if (fact.value_kind === 'rounded' && step <= 1) report(place, 'rounded, but rounded_to does not say to what');
  if (fact.value_kind === 'exact' && step > 1) report(place, 'exact, but rounded_to says otherwise');
  if (['approximate', 'lower_bound'].includes(fact.value_kind) !== (row.qualifier !== '')) report(place, 'qualifier');
}

/** One served fact against the row that where.csv names. Returns the cells it accounts for. */
function checkServed(line, fact, tables, sources) {
  const place = `${line.fact_id} in ${line.dataset}`;
  const dataset = DATASETS[line.dataset];
  const found = findRows(line, tables[line.dataset]);
  const rows = found.length > 1 ? found.filter((row) => ownRow(row, fact, dataset, sources)) : found;
  if (rows.length !== 1) report(place, `${rows.length} rows match "${line.region_code} ${line.date} ${line.detail}"`);
  const [row] = rows;
  if (row === undefined) return [];
  const { column } = readDetail(line.detail, dataset);
  if (!sameSource(row, fact, sources[dataset.folder])) report(place, `source "${row.source_id}" is not the fact's`);
  if (fact.region_code !== line.region_code) report(place, `region ${line.region_code}, fact ${fact.region_code}`);
  if (NEVER_SERVED.includes(fact.value_kind) || fact.topic === 'bad-input')
    report(place, `${fact.value_kind} is served`);
  if (column === null) return [];
  const want = expected(fact, row, column);
  if ((column === 'subsidy_end' ? row[column] : Number(row[column] || 'blank')) !== want)
    report(place, `${row[column]}, fact ${want}`);
  if (isMain(column)) checkMain(place, line.dataset, row, fact, column);
  return [`${line.dataset} ${tables[line.dataset].indexOf(row)} ${column}`];
}

/** Numerators, denominators and ends of subsidy stand beside the figure that the row is about. */
const isMain = (column) => !['numerator', 'denominator', 'subsidy_end'].includes(column);

function checkMain(place, name, row, fact, column) {
  if (!sameDate(name, row, fact)) report(place, `date ${DATASETS[name].when(row)}, fact ${fact.period}`);
  if (row.as_printed !== fact.as_printed) report(place, `as_printed "${row.as_printed}", fact "${fact.as_printed}"`);
  const precise = name !== 'benefit_rule' && (name !== 'disbursement' || column === 'amount_rupiah');
  if (precise) checkPrecision(place, row, fact);
}

/** Of rows that share a key, the one whose newest source is the fact's. */
const ownRow = (row, fact, { folder }, sources) =>
  sameSource({ source_id: row.source_id.split(' ').at(-1) }, fact, sources[folder]);

/** Every number in the files comes from a fact: nothing is invented. */
function checkNothingElse(tables, claimed) {
  for (const [name, rows] of Object.entries(tables)) {
    for (const [i, row] of rows.entries()) {
      const cells = DATASETS[name].numbers.filter((column) => row[column] !== '');
      for (const column of cells) {
        if (!claimed.has(`${name} ${i} ${column}`))
          report(`${name} row ${i + 2}`, `${column} ${row[column]} is in no fact`);
      }
      if (name === 'disbursement' && (row.obs_status === 'Q') !== (cells.length === 0))
        report(`${name} row ${i + 2}`, 'a row without numbers is withheld (Q), and no other is');
    }
  }
}

/** A fact that is not served has a reason, the same one in where.csv and beside the data, in one file. */
function checkNotServed(where, lists) {
  const blank = where.filter((line) => line.dataset === '');
  const told = blank.map((line) => keyOf(line, ['fact_id', 'region_code', 'reason'])).sort();
  const listed = lists.map((line) => keyOf(line, ['fact_id', 'region_code', 'reason'])).sort();
  if (told.join('\n') !== listed.join('\n'))
    report('not-served.csv', 'differs from the lines of where.csv without a dataset');
  const served = new Set(where.filter((line) => line.dataset !== '').map((line) => line.fact_id));
  for (const line of blank) {
    if (line.reason === '' || served.has(line.fact_id))
      report(`where.csv ${line.fact_id}`, 'needs a reason and no dataset');
  }
}

function checkFacts(facts, where, lists, tables, sources) {
  const byId = new Map(facts.map((fact) => [fact.id, fact]));
  for (const id of byId.keys()) if (!where.some((line) => line.fact_id === id)) report('where.csv', `${id} is missing`);
  for (const line of lists)
    if (byId.get(line.fact_id)?.topic !== line.topic) report(`not-served ${line.fact_id}`, 'topic');
  const claimed = where.flatMap((line) => {
    const fact = byId.get(line.fact_id);
    if (!fact) report('where.csv', `${line.fact_id} is no fact`);
    return fact && line.dataset !== '' ? checkServed(line, fact, tables, sources) : [];
  });
  checkNothingElse(tables, new Set(claimed));
  for (const id of ONE_PERSON) if (where.some((l) => l.fact_id === id && l.dataset !== '')) report(id, 'is served');
}

/** All ways to write an amount that we can think of: plain, grouped, in millions with or without decimals. */
function forbiddenPattern(amount) {
  const groups = Number(amount).toLocaleString('en-US').split(',').join("[.,_'\\s\\u00a0\\u202f]?");
  const millions = [...new Set([Math.floor(amount / 1e6), Math.round(amount / 1e6)])].join('|');
  return new RegExp(`(?<!\\d)(${groups}|(${millions})([.,]\\d+)?[\\s_-]*(juta|jt|million|mio))(?!\\d)`, 'i');
}

function filesUnder(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (['node_modules', 'dist', '.data'].includes(entry.name)) return [];
    return entry.isDirectory() ? filesUnder(join(folder, entry.name)) : [join(folder, entry.name)];
  });
}

/** No amount of one person in any committed file of ours, nor the address that prints it. */
function checkForbidden(facts) {
  const personal = facts.filter((fact) => ONE_PERSON.includes(fact.id));
  const patterns = personal.filter((fact) => fact.unit === 'IDR').map((fact) => forbiddenPattern(Number(fact.value)));
  const addresses = personal.map((fact) => fact.source_url).filter((url) => url !== '');
  const folders = OWN_FOLDERS.map((name) => join(ROOT, name)).filter(existsSync);
  for (const file of folders.flatMap(filesUnder)) {
    const text = readFileSync(file, 'utf8');
    const found = patterns.some((pattern) => pattern.test(text)) || addresses.some((url) => text.includes(url));
    if (found) report(relative(ROOT, file), 'holds an amount about one person');
  }
}

const byId = (rows) => new Map(rows.map((row) => [row.id, row]));

const tables = Object.fromEntries(
  Object.entries(DATASETS).map(([name, { folder, columns }]) => [name, readTable(`${folder}/${name}.csv`, columns)]),
);
const sources = Object.fromEntries(
  [PARTICIPANTS, BENEFITS].map((folder) => [folder, byId(readTable(`${folder}/source.csv`, SOURCE_COLUMNS))]),
);
const regions = readTable(`${REGIONS}/region.csv`, REGION_COLUMNS);
const indicators = readTable(`${PARTICIPANTS}/indicator.csv`, INDICATOR_COLUMNS);
const where = readTable('test/facts/where.csv', WHERE_COLUMNS);
const lists = [REGIONS, PARTICIPANTS, BENEFITS].flatMap((folder) =>
  readTable(`${folder}/not-served.csv`, NOT_SERVED_COLUMNS),
);
const codes = new Set(regions.map((row) => row.code));

checkRegions(regions);
checkIndicators(indicators);
for (const [name, rows] of Object.entries(tables)) checkKeys(name, rows);
checkReferences(tables, sources, codes, byId(indicators));
checkSources(tables, sources);
checkNotServed(where, lists);
for (const line of where)
  if (!codes.has(line.region_code)) report(`where.csv ${line.fact_id}`, `no region "${line.region_code}"`);

const factsFile = process.argv[2];
const facts = factsFile ? parse(readFileSync(factsFile, 'utf8'), { columns: true }) : [];
if (factsFile) checkFacts(facts, where, lists, tables, sources);
if (factsFile) checkForbidden(facts);

for (const problem of problems) console.error(problem);
const rowCount = Object.values(tables).flat().length;
const compared = factsFile
  ? `${facts.length} facts compared`
  : 'no facts file given: digits and withheld amounts not compared';
console.log(
  `${rowCount} rows in ${Object.keys(tables).length} datasets, ${regions.length} regions, ${compared}, ${problems.length} problems`,
);
process.exitCode = problems.length > 0 ? 1 : 0;
