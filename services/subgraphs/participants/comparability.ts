/** What decides whether two figures may stand side by side. */
export interface Comparable {
  readonly indicatorId: string;
  readonly comparabilityGroup: string | null;
  readonly category: string;
}

/** The group of a figure: its indicator's, and for a category's coverage one group per category. Null: comparable with nothing. */
export function groupOf({ comparabilityGroup, category }: Comparable): string | null {
  if (comparabilityGroup === null) return null;
  return category === 'ALL' ? comparabilityGroup : `${comparabilityGroup}:${category}`;
}

/** True when all of them may be compared with one another; one alone, or none, always may. */
export function areComparable(figures: readonly Comparable[]): boolean {
  const groups = new Set(figures.map(groupOf));
  return figures.length < 2 || (groups.size === 1 && !groups.has(null));
}
