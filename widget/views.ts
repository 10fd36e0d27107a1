import type { ViewModule } from './drawing.js';
import type { Part } from './query.js';

/** The views other than the card: what each asks for, and where its module is. */
const VIEWS: Readonly<Record<string, readonly [Part, () => Promise<ViewModule>]>> = {
  trend: ['trends', () => import('./views/trend.js')],
  breakdown: ['breakdowns', () => import('./views/breakdown.js')],
  ranking: ['places', () => import('./views/ranking.js')],
  map: ['places', () => import('./views/map.js')],
  benefits: ['benefits', () => import('./views/benefits.js')],
};

/** What the view asks for; a view that nobody knows is the card. */
export function partOf(view: string | null): Part {
  return VIEWS[view ?? '']?.[0] ?? 'cards';
}

/** The module of a view; none for the card. */
export function loadView(view: string | null): Promise<ViewModule> | undefined {
  return VIEWS[view ?? '']?.[1]();
}
