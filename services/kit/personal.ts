import type { Bilingual, Column } from './dataset.js';
import { personalText } from './personal-text.js';

/** What a cell or a column seems to tell of one person. */
export type PersonalKind =
  | 'NIK'
  | 'NIP'
  | 'KPJ'
  | 'PHONE'
  | 'EMAIL'
  | 'NAME'
  | 'ADDRESS'
  | 'BIRTH'
  | 'ACCOUNT'
  | 'NUMBER';

/** What each kind is called, in the middle of a sentence. */
export const PERSONAL_KINDS: Readonly<Record<PersonalKind, Bilingual>> = {
  NIK: { id: 'nomor induk kependudukan (NIK) atau nomor KK', en: 'national identity or family card numbers' },
  NIP: { id: 'nomor induk pegawai (NIP)', en: 'civil servant numbers' },
  KPJ: { id: 'nomor kartu peserta (KPJ)', en: 'membership numbers (KPJ)' },
  PHONE: { id: 'nomor telepon', en: 'telephone numbers' },
  EMAIL: { id: 'alamat email', en: 'e-mail addresses' },
  NAME: { id: 'nama orang', en: 'names of persons' },
  ADDRESS: { id: 'alamat orang', en: 'addresses of persons' },
  BIRTH: { id: 'tanggal atau tempat lahir', en: 'dates or places of birth' },
  ACCOUNT: { id: 'nomor rekening', en: 'bank account numbers' },
  NUMBER: { id: 'nomor peserta atau nomor kartu', en: 'member or card numbers' },
};

/** What the title of a column promises of persons; null when nothing. A column that counts them is not personal. */
export function personalTitle(title: string): PersonalKind | null {
  const words = title
    .normalize('NFKC')
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
  if (words.some((word) => COUNTING.test(word))) return null;
  const found = TITLES.find(([, pattern]) => words.some((word) => pattern.test(word)));
  if (found) return found[0];
  const [first = '', ...rest] = words.length > 1 ? words : [];
  if (/^(no|nomor|number)$/.test(first) && rest.some((word) => NUMBERED.test(word))) return 'NUMBER';
  return namesPersons(words) ? 'NAME' : null;
}

const COUNTING = /^(jumlah|jml|total|banyak|banyaknya|count)$/;
const TITLES: readonly (readonly [PersonalKind, RegExp])[] = [
  ['NIK', /^(no|nomor)?(nik|ktp|ektp|kk|paspor|passport|ssn|npwp)$|^identitas$/],
  ['NIP', /^(no|nomor)?(nip|nrp|nisn)$/],
  ['KPJ', /^(no|nomor)?kpj$/],
  ['PHONE', /^(no|nomor)?(telepon|telpon|telp|tlp|hp|handphone|ponsel|whatsapp|wa|phone|mobile|msisdn)$/],
  ['EMAIL', /^(e?mail|surel)$/],
  ['ADDRESS', /^(alamat|address)/],
  ['BIRTH', /^(tgl|tanggal|tempat)?lahir$|^birth|^(dob|ttl)$/],
  ['ACCOUNT', /^(no|nomor)?rek(ening)?$/],
];
const NUMBERED = /^(peserta|kartu|induk|identity|card|bpjs|bpjstk|jamsostek|member|account)$/;

function namesPersons(words: readonly string[]): boolean {
  if (words.some((word) => /^nama(peserta|pekerja|lengkap|orang|ibu|anak|ahliwaris|tk|korban|penerima)$/.test(word)))
    return true;
  if (words.some((word) => /^(full|first|last|family|member|worker)name$/.test(word))) return true;
  return words.some((word) => /^(nama|name)$/.test(word)) && !words.some((word) => THINGS.test(word));
}

/** What else may have a name. */
const THINGS =
  /^(kab|kabupaten|kota|prov|provinsi|propinsi|kec|kecamatan|desa|kelurahan|wilayah|daerah|program|segmen|instansi|dinas|perusahaan|sumber|indikator|kategori|sektor|kantor|cabang|badan|berkas|region|regency|district|village|province|city|country|agency|company|source|indicator|category|sector|office|branch|file|short|en|id)$/;

