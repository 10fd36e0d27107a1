import type { Bilingual } from '../dataset.js';
import type { Problems } from '../problems.js';
import type { Figure } from './figure.js';
import type { Point } from './point.js';

/** How a figure may have come from the one before by a slip of whoever typed it. */
export type Slip =
  | { readonly kind: 'unit'; readonly factor: number; readonly isMore: boolean }
  | { readonly kind: 'swapped' }
  | { readonly kind: 'digit' };

const FACTORS = [10, 100, 1000, 1_000_000];
/** Real figures move a little besides. */
const NEARLY = 0.1;
/** With fewer digits a figure looks like another by chance. */
const DIGITS = 4;
/** The shares by which swapped digits, or one wrong digit, must change a figure to be told apart from real change. */
const SWAPPED = 0.02;
const WRONG = 0.05;

/** The slip that explains a figure by the one before: another unit, two digits swapped, one digit wrong; null for none. */
export function findSlip(before: Figure, now: Figure): Slip | null {
  const ratio = Number(now) / Number(before);
  const change = Math.abs(ratio - 1);
  if (change <= SWAPPED) return null;
  for (const factor of FACTORS) {
    if (Math.abs(ratio / factor - 1) <= NEARLY) return { kind: 'unit', factor, isMore: true };
    if (Math.abs(ratio * factor - 1) <= NEARLY) return { kind: 'unit', factor, isMore: false };
  }
  const places = differences(String(before), String(now));
  const [first, second] = places;
  if (first === undefined) return null;
  const [old, fresh] = [String(before), String(now)];
  const isSwap =
    places.length === 2 && second === first + 1 && old[first] === fresh[second] && old[second] === fresh[first];
  if (isSwap) return { kind: 'swapped' };
  return places.length === 1 && change > WRONG ? { kind: 'digit' } : null;
}

/** The places at which two numbers of the same form differ; none where their forms do, or too few digits tell. */
function differences(before: string, now: string): number[] {
  const telling = Math.max(...[before, now].map((text) => text.replace('.', '').replace(/0+$/, '').length));
  if (before.length !== now.length || before.indexOf('.') !== now.indexOf('.') || telling < DIGITS) return [];
  return [...now].flatMap((digit, index) => (digit === before[index] ? [] : [index]));
}

/** A figure with the one before it. */
export interface Slipped {
  readonly value: string;
  readonly point: Point;
  readonly figure: Figure;
  readonly before: Point;
  readonly was: Figure;
}

/** W5: tells of a slip. */
export function addSlip(problems: Problems, slip: Slip, { value, point, figure, before, was }: Slipped): void {
  const where = before.line === null ? { id: 'sudah terbit', en: 'published' } : lineOf(before.line);
  problems.add(
    'W5',
    {
      id: `${figure} setelah ${was} (${before.period.date}, ${where.id}): ${describe(slip).id}`,
      en: `${figure} after ${was} (${before.period.date}, ${where.en}): ${describe(slip).en}`,
    },
    { row: point.line ?? 0, column: value, raw: String(figure), suggestion: adviceOf(slip) },
  );
}

function lineOf(line: number): Bilingual {
  return { id: `baris ${line}`, en: `line ${line}` };
}

function describe(slip: Slip): Bilingual {
  if (slip.kind === 'swapped') return { id: 'dua angka bertukar tempat', en: 'two digits have changed places' };
  if (slip.kind === 'digit') return { id: 'hanya satu angka yang berbeda', en: 'one digit only is different' };
  return slip.isMore
    ? { id: `kira-kira ${slip.factor} kali lipat`, en: `about ${slip.factor} times as much` }
    : { id: `kira-kira seper-${slip.factor}`, en: `about ${slip.factor} times less` };
}

function adviceOf(slip: Slip): Bilingual {
  if (slip.kind === 'unit')
    return {
      id: 'periksa satuannya: mungkin ribuan dikirim sebagai satuan, atau sebaliknya',
      en: 'look at the unit: thousands may have been sent as ones, or the other way round',
    };
  return {
    id: 'mungkin salah ketik: bandingkan dengan sumbernya',
    en: 'it may be a slip of the hand: compare it with the source',
  };
}
