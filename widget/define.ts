import { CoverageWidget } from './coverage-widget.js';

declare global {
  interface HTMLElementTagNameMap {
    'coverage-widget': CoverageWidget;
  }
}

/** Gives the tag its name; a page that loads us twice keeps the first. */
if (!customElements.get('coverage-widget')) customElements.define('coverage-widget', CoverageWidget);

export { CoverageWidget };
