const id = {
  title: 'Manfaat yang dibayarkan',
  columns: 'Program|Periode|Kasus|Pembayaran|Orang|Rupiah|Keterangan',
  cases: 'kasus',
  recipients: 'peserta dibayar',
  beneficiaries: 'penerima selain peserta',
  part: 'sudah termasuk dalam program, tidak dijumlahkan',
  more: 'Periode lain ada di tabel:',
  STATED: 'menurut sumber',
  SUMMED: 'dijumlahkan dari semua program',
  YTD: 'sejak awal tahun',
  BRANCH: 'menurut kantor cabang yang membayar, bukan tempat tinggal penerima',
  WORKPLACE: 'menurut tempat kerja',
  RESIDENCE: 'menurut tempat tinggal',
  UNKNOWN: 'dasar wilayah tidak disebutkan sumber',
  PAID: 'menurut tanggal pembayaran',
  APPROVED: 'menurut tanggal persetujuan',
  EVENT: 'menurut tanggal kejadian',
  ALL: 'Semua program',
  JKK: 'Kecelakaan kerja (JKK)',
  JKM: 'Kematian (JKM)',
  JHT: 'Hari tua (JHT)',
  JP: 'Pensiun (JP)',
  JKP: 'Kehilangan pekerjaan (JKP)',
  JKK_JKM: 'JKK dan JKM',
  SCHOLARSHIP: 'Beasiswa',
  RTW: 'Return To Work',
} as const;

/** What only the benefits say, in one language. Capitals are the API's words. */
export type BenefitsWords = Readonly<Record<keyof typeof id, string>>;

const en: BenefitsWords = {
  title: 'Benefits paid',
  columns: 'Programme|Period|Cases|Payments|Persons|Rupiah|Remarks',
  cases: 'cases',
  recipients: 'participants paid',
  beneficiaries: 'paid who are not participants',
  part: 'included in programmes, not added',
  more: 'Other periods are in the table:',
  STATED: 'as stated by the source',
  SUMMED: 'summed over all programmes',
  YTD: 'year to date',
  BRANCH: 'by the branch office that paid, not where recipients live',
  WORKPLACE: 'by place of work',
  RESIDENCE: 'by place of residence',
  UNKNOWN: 'the source does not say what places them here',
  PAID: 'by date of payment',
  APPROVED: 'by date of approval',
  EVENT: 'by date of the event',
  ALL: 'All programmes',
  JKK: 'Work injury (JKK)',
  JKM: 'Death (JKM)',
  JHT: 'Old age (JHT)',
  JP: 'Pension (JP)',
  JKP: 'Job loss (JKP)',
  JKK_JKM: 'JKK and JKM',
  SCHOLARSHIP: 'Scholarships',
  RTW: 'Return To Work',
};

const BENEFITS_WORDS = { id, en } as const;

/** The words of a language, and the API's own word for what is newer than this module. */
export function benefitsWords(language: keyof typeof BENEFITS_WORDS): (word: keyof BenefitsWords | string) => string {
  const words: Readonly<Record<string, string>> = BENEFITS_WORDS[language];
  return (word) => words[word] ?? word;
}
