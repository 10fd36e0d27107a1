import type { Page, Site } from './site.js';

/** A page that does the tag harm, and what must hold of it all the same. */
export interface HostilePage extends Page {
  readonly name: string;
  /** By default a figure in its own dress without a complaint; `plain` asks for number, date and link alone. */
  readonly wants?: 'dressed' | 'plain';
  /** How large the letters of the card are, in pixels; 15 when not given. */
  readonly letters?: number;
  /** Another promise, as an expression of the page that is empty where it is kept. */
  readonly also?: string;
}

const TAG = '<coverage-widget region="19.03" heading-level="2"><a href="/angka">lihat angkanya</a></coverage-widget>';
const RESET = `*,*::before,*::after{margin:0!important;padding:0!important;border:0!important;font:inherit!important;
  color:inherit!important;background:none!important;line-height:1!important;letter-spacing:normal!important;
  text-transform:none!important;box-sizing:content-box!important;list-style:none!important}
  svg,svg *{width:auto!important;height:auto!important;fill:currentColor!important} b,strong{font-weight:400!important}`;

/** `policies` are the names that the tag makes Trusted Types policies under. */
export function hostilePages(site: Site, policies: string): readonly HostilePage[] {
  const style = (css: string) => `<style>${css}</style>`;
  const typed = (names: string) => ({
    'content-security-policy': `require-trusted-types-for 'script'; trusted-types ${names}`,
  });
  return [
    { name: 'a plain page', body: TAG, also: 'probe.inlineStyles()' },
    {
      name: 'the strictest policy',
      body: TAG.replace('region', `api="${site.api}" region`),
      headers: {
        'content-security-policy': `default-src 'none'; script-src ${site.cdn}; connect-src ${site.api}`,
      },
    },
    { name: 'Trusted Types with our policy', body: TAG, headers: typed(policies) },
    {
      name: 'Trusted Types with our policy, and another Lit',
      body: `${TAG}<div id="other"></div><script type="module">
        import { html, render } from '${site.cdn}/lit/lit-html.js';
        render(html\`<p id="there">\${'Lit lain'}</p>\`, document.querySelector('#other'));</script>`,
      headers: typed([...new Set([policies, 'lit-html'])].join(' ')),
      also: `document.querySelector('#there') ? '' : 'the other Lit shows nothing'`,
    },
    { name: "trusted-types 'none'", body: TAG, headers: typed("'none'"), wants: 'plain' },
    {
      name: 'a frame of origin null',
      body: TAG,
      headers: { 'content-security-policy': 'sandbox allow-scripts' },
      also: `origin === 'null' ? '' : origin`,
    },
    {
      name: 'the module from two addresses',
      body: `${TAG}<script type="module" src="${site.cdn}/copy/coverage-widget.js"></script>`,
    },
    { name: 'html{font-size:62.5%}', body: TAG, head: style('html{font-size:62.5%}') },
    { name: '*{all:unset!important}', body: TAG, head: style('*,*::before,*::after{all:unset!important}') },
    { name: 'a reset with !important', body: TAG, head: style(RESET) },
    {
      name: 'huge letters around it',
      body: TAG,
      head: style('body{font:italic 900 40px/3 serif;letter-spacing:.3em;text-align:right;word-spacing:2em}'),
    },
    {
      name: 'a parent from right to left',
      body: `<div dir="rtl">${TAG}</div>`,
      also: `probe.style('card', 'direction') === 'ltr' ? '' : 'reads from right to left'`,
    },
    {
      name: 'a flex row that squeezes it',
      body: `<div style="display:flex;width:300px"><p>Teks</p>${TAG}</div>`,
      also: 'probe.overrun()',
    },
    {
      name: 'text at 200 percent in 320 px',
      body: `<div style="width:320px">${TAG}</div>`,
      head: style('coverage-widget{--cakupan-font-size:30px}'),
      letters: 30,
      also: 'probe.overrunOf(document.querySelector("div"))',
    },
  ];
}
