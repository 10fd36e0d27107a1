import type { Reader } from '../view.js';
import { absenceOf, qualifierWord } from '../words.js';
import type { Disbursement, Paid, Scope } from './benefits-answer.js';
import { benefitsWords } from './benefits-words.js';
import { line } from './line.js';
import { rupiah } from './rupiah.js';

/** `sekitar Rp1,8 miliar`, or in words why there is nothing to say; blank where only the amount is not stated. */
export function amountOf(paid: Paid & { readonly qualifier?: string | null }, reader: Reader, inFull = false): string {
  const { amountRupiah, roundedTo, obsStatus, qualifier } = paid;
  const { words, language } = reader;
  if (amountRupiah === null) return absenceOf(obsStatus, words) ?? '';
  const before = qualifier ? `${qualifierWord(qualifier, words)} ` : '';
  return before + rupiah(amountRupiah, roundedTo, language, inFull);
}

/** `12.613 kasus` */
export function casesOf({ cases }: Paid, { format, language }: Reader): string {
  return cases === null ? '' : `${format.count(cases)} ${benefitsWords(language)('cases')}`;
}

/** `1.126 peserta dibayar · 208 penerima selain peserta` */
export function personsOf(paid: Disbursement, { format, language }: Reader): string {
  const say = (what: 'recipients' | 'beneficiaries') =>
    paid[what] === null ? '' : `${format.count(Number(paid[what]))} ${benefitsWords(language)(what)}`;
  return line(say('recipients'), say('beneficiaries'));
}

/** `Beasiswa, JKK dan JKM` */
export function nameOf({ program, benefitType }: Disbursement, { language }: Reader): string {
  const own = benefitsWords(language);
  return benefitType === 'ALL' ? own(program) : `${own(benefitType)}, ${own(program)}`;
}

/** `2024`, `Jun 2025`, `1 Jan 2024 – 31 Okt 2024` */
export function periodOf({ periodStart, periodEnd, periodKind }: Scope, { format }: Reader): string {
  const length = { YEAR: 4, MONTH: 7 }[periodKind];
  return length ? format.date(periodStart.slice(0, length)) : `${format.date(periodStart)} – ${format.date(periodEnd)}`;
}

/** What places the figures in the region and the period, and whom they are about. */
export function placingOf({ periodKind, segment, basis, dateBasis }: Scope, { language }: Reader): string {
  const own = benefitsWords(language);
  const whom = segment === 'NOT_STATED' ? '' : segment.replaceAll('_', ' + ');
  return line(periodKind === 'YTD' ? own('YTD') : '', whom, own(basis), dateBasis ? own(dateBasis) : '');
}
