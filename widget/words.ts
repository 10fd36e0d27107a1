/** Everything the card says, in Indonesian. */
const id = {
  eyebrow: 'Jaminan sosial ketenagakerjaan',
  covered: 'pekerja terlindungi',
  asAt: 'per',
  ABOUT: 'sekitar',
  ALMOST: 'hampir',
  MORE_THAN: 'lebih dari',
  noFigure: 'Belum ada angka yang diterbitkan',
  withheld: 'dirahasiakan (jumlah kecil)',
  withdrawn: 'ditarik',
  unstated: 'Definisi dan penyebut tidak disebutkan oleh sumber',
  noDenominator: 'penyebut tidak disebutkan sumber',
  derived: 'dihitung dari data peserta',
  persons: 'peserta',
  outOf: 'dari',
  sameDefinition: 'definisi sama',
  notComparable: 'tidak sebanding langsung',
  source: 'Sumber:',
  edition: 'Edisi',
  asPublished: 'menurut terbitan s.d.',
  updated: 'diperbarui:',
  target: 'target',
  table: 'Tabel',
  embed: 'Sematkan',
  region: 'Wilayah',
  figure: 'Angka',
  notes: 'Keterangan',
  loading: 'Memuat angka…',
  stale: 'Data terakhir, belum dapat diperbarui',
  unreachable: 'Angka belum dapat dimuat',
  blank: 'Atribut belum diisi:',
  refused: 'Tidak ada angka untuk kode',
  OVER_100: 'Di atas 100%: peserta dihitung di tempat kerja, bukan tempat tinggal',
  STALE_DENOMINATOR: 'Penyebut sudah lama',
  SERIES_BREAK: 'Jeda seri: tidak sebanding dengan angka sebelumnya',
  LOW_RELIABILITY: 'Keandalan rendah',
  INCONSISTENT: 'Angka sumber tidak cocok',
  E: 'Perkiraan, bukan angka resmi',
  P: 'Angka sementara',
} as const;

/** Everything the card says in one language. Capitals are the API's own words: qualifiers, flags, SDMX status. */
export type Words = Readonly<Record<keyof typeof id, string>>;

const en: Words = {
  eyebrow: 'Employment social security',
  covered: 'of workers covered',
  asAt: 'as at',
  ABOUT: 'about',
  ALMOST: 'almost',
  MORE_THAN: 'more than',
  noFigure: 'No figure published yet',
  withheld: 'withheld (small count)',
  withdrawn: 'withdrawn',
  unstated: 'Definition and denominator not stated by the source',
  noDenominator: 'denominator not stated by source',
  derived: 'computed from participant data',
  persons: 'participants',
  outOf: 'of',
  sameDefinition: 'same definition',
  notComparable: 'not directly comparable',
  source: 'Source:',
  edition: 'Edition',
  asPublished: 'as published by',
  updated: 'updated:',
  target: 'target',
  table: 'Table',
  embed: 'Embed',
  region: 'Region',
  figure: 'Figure',
  notes: 'Notes',
  loading: 'Loading the figure…',
  stale: 'Last figure, could not be refreshed',
  unreachable: 'The figure could not be loaded',
  blank: 'Attribute missing:',
  refused: 'No figure for code',
  OVER_100: 'Above 100%: participants counted at work, not at home',
  STALE_DENOMINATOR: 'Old denominator',
  SERIES_BREAK: 'Break in series: not comparable with earlier figures',
  LOW_RELIABILITY: 'Low reliability',
  INCONSISTENT: 'Figures in the source do not agree',
  E: 'Estimate, not an official figure',
  P: 'Provisional figure',
};

export const WORDS = { id, en } as const;
export type Language = keyof typeof WORDS;

/** English when the tag asks for it, else Indonesian, whatever the page's own language. */
export function languageOf(lang: string | null | undefined): Language {
  return /^en\b/i.test(lang ?? '') ? 'en' : 'id';
}

/** How exact a figure is; a qualifier newer than this module still says that it is not. */
export function qualifierWord(qualifier: string, words: Words): string {
  return remarkOn(qualifier, words) ?? words.ABOUT;
}

/** Why a number is not there, by its SDMX status; undefined where the status does not say. */
export function absenceOf(obsStatus: string, words: Words): string | undefined {
  return { Q: words.withheld, O: words.withdrawn }[obsStatus];
}

/** The remark on a flag or status; undefined for one that needs none, or is newer than this module. */
export function remarkOn(word: string, words: Words): string | undefined {
  return /^[A-Z]/.test(word) ? words[word as keyof Words] : undefined;
}
