import { CoverageWidget } from '@cakupan/coverage-widget/define';

/** Where the figures of the whole site come from: the page's address says it. */
CoverageWidget.api = new URLSearchParams(globalThis.location?.search).get('api') ?? undefined;
