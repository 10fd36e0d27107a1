import { CoverageWidget } from './coverage-widget.js';

/** The module that partners load by its address: whoever serves it serves the figures too. */
CoverageWidget.api = new URL(import.meta.url).origin;

/** A page that loads us twice keeps the first. */
if (!customElements.get('coverage-widget')) customElements.define('coverage-widget', CoverageWidget);

export { CoverageWidget };