/**
 * What a cell seems to tell of one person; null when nothing. Long numbers without a sign of their own are read by the
 * kind of their column: eleven digits are a membership number in a text and rupiah in a figure.
 */
export function personalCell(text: string, kind: Column['kind'] | 'unknown' = 'unknown'): PersonalKind | null {
  const hasNumber = MAYBE.test(text);
  const plain = !hasNumber || isAscii(text) ? text : text.normalize('NFKC').replace(SPACES, ' ');
  return (hasNumber ? personalNumber(plain, kind) : null) ?? personalText(plain, WORDED.has(kind));
}

/** The kinds of columns whose cells are texts, in which a long number is no figure. */
const WORDED: ReadonlySet<Column['kind'] | 'unknown'> = new Set(['text', 'id', 'reference']);

function personalNumber(plain: string, kind: Column['kind'] | 'unknown'): PersonalKind | null {
  if (hasSixteen(plain, kind) || DAMAGED_SIXTEEN.test(plain) || hasGroupedNik(plain)) return 'NIK';
  if (EIGHTEEN.test(plain)) return 'NIP';
  if (PHONE.test(plain)) return 'PHONE';
  if (EMAIL.test(plain)) return 'EMAIL';
  if (!WORDED.has(kind)) return null;
  if (INTERNATIONAL.test(plain)) return 'PHONE';
  return ELEVEN.test(plain) && !/^https?:/.test(plain) ? 'KPJ' : null;
}

const SPACES = /[\u00a0\u2000-\u200f\u2060\ufeff]/g;
/** Cheap, and true of every text that any of the patterns for numbers finds, and of texts beyond ASCII. */
const MAYBE = /@|\d(?:[\s.-]?\d){8}|[^\x20-\x7e]|[Ee]\+?1[56]/;
const SIXTEEN = /(?<!\d)\d{16}(?!\d)/;

/** Sixteen digits in a column of rupiah may be an amount, unless they have the form of an identity number. */
function hasSixteen(text: string, kind: Column['kind'] | 'unknown'): boolean {
  if (!SIXTEEN.test(text)) return false;
  return kind !== 'rupiah' || NIK_FORM.test(text.trim());
}

/** What a spreadsheet makes of sixteen digits. */
const DAMAGED_SIXTEEN = /^\s*\d[.,]\d{3,}E\+?15\s*$/i;
/** Birth date, month of appointment, sex, number. */
const EIGHTEEN =
  /(?<!\d)(?:19[4-9]\d|200\d)(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]) ?(?:19|20)\d\d(?:0[1-9]|1[0-2]) ?[12] ?\d{3}(?!\d)/;
/** Not the later groups of an amount, `341.082.353.391`. */
const PHONE =
  /(?<!\d)(?<!\d\.(?=\d{3}(?:\.\d{3})+(?!\d)))(?:\+62[ .-]?|0)8[1-9]\d?[ .-]?\d{3,4}[ .-]?\d{3,5}(?!\d)|\+62[ .-]?\d{2}/;
const INTERNATIONAL = /(?<!\d)628[1-9]\d{7,10}(?!\d)/;
const EMAIL = /[a-z0-9._%+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}/i;
const ELEVEN = /(?<![\w./=-])(?<!Rp\s?)\d{11}(?![\w/])/;

/** Groups with one and the same sign between, together sixteen digits of the form of a NIK: so not a row of dates. */
function hasGroupedNik(text: string): boolean {
  for (const [run] of text.matchAll(/(?<!\d)\d+([ .-])\d+(?:\1\d+)*(?!\d)/g)) {
    const digits = run.replace(/\D/g, '');
    if (digits.length === 16 && NIK_FORM.test(digits)) return true;
  }
  return false;
}

/** Province, regency, district, then day (women: plus 40), month and year of birth. */
const NIK_FORM =
  /^(?:1[1-9]|21|3[1-6]|5[1-3]|6[1-5]|7[1-6]|8[12]|9[1-7])\d{4}(?:0[1-9]|[12]\d|3[01]|4[1-9]|[56]\d|7[01])(?:0[1-9]|1[0-2])/;

function isAscii(text: string): boolean {
  return !/[^\x20-\x7e]/.test(text);
}
