/** What the page of those who publish says, in both languages: `{ id, en }`. */

const LOCALES = { id: 'id-ID', en: 'en-GB' };
const ZONE = 'Asia/Jakarta';

export const STATUSES = {
  DRAFT: { id: 'Draf', en: 'Draft' },
  APPROVED: { id: 'Disetujui, segera terbit', en: 'Approved, out soon' },
  SCHEDULED: { id: 'Terjadwal', en: 'Scheduled' },
  PUBLISHED: { id: 'Terbit', en: 'Published' },
  WITHDRAWN: { id: 'Ditarik', en: 'Withdrawn' },
  CANCELLED: { id: 'Dibatalkan', en: 'Cancelled' },
  FAILED: { id: 'Gagal', en: 'Failed' },
};

export const KINDS = {
  REGULAR: { id: 'Biasa', en: 'Regular' },
  PRELIMINARY: { id: 'Sementara', en: 'Preliminary' },
  REVISION: { id: 'Revisi', en: 'Revision' },
  CORRECTION: { id: 'Koreksi', en: 'Correction' },
  WITHDRAWAL: { id: 'Penarikan', en: 'Withdrawal' },
  HISTORICAL: { id: 'Pemuatan awal', en: 'First load' },
};

export const CHANGES = {
  ADDED: { id: 'Tambah', en: 'Added' },
  CHANGED: { id: 'Ubah', en: 'Changed' },
  REMOVED: { id: 'Hapus', en: 'Removed' },
};

/** What a column of a dataset holds. */
export const COLUMNS = {
  region: { id: 'kode wilayah, 19.03', en: 'region code, 19.03' },
  date: { id: 'tanggal, 2024-10', en: 'date, 2024-10' },
  word: { id: 'salah satu kata', en: 'one of these words' },
  id: { id: 'kode', en: 'an id' },
  reference: { id: 'id dari himpunan lain', en: 'id of another dataset' },
  count: { id: 'jumlah, bilangan bulat', en: 'a count, whole' },
  rupiah: { id: 'rupiah penuh', en: 'rupiah in full' },
  decimal: { id: 'bilangan', en: 'a number' },
  boolean: { id: 'true atau false', en: 'true or false' },
  text: { id: 'teks', en: 'text' },
};

/** The mistakes the routes of /data name, by code. */
export const ERRORS = {
  BAD_ARGUMENT: { id: 'Isian di luar batas', en: 'A value outside its range' },
  BAD_REGION_CODE: {
    id: 'Kode wilayah salah: tulis kode Kemendagri bertitik, 19.03',
    en: 'The region code is not of the form 19.03',
  },
  BAD_REQUEST: { id: 'Permintaan tidak dapat dibaca server', en: 'The server cannot read the request' },
  UNKNOWN_DATASET: { id: 'Himpunan data tidak dikenal', en: 'No dataset has this name' },
  BAD_FILE: {
    id: 'Berkas ditolak: perbaiki baris yang disebut, lalu kirim lagi seluruhnya',
    en: 'The file is refused: mend the lines named and send the whole file again',
  },
  UNKNOWN_FILE: { id: 'Berkas belum diterima utuh: kirim lagi', en: 'The file is not here whole: send it again' },
  WRONG_OFFSET: { id: 'Pengiriman terputus di tengah: kirim lagi', en: 'The upload broke off: send the file again' },
  HASH_MISMATCH: {
    id: 'Isi berkas berubah selama dikirim: pilih berkasnya lagi',
    en: 'The file changed while it was sent: choose it again',
  },
  UPLOAD_BUSY: {
    id: 'Berkas yang sama sedang dikirim atau diterbitkan: coba lagi sebentar',
    en: 'The same file is being sent or published right now: try again in a moment',
  },
  FILE_TOO_LARGE: {
    id: 'Berkas terlalu besar: kirim per bagian, misalnya per tahun',
    en: 'The file is too large: send it in parts, such as one for each year',
  },
  SPOOL_FULL: {
    id: 'Penyimpanan server penuh: beri tahu pengelolanya',
    en: 'The disk of the server is full: tell who runs it',
  },
  BAD_TOKEN: {
    id: 'Perlu token yang sah. Token ini tidak dikenal, sudah dicabut, atau sudah berakhir',
    en: 'A good token is needed. This one is unknown, revoked or expired',
  },
  NOT_ALLOWED: {
    id: 'Token ini sah, tetapi bukan untuk peran, himpunan data, atau wilayah ini',
    en: 'This token is good, but not for this role, dataset or region',
  },
  TOO_MANY_ATTEMPTS: {
    id: 'Terlalu banyak percobaan gagal: tunggu sebentar',
    en: 'Too many failed attempts: wait a while',
  },
  WARNINGS_NOT_ACKNOWLEDGED: {
    id: 'Ada peringatan yang belum diakui: periksa, lalu perbaiki berkas atau akui namanya',
    en: 'There are warnings nobody has acknowledged: look at them, then mend the file or acknowledge each',
  },
  UNKNOWN_RELEASE: { id: 'Rilis tidak dikenal', en: 'No release has this number' },
  RELEASE_NOT_READY: {
    id: 'Status rilis tidak sesuai: muat lagi daftarnya',
    en: 'The release is not in the state this needs: refresh the list',
  },
  RELEASE_BUSY: {
    id: 'Rilis lain sedang diterbitkan: coba lagi sebentar',
    en: 'Another release is being published right now: try again in a moment',
  },
  STALE_DRAFT: {
    id: 'Angka yang sama sudah diubah rilis lain: kirim lagi berkasnya dan periksa perubahannya',
    en: 'Others have published the same cells since: send the file again and look at what it changes now',
  },
  OWN_RELEASE: {
    id: 'Rilis harus disetujui orang lain, dengan token lain',
    en: 'Another person has to approve it, with a token of theirs',
  },
  BAD_INSTANT: {
    id: 'Waktu terbit sudah lewat, terlalu dekat, atau belum disebut',
    en: 'The instant has passed, is too near, or is missing',
  },
  REASON_MISSING: { id: 'Sebutkan alasannya; pembaca melihatnya', en: 'Say why; readers see it' },
  SEAL_TOO_LATE: {
    id: 'Penerbitan terlalu dekat dengan waktunya: pakai waktu yang lebih lambat',
    en: 'The publication came too near to its instant: take a later one',
  },
  EDITION_NOT_READY: {
    id: 'Server belum siap: coba lagi sebentar',
    en: 'The server is not ready: try again in a moment',
  },
  SUBGRAPH_UNAVAILABLE: {
    id: 'Server himpunan data ini tidak menjawab: coba lagi nanti',
    en: 'The server of this dataset does not answer: try again later',
  },
  INTERNAL_SERVER_ERROR: {
    id: 'Kesalahan di pihak kami: coba lagi',
    en: 'Something went wrong on our side: try again',
  },
};

