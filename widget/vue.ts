import type { HTMLAttributes, PublicProps } from 'vue';
import type { CoverageWidget } from './coverage-widget.js';
import type { CoverageAttributes, CoverageEvents } from './tag.js';

/** `as-of` as `asOf`, which is how templates of Vue are checked. */
type Camel<Name extends string> = Name extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<Camel<Tail>>}`
  : Name;

type Props = PublicProps &
  Omit<HTMLAttributes, keyof CoverageAttributes> & {
    [Name in keyof CoverageAttributes as Camel<Name>]: CoverageAttributes[Name];
  } & {
    [Name in keyof CoverageEvents as `on${Capitalize<Camel<Name>>}`]?: (event: CoverageEvents[Name]) => void;
  };

declare module 'vue' {
  interface GlobalComponents {
    'coverage-widget': new () => CoverageWidget & { $props: Props };
  }
}
