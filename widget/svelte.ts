import type { HTMLAttributes } from 'svelte/elements';
import type { CoverageWidget } from './coverage-widget.js';
import type { CoverageAttributes, CoverageEvents } from './tag.js';

/** The tag in templates of Svelte 5, which hands an event on by its own name: `oncoverage-ready`. */
type Props = Omit<HTMLAttributes<CoverageWidget>, keyof CoverageAttributes> &
  CoverageAttributes & {
    [Name in keyof CoverageEvents as `on${Name}`]?: ((event: CoverageEvents[Name]) => void) | undefined;
  };

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    'coverage-widget': Props;
  }
}
