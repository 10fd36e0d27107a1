import { CoverageWidget } from '@cakupan/coverage-widget';

/** A site that gives the class a name of its own. */
CoverageWidget.api = new URLSearchParams(location.search).get('api') ?? undefined;
customElements.define('angka-cakupan', CoverageWidget);

const tag = document.createElement('angka-cakupan');
tag.setAttribute('region', '19.03');
document.querySelector('#page')?.append(tag);
