import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { CoverageWidget } from './coverage-widget.js';
import type { CoverageAttributes, CoverageEvents } from './tag.js';

/** The tag in JSX of React 19, which hands an event on by its own name: `oncoverage-ready`. */
type Props = DetailedHTMLProps<HTMLAttributes<CoverageWidget>, CoverageWidget> &
  CoverageAttributes & {
    [Name in keyof CoverageEvents as `on${Name}`]?: ((event: CoverageEvents[Name]) => void) | undefined;
  };

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'coverage-widget': Props;
    }
  }
}