/** The server gave no answer, or broke off in the middle of one. */
export const UNREACHABLE = {
  id: 'Server tidak dapat dihubungi. Coba lagi: yang sudah terkirim tidak dikirim ulang',
  en: 'The server cannot be reached. Try again: what has been sent is not sent twice',
};

/** The file can no longer be read where it was chosen. */
export const UNREADABLE = {
  id: 'Berkas tidak dapat dibaca lagi: mungkin diubah atau dipindahkan. Pilih berkasnya lagi',
  en: 'The file can no longer be read: it may have been changed or moved. Choose it again',
};

/**
 * A text with values in it: each `#` is the next of them, a number, a text or `{ id, en }`, and `[row|rows]` the word for
 * the number before.
 */
export function filled(texts, ...values) {
  return inBoth((language) => {
    const left = [...values];
    let last = 0;
    return texts[language].replace(/#|\[(.*?)\|(.*?)\]/g, (sign, one, many) => {
      if (sign !== '#') return last === 1 ? one : many;
      last = left.shift();
      if (typeof last === 'number') return number(last)[language];
      return typeof last === 'string' ? last : last[language];
    });
  });
}

/** `1.234` and `1,234`; whole numbers of any length as BigInt. */
export function number(value) {
  return inBoth((language) => new Intl.NumberFormat(LOCALES[language], { maximumFractionDigits: 20 }).format(value));
}

function inBoth(say) {
  return { id: say('id'), en: say('en') };
}

/** A share as a signed percentage: `+12,5%`. */
export function percent(share) {
  const options = { style: 'percent', signDisplay: 'exceptZero', maximumFractionDigits: Math.abs(share) < 1 ? 1 : 0 };
  return inBoth((language) => new Intl.NumberFormat(LOCALES[language], options).format(share));
}

/** An ISO instant as people in WIB write it: `1 Des 2026, 08.30 WIB`. */
export function time(iso) {
  const options = { dateStyle: 'medium', timeStyle: 'short', timeZone: ZONE };
  return inBoth((language) => `${new Intl.DateTimeFormat(LOCALES[language], options).format(new Date(iso))} WIB`);
}

/** `12,3 MB`. */
export function size(bytes) {
  const [unit, per] = bytes < 100_000 ? ['kB', 1e3] : ['MB', 1e6];
  const options = { maximumFractionDigits: 1 };
  return inBoth((language) => `${new Intl.NumberFormat(LOCALES[language], options).format(bytes / per)} ${unit}`);
}
