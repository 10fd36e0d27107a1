/** What the types of the package take and what they refuse; nothing here is run. */
import type { CoverageEvents } from '@cakupan/coverage-widget';
import '@cakupan/coverage-widget/define';
import type {} from '@cakupan/coverage-widget/react';
import type {} from '@cakupan/coverage-widget/svelte';
import type {} from '@cakupan/coverage-widget/vue';
import type { SvelteHTMLElements } from 'svelte/elements';
import type { GlobalComponents } from 'vue';

const tag = document.querySelector('coverage-widget');
export const edition: string | null | undefined = tag?.asOf;
tag?.addEventListener('coverage-ready', ({ detail }) => detail.region.coverage?.percent?.toFixed());
document.addEventListener('coverage-error', ({ detail }) => detail.code.length);
export const told: CoverageEvents['coverage-error']['detail'] = { code: 'UNKNOWN_REGION', message: '' };
// @ts-expect-error: a refusal has no region
tag?.addEventListener('coverage-error', ({ detail }) => detail.region);
// @ts-expect-error: no such property
tag?.asof;

export const react = [
  <coverage-widget region="19.03" view="trend" as-of="2025-06-30" heading-level={2} live compact={false} key="all" />,
  <coverage-widget lang="en" theme="auto" refresh={30} compare="19 00" api="" className="lebar" key="more" />,
  <coverage-widget oncoverage-ready={({ detail, currentTarget }) => [detail.region.name, currentTarget]} key="heard" />,
  <coverage-widget oncoverage-error={({ detail }) => detail.message} ref={(each) => void each?.region} key="refused" />,
  // @ts-expect-error: a code is text, or its dots and zeros go
  <coverage-widget region={19.03} key="code" />,
  // @ts-expect-error: no such view
  <coverage-widget view="table" key="view" />,
  // @ts-expect-error: present or not
  <coverage-widget live="yes" key="live" />,
  // @ts-expect-error: no such attribute
  <coverage-widget wilayah="19.03" key="attribute" />,
  // @ts-expect-error: headings have six levels
  <coverage-widget heading-level={7} key="level" />,
  // @ts-expect-error: a figure has no message
  <coverage-widget oncoverage-ready={({ detail }) => detail.message} key="detail" />,
];

type VueProps = InstanceType<GlobalComponents['coverage-widget']>['$props'];
export const vue: VueProps[] = [
  { region: '19.03', view: 'map', asOf: '2025-06-30', headingLevel: 2, live: true, compact: false, class: 'lebar' },
  { lang: 'id', theme: 'dark', refresh: 30, onCoverageReady: ({ detail }) => detail.region.name },
  // @ts-expect-error: a code is text
  { region: 19.03 },
  // @ts-expect-error: no such view
  { view: 'table' },
  // @ts-expect-error: present or not
  { live: 'yes' },
  // @ts-expect-error: no such attribute
  { wilayah: '19.03' },
  // @ts-expect-error: a refusal has no region
  { onCoverageError: ({ detail }) => detail.region },
];

export const svelte: SvelteHTMLElements['coverage-widget'][] = [
  { 'region': '19.03', 'view': 'ranking', 'as-of': '2025-06-30', 'heading-level': 2, 'live': true, 'class': 'lebar' },
  { 'lang': 'en', 'oncoverage-stale': ({ detail }) => detail.isStale },
  // @ts-expect-error: a code is text
  { region: 19.03 },
  // @ts-expect-error: no such view
  { view: 'table' },
  // @ts-expect-error: present or not
  { live: 'yes' },
  // @ts-expect-error: no such attribute
  { wilayah: '19.03' },
  // @ts-expect-error: a refusal has no region
  { 'oncoverage-error': ({ detail }) => detail.region },
];
