import { say } from './bilingual.js';
import type { Bilingual } from './dataset.js';
import { adviseByHabit, type Habit } from './habit.js';
import { adviseWriting, plainText } from './lookalike.js';
import { dottedReading, isRegionCode } from './region-code.js';

/** What a cell that is no region code may be meant to say. Digits without dots may name one region or another. */
export function adviseRegion(raw: string): Bilingual | null {
  if (raw.length > 120) return null;
  const text = plainText(raw).replace(/^'/, '');
  if (isRegionCode(text)) return adviseWriting(raw, text);
  if (/\p{L}/u.test(text)) return NAME;
  return adviseByHabit(HABITS, text, text);
}

const NAME = say(
  'tulis kode wilayahnya, bukan namanya: satu nama dapat dimiliki provinsi, kabupaten, kota, kecamatan atau desa',
  'write the code of the region, not its name: a province, regency, city, district and village may share one name',
);
const AS_TEXT = say(
  'lalu jadikan kolomnya Text agar tidak diubah Excel',
  'and make the column Text, or the spreadsheet changes it again',
);

const HABITS: readonly Habit<string>[] = [
  [/^(\d{7}|\d{6}[04-9]\d{3})$/, ([digits = '']) => bpsOnly(digits)],
  [/^(\d{4}|\d{6}|\d{10})(?:[.,]0+)?$/, ([digits = '']) => withoutDots(digits)],
  [/^(\d{2})[.,](\d)$/, ([province = '', digit = '']) => lostZero(province, digit)],
  [/^(\d{2})[.,](\d{2})0+$/, ([province = '', regency = '']) => writeIf(`${province}.${regency}`, AS_TEXT)],
  [/^\d{2}(?:[\s,:;/_-]\d{2}){1,2}(?:[\s,:;/_-]\d{4})?(?::00)?$/, (_, text) => otherSign(text)],
  [/^\d{1,2}(?:\.\d{1,2}){1,2}(?:\.\d{4})?\.?$/, (_, text) => shortParts(text)],
];

function withoutDots(digits: string): Bilingual | null {
  const dotted = dottedReading(digits);
  if (dotted === null) return null;
  return say(
    `tulis ${dotted} bila ini angka Kemendagri; bila ini kode BPS, ${digits} adalah wilayah lain: cari kodenya di kolom bps_code daftar wilayah`,
    `write ${dotted} if these are the digits of Kemendagri; as a BPS code ${digits} is another region: look it up in bps_code of the list of regions`,
  );
}

function bpsOnly(digits: string): Bilingual {
  return say(
    `${digits} berbentuk kode BPS (kecamatan 7 angka, desa 10 angka): cari kode Kemendagri-nya, yang angkanya lain`,
    `${digits} has the form of a BPS code (districts have 7 digits, villages 10): look up its Kemendagri code, which has other digits`,
  );
}

/** `19.1` was 19.10 before it became a number, or 19.01 to whoever typed it. */
function lostZero(province: string, digit: string): Bilingual {
  const [first, second] = [`${province}.0${digit}`, `${province}.${digit}0`];
  return say(
    `nolnya hilang: ${first} atau ${second}; periksa daftar wilayah, ${AS_TEXT.id}`,
    `a zero was lost: ${first} or ${second}; look at the list of regions, ${AS_TEXT.en}`,
  );
}

function otherSign(text: string): Bilingual | null {
  const code = text.replace(/:00$/, '').replace(/[\s,:;/_-]/g, '.');
  return writeIf(code, AS_TEXT);
}

function shortParts(text: string): Bilingual | null {
  const parts = text.replace(/\.$/, '').split('.');
  return writeIf(parts.map((part) => part.padStart(2, '0')).join('.'), AS_TEXT);
}

function writeIf(code: string, more: Bilingual): Bilingual | null {
  if (!isRegionCode(code)) return null;
  return say(`bila maksudnya ${code}, tulis ${code}, ${more.id}`, `if it means ${code}, write ${code}, ${more.en}`);
}
