import type { Reader } from '../view.js';
import { absenceOf, qualifierWord, remarkOn } from '../words.js';
import { BREAKDOWN_WORDS } from './breakdown-words.js';
import { type Count, partsOf } from './counts.js';

/** A count in words. */
export interface Told {
  readonly segment: string;
  readonly program: string;
  readonly status: string;
  readonly category: string;
  /** `sekitar 37.229`, or why there is no number. */
  readonly persons: string;
  /** `12 Okt 2024` */
  readonly date: string;
  /** `iuran dibayar APBD` */
  readonly payer: string;
  readonly remarks: readonly string[];
}

export function tell(count: Count, { language, words, format }: Reader): Told {
  const { value, qualifier, obsStatus, payer, note, roundedTo, status } = count;
  const own = (code: string) => BREAKDOWN_WORDS[language][code] ?? code;
  const missing = absenceOf(obsStatus, words) ?? words.noFigure;
  const before = qualifier ? `${qualifierWord(qualifier, words)} ` : '';
  const parts = partsOf(count.segment) ?? [];
  const isRounded = value !== null && roundedTo !== null && roundedTo > 1;
  const remarks = [
    remarkOn(obsStatus, words),
    isRounded ? `${own('roundedTo')} ${format.count(roundedTo)}` : undefined,
    note ? `${own('note')} ${note}`.trim() : undefined,
  ];
  return {
    segment: parts.length > 1 ? `${parts.map(brief).join(' + ')} (${own('combined')})` : own(count.segment),
    program: own(count.program),
    status: own(status === 'NOT_STATED' ? 'statusNotStated' : status),
    category: count.category.split('.').map(own).join(': '),
    persons: value === null ? missing : before + format.count(value),
    date: format.date(count.date),
    payer: payer ? `${own('paidBy')} ${own(payer)}` : '',
    remarks: remarks.filter((remark) => remark !== undefined),
  };
}

function brief(segment: string): string {
  return segment.replace('AKON', 'akon');
}
