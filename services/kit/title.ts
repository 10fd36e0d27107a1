import type { Column, Dataset } from './dataset.js';

/** The column that a title seems to mean, however it is spelt; null when none does. */
export function namedColumn({ columns }: Dataset, title: string): string | null {
  const text = fold(title);
  if (text === '') return null;
  const exact = columns.find(({ name }) => fold(name) === text);
  if (exact) return exact.name;
  const alias = ALIASES.find(([pattern]) => pattern.test(text));
  const meant = alias && columns.find((column) => alias[1](column));
  if (meant) return meant.name;
  const near = columns.filter(({ name }) => text.length > 4 && distance(fold(name), text) <= 1);
  return near.length === 1 ? (near[0]?.name ?? null) : null;
}

/** Letters and digits only, small, without accents, full widths and what is not seen. */
function fold(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
}

const isNamed =
  (...names: readonly string[]) =>
  ({ name }: Column) =>
    names.includes(name);

/** Titles that offices write, and the column they mean; tried in order. */
const ALIASES: readonly (readonly [RegExp, (column: Column) => boolean])[] = [
  [
    /^(kode|nama|nm|kd)?(kabupatenatau|kabupaten|kab)(kota)?$|^(kode|nama|kd)?(kota|wilayah|daerah|kemendagri|provinsi|prov|kecamatan)$|^region$|^kode$/,
    ({ kind }) => kind === 'region',
  ],
  [/^(tanggal|tgl|bulan|bln|tahun|thn|periode|perbulan|pertanggal|month|year|period)$/, ({ kind }) => kind === 'date'],
  [/^segmen(tasi|kepesertaan)?$|^jeniskepesertaan$/, isNamed('segment')],
  [/^(jenis|nama)?(program|programme|jaminan)$/, isNamed('program')],
  [/^status(peserta|kepesertaan)?$/, isNamed('status')],
  [/^kategori$/, isNamed('category')],
  [/^(jumlah|jml)?kasus$/, isNamed('cases')],
  [/^(jumlah|jml)?pembayaran$/, isNamed('payments')],
  [/^(jumlah|jml)?penerimamanfaat$/, isNamed('beneficiaries')],
  [/^(jumlah|jml)?penerima$/, isNamed('recipients')],
  [/^(nominal|rupiah|jumlahrupiah|jumlahrp|jumlahuang|nilairp|rp|amount)$/, isNamed('amount_rupiah')],
  [/^(persen|persentase|prosentase|cakupan|coverage|percentage)$/, isNamed('percent')],
  [/^pembilang$/, isNamed('numerator')],
  [/^penyebut$/, isNamed('denominator')],
  [
    /^(jumlah|jml|nilai|angka|total|banyaknya)(peserta|pesertaaktif|pekerja|tenagakerja|tk|orang|jiwa)?$|^peserta(aktif)?$|^values$|^count$/,
    isNamed('value', 'persons'),
  ],
  [/^indikator$|^indicator$/, isNamed('indicator_id')],
  [/^(sumber|sumberdata|source|idsumber)$/, isNamed('source_id')],
  [/^(keterangan|ket|catatan|notes|remarks)$/, isNamed('note')],
];

/** How many letters differ (one more, one less, one other), counted up to two. */
function distance(left: string, right: string): number {
  if (Math.abs(left.length - right.length) > 1) return 2;
  let start = 0;
  while (start < left.length && left[start] === right[start]) start += 1;
  let end = 0;
  while (end < Math.min(left.length, right.length) - start && left.at(-1 - end) === right.at(-1 - end)) end += 1;
  return Math.max(left.length, right.length) - start - end;
}
