// Makes region.csv from idn-area-data and the hand-typed table below; see README.md beside it.
//   node services/subgraphs/regions/data/make-region.mjs [output file]
// The same package version always gives the same bytes: no clock, no locale, no network.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { getDistricts, getProvinces, getRegencies, getVillages } from 'idn-area-data';

const COLUMNS = [
  'code',
  'level',
  'kind',
  'name',
  'aliases',
  'parent_code',
  'bps_code',
  'valid_from',
  'valid_to',
  'successors',
  'decree',
  'tile_column',
  'tile_row',
];

/** The one province whose districts and villages are listed. */
const BABEL = '19';

/** BPS codes (never computed: 19.03 is 1905, 19.05 is 1903) and places in the tile map, as [bps, column, row]. */
const PLACES = new Map([
  ['19', ['19']],
  ['19.01', ['1901', 1, 0]],
  ['19.02', ['1902', 4, 2]],
  ['19.03', ['1905', 2, 3]],
  ['19.04', ['1904', 1, 2]],
  ['19.05', ['1903', 0, 0]],
  ['19.06', ['1906', 5, 2]],
  ['19.71', ['1971', 2, 1]],
]);

/** Names that readers use where the list prints another. */
const NAMES = new Map([
  ['31', 'DKI Jakarta'],
  ['34', 'DI Yogyakarta'],
  ['19.71', 'Kota Pangkalpinang'],
]);

/** Other names and spellings in use; what follows by dropping "Kabupaten" or "Kota" is not repeated here. */
const ALIASES = new Map([
  ['19', ['Babel', 'Bangka Belitung', 'Kep. Bangka Belitung']],
  ['19.01', ['Bangka Induk']],
  ['19.03', ['Basel']],
  ['19.04', ['Bateng']],
  ['19.05', ['Babar']],
  ['19.06', ['Beltim']],
  ['19.71', ['Pangkal Pinang', 'Kota Pangkal Pinang']],
  ['19.02.01', ['Tanjungpandan']],
  ['19.03.03', ['Air Gegas']],
  ['19.04.01.2005', ['Kurau Timur']],
  ['19.04.02', ['Pangkalanbaru']],
  ['19.04.03', ['Sungaiselan']],
  ['19.04.04', ['Simpangkatis']],
  ['19.05.01', ['Muntok']],
  ['19.05.06', ['Parit Tiga']],
  ['19.71.02', ['Tamansari']],
  ['19.71.03', ['Pangkalbalam']],
  ['31', ['DKI', 'DKJ', 'Jakarta', 'Daerah Khusus Jakarta', 'Daerah Khusus Ibukota Jakarta']],
  ['34', ['DIY', 'Daerah Istimewa Yogyakarta']],
]);

const COUNTRY = { code: '00', level: 'COUNTRY', kind: 'NEGARA', name: 'Indonesia', parent_code: '' };

/** Figures of a branch office that no regency can be given: a cell of its own, so that the sum is never silently short. */
const UNALLOCATED = {
  code: '19.00',
  level: 'REGENCY',
  kind: 'UNALLOCATED',
  name: 'Kepulauan Bangka Belitung, tidak teralokasi',
  parent_code: BABEL,
};

/** "KABUPATEN PANGKAJENE DAN KEPULAUAN" as people write it; a name already in mixed case stays as it is. */
function readableName(name) {
  if (name !== name.toUpperCase()) return name;
  const words = name.toLowerCase().split(' ');
  return words.map((word) => (word === 'dan' ? word : word[0].toUpperCase() + word.slice(1))).join(' ');
}

/** "Kota Administrasi Jakarta Pusat" is also asked for as "Jakarta Pusat". */
function withoutAdministrasi(name) {
  const short = name.replace(/^(Kabupaten|Kota) Administrasi /, '');
  return short === name ? [] : [short];
}

/** The digit that opens the village part of a code tells what the village is. */
function villageKind(code) {
  const kind = { 1: 'KELURAHAN', 2: 'DESA', 3: 'DESA_ADAT' }[code.split('.')[3][0]];
  if (kind === undefined) throw new Error(`Village code "${code}" must open its last part with 1, 2 or 3.`);
  return kind;
}

const province = ({ code, name }) => ({ code, level: 'PROVINCE', kind: 'PROVINSI', name, parent_code: '00' });

const regency = ({ code, name, province_code }) => ({
  code,
  level: 'REGENCY',
  kind: name.startsWith('KOTA ') ? 'KOTA' : 'KABUPATEN',
  name,
  parent_code: province_code,
});

const district = ({ code, name, regency_code }) => ({
  code,
  level: 'DISTRICT',
  kind: 'KECAMATAN',
  name,
  parent_code: regency_code,
});

const village = ({ code, name, district_code }) => ({
  code,
  level: 'VILLAGE',
  kind: villageKind(code),
  name,
  parent_code: district_code,
});

/** The row with readable name, aliases, BPS code and tile; columns nobody states stay blank. */
function completed(row) {
  const name = NAMES.get(row.code) ?? readableName(row.name);
  const aliases = [...(ALIASES.get(row.code) ?? []), ...withoutAdministrasi(name)].join('|');
  const [bps_code, tile_column, tile_row] = PLACES.get(row.code) ?? [];
  return { ...row, name, aliases, bps_code, tile_column, tile_row };
}

/** One field, quoted only when it must be. */
function csvField(value = '') {
  const text = String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const csvLine = (row) => COLUMNS.map((column) => csvField(row[column])).join(',');

const inBabel = ({ code }) => code.startsWith(`${BABEL}.`);

/** Order of code points, not of a language. */
const byCode = (a, b) => (a.code < b.code ? -1 : 1);

const rows = [
  COUNTRY,
  UNALLOCATED,
  ...(await getProvinces()).map(province),
  ...(await getRegencies()).map(regency),
  ...(await getDistricts()).filter(inBabel).map(district),
  ...(await getVillages()).filter(inBabel).map(village),
];
const lines = [COLUMNS.join(','), ...rows.map(completed).sort(byCode).map(csvLine)];
writeFileSync(process.argv[2] ?? fileURLToPath(new URL('region.csv', import.meta.url)), `${lines.join('\n')}\n`);
