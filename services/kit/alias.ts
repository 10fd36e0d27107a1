import { say } from './bilingual.js';
import type { Bilingual } from './dataset.js';

/** The word of a list that an office writes in its own way ("PBPU" for BPU); null when none. */
export function aliasOf(text: string, words: readonly string[]): string | null {
  const folded = fold(text);
  return ALIASES.find(([pattern, word]) => words.includes(word) && pattern.test(folded))?.[1] ?? null;
}

/** What to know about a text that names something else than a list of words is of; null when nothing. */
export function remarkOn(text: string, words: readonly string[]): Bilingual | null {
  const folded = fold(text);
  return REMARKS.find(([pattern, word]) => words.includes(word) && pattern.test(folded))?.[2] ?? null;
}

/** Small letters, digits and single spaces; `+` where two things are joined. */
function fold(text: string): string {
  return text
    .toLowerCase()
    .replace(/\s*(?:\+|&|\/|\bdan\b|\band\b)\s*/g, '+')
    .replace(/[^a-z0-9+]+/g, ' ')
    .trim();
}

const ALIASES: readonly (readonly [RegExp, string])[] = [
  [/^(?:pbpu|bukan penerima upah|peserta bukan penerima upah|informal)$/, 'BPU'],
  [/^(?:ppu|penerima upah|peserta penerima upah|pekerja penerima upah)$/, 'PU'],
  [/^(?:jakon|jasa konstruksi|jasa kontruksi|konstruksi)$/, 'JAKON'],
  [/^(?:pmi|tki|pekerja migran|pekerja migran indonesia)$/, 'PMI'],
  [/^(?:pu\+p?bpu|ppu\+pbpu)$/, 'PU_BPU'],
  [/^pu\+p?bpu\+jakon$/, 'PU_BPU_JAKON'],
  [/^pu\+p?bpu\+jakon\+pmi$/, 'PU_BPU_JAKON_PMI'],
  [/^(?:jkk\+jkm|jkm\+jkk|kecelakaan kerja\+kematian)$/, 'JKK_JKM'],
  [/^(?:jaminan )?kecelakaan kerja$/, 'JKK'],
  [/^(?:jaminan )?kematian$/, 'JKM'],
  [/^(?:jaminan )?hari tua$/, 'JHT'],
  [/^(?:jaminan )?pensiun$/, 'JP'],
  [/^(?:jaminan )?kehilangan pekerjaan$/, 'JKP'],
  [/^(?:tk |peserta |pekerja )?aktif$/, 'ACTIVE'],
  [/^(?:tk |peserta |pekerja )?terdaftar$/, 'REGISTERED'],
  [/^(?:jamsostek|bpjs ?tk|bpjs ketenagakerjaan|bp ?jamsostek|bpjs naker)$/, 'BPJSTK'],
  [/^(?:pt )?taspen$/, 'TASPEN'],
  [/^(?:pt )?asabri$/, 'ASABRI'],
  [/^(?:tempat|lokasi) (?:be)?kerja$/, 'WORKPLACE'],
  [/^(?:domisili|tempat tinggal|alamat ktp|ktp)$/, 'RESIDENCE'],
  [/^(?:kantor )?cabang$/, 'BRANCH'],
  [/^(?:mandiri|sendiri|perorangan)$/, 'SELF'],
  [/^(?:perusahaan|pemberi kerja|majikan)$/, 'EMPLOYER'],
  [/^(?:apbdesa|apb desa|dana desa)$/, 'APBDES'],
  [/^apbd (?:provinsi|kabupaten|kota)$/, 'APBD'],
  [/^(?:dbh|dbh sawit|dana bagi hasil sawit)$/, 'DBH_SAWIT'],
  [/^(?:apbn|pusat|pemerintah pusat)$/, 'CENTRAL'],
  [/^(?:bulan|bulanan|monthly)$/, 'MONTH'],
  [/^(?:triwulan|tw|kuartal|quarterly)$/, 'QUARTER'],
  [/^(?:tahun|tahunan|annual|yearly)$/, 'YEAR'],
  [/^(?:kumulatif|s d|s+d|sampai dengan|cumulative|year to date)$/, 'YTD'],
  [/^(?:dibayar|dibayarkan|bayar|tanggal bayar)$/, 'PAID'],
  [/^(?:disetujui|penetapan)$/, 'APPROVED'],
  [/^(?:kejadian|tanggal kejadian)$/, 'EVENT'],
  [/^beasiswa(?: anak)?$/, 'SCHOLARSHIP'],
  [/^return to work$/, 'RTW'],
  [/^(?:sekitar|berkisar|kurang lebih|kira kira|kisaran)$/, 'ABOUT'],
  [/^(?:hampir|mendekati|nyaris)$/, 'ALMOST'],
  [/^(?:lebih|lebih dari|di atas)$/, 'MORE_THAN'],
  [/^(?:kab|kabupaten)$/, 'KABUPATEN'],
  [/^provinsi$/, 'PROVINCE'],
  [/^(?:kabupaten|kota|kabupaten\+kota)$/, 'REGENCY'],
  [/^kecamatan$/, 'DISTRICT'],
  [/^(?:desa|kelurahan|desa\+kelurahan)$/, 'VILLAGE'],
];

/** Text, a word of the list it was found in, and what to say there; the first that fits. */
const REMARKS: readonly (readonly [RegExp, string, Bilingual])[] = [
  ...['JKK', 'BPJSTK'].map(
    (word) =>
      [
        /^(?:bpjs kesehatan|bpjskes|jkn|jkn+kis|kis|jpk)$/,
        word,
        say(
          'BPJS Kesehatan badan lain dan datanya tidak dimuat di sini: hapus barisnya',
          'BPJS Kesehatan is another agency, and none of its data is kept here: delete the row',
        ),
      ] as const,
  ),
  [
    /^jk$/,
    'JKK',
    say(
      'dapat berarti JKM (kematian) atau JKK (kecelakaan kerja): periksa sumbernya',
      'it may be JKM (death) or JKK (work injury): look at the source',
    ),
  ],
  [
    /^(?:jamsostek|bpjs ?tk|bpjs ketenagakerjaan|bp ?jamsostek|jaminan sosial ketenagakerjaan|bpjs)$/,
    'ANY',
    say(
      'itu nama badan, bukan program: tulis programnya, atau ANY untuk peserta sedikitnya satu program',
      'that is the agency, not a programme: write the programme, or ANY for persons in at least one',
    ),
  ],
  [
    /^(?:jamsostek|bpjs ?tk|bpjs ketenagakerjaan|bp ?jamsostek|jaminan sosial ketenagakerjaan|bpjs)$/,
    'JKK',
    say('itu nama badan, bukan program: tulis programnya', 'that is the agency, not a programme: write the programme'),
  ],
  [
    /^(?:all|semua|seluruh|total|jumlah|semua program|seluruh program)$/,
    'ANY',
    say(
      'program tidak dijumlahkan, karena orangnya sama: tulis ANY untuk peserta sedikitnya satu program',
      'programmes are never added, since they have the same persons: write ANY for persons in at least one',
    ),
  ],
  [
    /^(?:all|semua|seluruh|total|jumlah|semua segmen)$/,
    'PU_BPU',
    say(
      'sebutkan segmen yang dijumlahkan, mis. PU_BPU atau PU_BPU_JAKON; NOT_STATED bila sumbernya tidak menyebut',
      'say which segments it adds, such as PU_BPU or PU_BPU_JAKON; NOT_STATED if the source does not',
    ),
  ],
];
