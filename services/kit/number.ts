import type { Locale } from './locale.js';

/** The digits of a whole number without groups, or null. In id-ID points may stand between thousands, all or none. */
export function readWhole(text: string, locale: Locale): string | null {
  if (DIGITS.test(text)) return text;
  return locale === 'id-ID' && GROUPED.test(text) ? text.replaceAll('.', '') : null;
}

/** A number as a computer writes it (`-37229.5`), however many digits it has; null when it is none in the locale. */
export function readNumber(text: string, locale: Locale): string | null {
  if (locale === 'C') return NUMBER.test(text) ? text : null;
  return NUMBER_ID.test(text) ? text.replaceAll('.', '').replace(',', '.') : null;
}

/** True for a number written with zeros at the end of its fraction, which its value does not keep: `33.10`, `33.0`. */
export function losesZeros(text: string, locale: Locale): boolean {
  return text.endsWith('0') && /\.\d*0$/.test(readNumber(text, locale) ?? '');
}

const DIGITS = /^\d+$/;
const GROUPED = /^[1-9]\d{0,2}(?:\.\d{3})+$/;
const NUMBER = /^-?\d+(?:\.\d+)?$/;
const NUMBER_ID = /^-?(?:\d+|[1-9]\d{0,2}(?:\.\d{3})+)(?:,\d+)?$/;

/** One way to understand a number whose locale is not known. */
export interface NumberReading {
  /** As a computer writes it. */
  readonly value: string;
  /** What its point or comma is taken for; null where it has none, or only one reading is possible. */
  readonly as: 'GROUP' | 'DECIMAL' | null;
  /** The sign between whole and fraction, or between groups; null where it has none. */
  readonly sign: string | null;
}

/** Every way to understand digits with points and commas: `1.234` has two, `1,81` one, `1.23.4` none. */
export function readingsOf(text: string): readonly NumberReading[] {
  if (DIGITS.test(text)) return [{ value: text, as: null, sign: null }];
  const last = text.match(/[.,](?=\d*$)/)?.[0] ?? null;
  if (last === null) return [];
  const other = last === '.' ? ',' : '.';
  const whole = text.replaceAll(last, '');
  const isGrouped = !text.includes(other) && GROUPED.test(text.replaceAll(last, '.'));
  const [before = '', after = '', ...more] = text.split(last);
  const isDecimal =
    more.length === 0 && readWhole(before.replaceAll(other, '.'), 'id-ID') !== null && DIGITS.test(after);
  const readings: NumberReading[] = [];
  if (isGrouped) readings.push({ value: whole, as: 'GROUP', sign: last });
  if (isDecimal) readings.push({ value: `${before.replaceAll(other, '')}.${after}`, as: 'DECIMAL', sign: last });
  return readings;
}

/** A number times ten to a power, exactly; without zeros at the end of its fraction. */
export function timesTen(value: string, power: number): string {
  const [whole = '0', fraction = ''] = value.split('.');
  const digits = fraction.padEnd(power, '0');
  const left = `${whole}${digits.slice(0, power)}`.replace(/^0+(?=\d)/, '');
  const right = digits.slice(power).replace(/0+$/, '');
  return right === '' ? left : `${left}.${right}`;
}
