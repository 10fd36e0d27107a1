/**
 * What running text gives away of one person: a name behind words that are followed by one, a day of birth, a telephone
 * or membership number. Null when nothing. `isWorded` is for texts in which numbers are no figures: there, a telephone
 * number needs no sign of its own.
 */
export function personalText(text: string, isWorded: boolean): 'NAME' | 'BIRTH' | 'PHONE' | 'KPJ' | null {
  if (text.length < SHORTEST || !SPACED.test(text) || !MAYBE.test(text)) return null;
  if (namesSomebody(text)) return 'NAME';
  if (BIRTH.test(text)) return 'BIRTH';
  if (KPJ.test(text)) return 'KPJ';
  if (IN_BRACKETS.test(text) || saysTelephone(text)) return 'PHONE';
  return isWorded && [LANDLINE, MOBILE, MOBILE_ABROAD].some((pattern) => pattern.test(text)) ? 'PHONE' : null;
}

/** `a.n. Budi`. */
const SHORTEST = 8;

/** Cheaper still: words and figures side by side, as codes and days have not. */
const SPACED = /[ (:/]|[a-z]\.|(?<![\d.-])0\d/i;
/** Cheap, and true of every text that any of the patterns below finds. */
const MAYBE =
  /\ba\. ?n|\ba\/n|\ban\.|nama|sdri?\.|saudar|\balm|lahir|\bttl\b|\bdob\b|birth|born|kpj|te?lp|telp?o?n|\bhp\b|handphone|ponsel|phone|\bwa\b|whatsapp|fax|faks|\(\+?[06]|\b0[2-9]|\b62[- ]8/i;

/** Words that a person's name follows. */
const BEFORE_NAME =
  /(?<![\p{L}\d])(?:a\. ?n\.?|a\/n|an\.|atas nama|nama (?:lengkap|peserta|pekerja|korban|penerima|ahli waris) ?[:=]|(?:peserta|pekerja|korban|seorang|ahli waris) bernama|sdri?\.|saudar[ai]|alm(?:h|arhum|arhumah)?\.?)\s+|(?<![\p{L}\d])(?:a\.n\.|a\/n|an\.|sdri?\.)(?=\p{L})/giu;
const TITLES_OF_PERSONS = /^(?:(?:bapak|bpk|ibu|sdri?|tn|ny|nn|h|hj|drs?|dra|ir|alm|almh)\.?\s+)+/i;
/** A word with a capital, of two letters or behind an initial. */
const NAME = /^(?:\p{Lu}\. ?)*\p{Lu}[\p{L}'’]/u;

/** Who else is acted for: offices and those who hold them, bodies, places, groups, and the words of the field. */
const OTHERS =
  /^(?:pt|cv|ud|perum\w*|persero|perusahaan|koperasi|yayasan|badan|dinas|kantor|cabang|pemerintah\w*|pem(?:kab|kot|prov|da|des)|bpjs\w*|jamsostek|taspen|asabri|bps|kab|kabupaten|kota|kec|kecamatan|kel|kelurahan|prov|provinsi|desa|dusun|kampung|pulau|kepulauan|kementerian|kemen\w+|lembaga|negara|republik|rakyat|bangsa|masyarakat|indonesia|rs|rsud|rsu|rumah|puskesmas|klinik|universitas|sekolah|kepala|bupati|wakil|gubernur|wali|walikota|menteri|direktur\w*|direksi|dirut|dirjen|sekretaris|sekda|ketua|camat|lurah|presiden|deputi|asisten|plt|plh|pj|pjs|tim|panitia|kelompok|serikat|asosiasi|himpunan|organisasi|gereja|masjid|peserta|pekerja|pegawai|karyawan|tenaga|buruh|petani|nelayan|guru|honorer|ahli|keluarga|segmen|program\w*|kategori|kpu|bawaslu|rt|rw|asn|pns|pppk|tni|polri|pu|bpu|jakon|pmi|jkk|jkm|jht|jp|jkp|ucj|the)(?![\p{L}\d])/iu;

function namesSomebody(text: string): boolean {
  for (const { 0: words, index } of text.matchAll(BEFORE_NAME)) {
    const rest = text.slice(index + words.length).replace(TITLES_OF_PERSONS, '');
    if (NAME.test(rest) && !OTHERS.test(rest)) return true;
  }
  return false;
}

const MONTH = '(?:jan|feb|mar|apr|mei|may|jun|jul|agu|agt|ags|aug|sep|okt|oct|nov|des|dec)[a-z]*\\.?';
const DAY = `(?:\\d{1,2} ?[-/. ] ?(?:\\d{1,2}|${MONTH}) ?[-/., ] ?\\d{2,4}|${MONTH} \\d{1,2},? \\d{4}|\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2})`;
/** Words by which a day is a limit or the day of a count, and not somebody's. */
const LIMIT =
  '\\b(?:sebelum|sesudah|setelah|sejak|mulai|antara|hingga|sampai|per|before|after|since|between|until|by)\\b';
const BIRTH = new RegExp(
  `(?<!hari |angka |jumlah )\\b(?:lahir|kelahiran|ttl|dob|born|birth|birthday)\\b(?:(?!${LIMIT})\\D){0,40}?\\b${DAY}(?!\\d)(?!\\s*(?:s\\.? ?d\\b|sampai|hingga|to|until|-|–)\\s*\\.?\\s*\\d)`,
  'i',
);

/** Ten digits or more behind the name of the number. */
const KPJ = /(?<!\p{L})kpj(?!\p{L})[ .:#]*(?:no(?:mor)?[ .:]*)?\d(?:[ .-]?\d){9,}/iu;

const IN_BRACKETS = /\((?:0|\+?62[ -]?)\d{2,3}\)[ .-]{0,2}\d{2,4}(?:[ .-]?\d{2,4}){1,3}(?!\d)/;
const TELEPHONE =
  /(?<!\p{L})(?:te?lp|tele?pon|telephone|phone|hp|handphone|ponsel|wa|whatsapp|fax|faks)(?!\p{L})[ .:]{0,3}(\(?\+?\d[\d ()./-]{4,}\d)/giu;
const GROUPED = /^\d{1,3}(?:\.\d{3})+$/;
const DATE = /^\d{4}-\d\d(?:-\d\d)?$|^\d{1,2}[-/.]\d{1,2}[-/.]\d{4}$/;
/** Lines that are everybody's. */
const CALL_CENTRE = /^1[45]00\d+$/;

function saysTelephone(text: string): boolean {
  for (const [, number = ''] of text.matchAll(TELEPHONE)) {
    const isOther = [GROUPED, DATE, CALL_CENTRE].some((pattern) => pattern.test(number));
    if (!isOther && number.replace(/\D/g, '').length >= 6) return true;
  }
  return false;
}

/** Code of an area and number of five digits or more, with something between: `0717-421234`. No year as first part. */
const LANDLINE =
  /(?<![\w.,/-])0(?:21|22|24|31|61|[2-79]\d\d)[ -](?!(?:19|20)\d\d[ -])\d{2,4}[ -]?\d{2,4}(?:[ -]\d{2,4})?(?![\d\p{L}]|[.,/-]\d)/u;
/** Ten digits or more from 08 on, however they are grouped; not a day and what follows it. */
const MOBILE = /(?<![\w.,/-])(?!08[-. ]\d{1,2}[-. ]\d{4}(?!\d))08(?:[ .-]?\d){8,11}(?![\d\p{L}]|[.,/-]\d)/u;
const MOBILE_ABROAD = /(?<![\w.,/-])62[- ]8[1-9]\d{1,2}[- ]\d{3,4}[- ]\d{3,5}(?!\d)/;
