/** What the package gives by its name: the class, without giving the tag its name, and the types. */
export type { Answer, Bilingual, Coverage, Indicator, Refusal, Region, Source, Target } from './answer.js';
export { CoverageWidget } from './coverage-widget.js';
export type { CoverageAttributes, CoverageEvents } from './tag.js';
