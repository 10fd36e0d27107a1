import type { Bilingual } from './dataset.js';
import { OPEN } from './edition.js';
import type { Instant } from './period.js';

/** Something that is not as it was sealed. */
export interface Finding {
  /** The release it was found in; null where it belongs to none. */
  readonly release: string | null;
  readonly what: Bilingual;
}

/** What was found, told so many times at most. */
export interface Findings {
  add(release: string | null, what: Bilingual): void;
  all(): readonly Finding[];
}

const MOST = 100;

export function createFindings(): Findings {
  const told: Finding[] = [];
  let more = 0;
  return {
    add(release, what) {
      if (told.length < MOST) told.push({ release, what });
      else more += 1;
    },
    all: () => (more === 0 ? told : [...told, { release: null, what: andMore(more) }]),
  };
}

export const OTHER_CONTENT: Bilingual = {
  id: 'baris yang diterbitkannya bukan lagi seperti saat disegel',
  en: 'the rows it published are not as they were sealed',
};
export const OTHER_REST: Bilingual = {
  id: 'baris yang diterbitkannya bukan lagi seperti setelah redaksi terakhir',
  en: 'the rows it published are not as its last redaction left them',
};
export const OTHER_LINEAGE: Bilingual = {
  id: 'nomor baris berkas atau kolom turunan barisnya bukan lagi seperti saat disegel',
  en: 'the file lines of its rows, or what is derived from them, are not as they were sealed',
};
export const OTHER_WITHHELD: Bilingual = {
  id: 'nilai yang dirahasiakannya bukan lagi seperti saat disegel',
  en: 'the values it withholds are not as they were sealed',
};
export const OTHER_CLOSED: Bilingual = {
  id: 'baris yang digantikan atau dihapusnya bukan lagi seperti saat disegel',
  en: 'the rows it replaced or removed are not those that it did when it was sealed',
};
export const BROKEN_CHAIN: Bilingual = {
  id: 'rantai hash terputus di sini: rilis ini atau yang sebelumnya telah diubah',
  en: 'the chain of hashes breaks here: this release or the one before it was changed',
};
export const OTHER_SEAL: Bilingual = {
  id: 'hash-nya berbeda dari segel di log edisi',
  en: 'its hash is not that of its seal in the edition log',
};
export const UNSEALED: Bilingual = { id: 'tidak ada segelnya di log edisi', en: 'the edition log has no seal of it' };
export const UNCOPIED: Bilingual = {
  id: 'salinan segelnya tidak ada di basis data ini',
  en: 'the copy of its seal is not in this database',
};
export const UNSETTLED: Bilingual = {
  id: 'himpunan data terus berubah selama diperiksa: periksa lagi nanti',
  en: 'the dataset kept changing while it was verified: verify it again later',
};

export function wrongState(state: string): Bilingual {
  return { id: `berstatus ${state} tetapi barisnya sudah tertulis`, en: `is ${state}, and yet its rows are written` };
}

export function foreignRow(key: string, release: string): Bilingual {
  return {
    id: `baris ${key} menyebut rilis ${release} yang tidak ada`,
    en: `row ${key} is of ${release}, which is no release`,
  };
}

export function wrongBeginning(key: string, from: Instant, instant: Instant): Bilingual {
  return {
    id: `baris ${key} mulai berlaku ${timeOf(from)}, bukan ${timeOf(instant)} seperti rilisnya`,
    en: `row ${key} begins at ${timeOf(from)} and not, as its release, at ${timeOf(instant)}`,
  };
}

export function wrongEnd(key: string, to: Instant): Bilingual {
  return {
    id: `baris ${key} berakhir ${timeOf(to)}, padahal tidak ada rilis pada saat itu`,
    en: `row ${key} ends at ${timeOf(to)}, when no release could end it`,
  };
}

export function overlap(key: string, to: Instant, from: Instant): Bilingual {
  return {
    id: `baris ${key} berakhir ${timeOf(to)}, setelah penggantinya mulai ${timeOf(from)}`,
    en: `row ${key} ends at ${timeOf(to)}, after the next one began at ${timeOf(from)}`,
  };
}

export function lostRelease(instant: Instant): Bilingual {
  return {
    id: `log edisi memuat segel ${timeOf(instant)}, tetapi rilisnya tidak ada`,
    en: `the edition log has a seal of ${timeOf(instant)} and there is no release of it`,
  };
}

export function unknownSeal(instant: Instant): Bilingual {
  return {
    id: `salinan segel ${timeOf(instant)} tidak ada di log edisi`,
    en: `the copied seal of ${timeOf(instant)} is not in the edition log`,
  };
}

export function brokenRedaction(id: number): Bilingual {
  return {
    id: `rantai hash redaksi terputus pada redaksi ${id}`,
    en: `the chain of redactions breaks at redaction ${id}`,
  };
}

function andMore(count: number): Bilingual {
  return { id: `dan ${count} masalah lain`, en: `and ${count} more` };
}

/** An instant as text; one that no clock can show as its number. */
function timeOf(instant: Instant): string {
  if (instant === OPEN) return '(open)';
  return Math.abs(instant) <= LAST_DAY ? new Date(instant).toISOString() : String(instant);
}

const LAST_DAY = 8.64e15;
