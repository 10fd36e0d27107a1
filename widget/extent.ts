/** How a share looks on a scale from 0 to 100; null is a share that is withheld, and above 100 is real. */
export function lookOf(percent: number | null): 'withheld' | 'over' | '' {
  return percent === null ? 'withheld' : percent > 100 ? 'over' : '';
}

/** How much of the scale is filled, in percent: nothing where that would give a withheld share away. */
export function filledOf(percent: number | null): number {
  return Math.min(percent ?? 0, 100);
}
