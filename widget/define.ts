import { CoverageWidget } from './coverage-widget.js';

/** Gives the tag its name, unless it has one already; a server, which has no tags, goes without. */
if (globalThis.customElements && !customElements.get('coverage-widget')) {
  customElements.define('coverage-widget', CoverageWidget);
}

export type { CoverageAttributes, CoverageEvents } from './tag.js';
export { CoverageWidget };
