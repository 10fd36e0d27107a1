import { DARK, LIGHT, type Palette } from './palette.js';

const rulesOf = (colourOf: (name: keyof Palette) => string) =>
  Object.keys(LIGHT)
    .map((name) => `--${name}:var(--cakupan-${name},${colourOf(name as keyof Palette)});`)
    .join('');

/**
 * Sizes in px and em only: a page's own root size must not break the card. It is dark where the page is, by the page's
 * `color-scheme`; a browser that cannot follow that (before 2024) is told so by the theme alone.
 */
export const styles = `
  :host {
    all: initial;
    display: block;
    color-scheme: inherit;
    direction: ltr;
    ${rulesOf((name) => LIGHT[name])}
  }
  :host([hidden]) {
    display: none;
  }
  :host([theme=light]) {
    color-scheme: light;
  }
  :host([theme=dark]) {
    color-scheme: dark;
    ${rulesOf((name) => DARK[name])}
  }
  @supports (color: light-dark(red, red)) {
    :host {
      ${rulesOf((name) => `light-dark(${LIGHT[name]},${DARK[name]})`)}
    }
  }
  @media (forced-colors: active) {
    .card {
      --ink: CanvasText;
      --muted: CanvasText;
      --line: CanvasText;
      --warn: CanvasText;
      --fill: Highlight;
      --paper: Canvas;
    }
    .card .bar {
      outline: 1px solid;
      background-color: Canvas;
    }
  }
  * {
    box-sizing: border-box;
    margin: 0;
  }
  .card {
    display: grid;
    grid-template-rows: 1fr auto;
    height: 100%;
    padding: 1.25em;
    border: 1px solid var(--line);
    border-radius: var(--cakupan-radius, 10px);
    background: var(--paper);
    color: var(--ink);
    font: var(--cakupan-font-size, 15px)/1.45 var(--cakupan-font, system-ui, sans-serif);
    font-variant-numeric: tabular-nums;
    overflow-wrap: anywhere;
  }
  .room,
  .body {
    grid-area: 1/1;
    display: flex;
    flex-flow: column;
  }
  .room {
    padding-bottom: 5px;
    visibility: hidden;
  }
  .eyebrow,
  .figure,
  .small {
    color: var(--muted);
  }
  .small,
  .note {
    font-size: 0.87em;
  }
  .name,
  .qualifier {
    font-size: 1.27em;
  }
  .eyebrow {
    font-size: 0.8em;
    letter-spacing: 0.06em;
    text-transform: uppercase;
  }
  .name {
    margin: 0.1em 0 0.5em;
    line-height: 1.25;
  }
  .figure,
  .notes,
  footer {
    display: flex;
    flex-flow: wrap;
    gap: 0.4em 1em;
  }
  .figure {
    align-items: baseline;
    gap: 0.2em 0.6em;
  }
  .qualifier,
  dl div {
    font-weight: 600;
  }
  .number {
    color: var(--ink);
    font-size: 3.2em;
    letter-spacing: -0.02em;
    line-height: 1.1;
  }
  .number,
  .whole {
    white-space: nowrap;
  }
  .bar {
    width: 100%;
    height: 12px;
    margin: 0.9em 0 0.5em;
    border-radius: 6px;
    background: var(--line);
    fill: var(--fill);
  }
  .withheld {
    background: repeating-linear-gradient(135deg, var(--muted) 0 2px, var(--line) 2px 8px);
  }
  .over {
    border-right: 5px solid var(--warn);
    border-radius: 6px 0 0 6px;
  }
  .note {
    align-self: start;
    padding: 0.2em 0.6em;
    border: 1px solid;
    border-radius: 6px;
    color: var(--warn);
  }
  .notes,
  .status {
    margin-top: 0.6em;
  }
  :empty:is(p, span, dl) {
    display: none;
  }
  dl {
    margin: 0.9em 0 0.3em;
    border-top: 1px solid var(--line);
  }
  dl div {
    display: grid;
    position: relative;
    grid-template-columns: 1fr auto;
    gap: 0.15em 0.8em;
    padding: 0.6em 0;
    border-bottom: 1px solid var(--line);
  }
  dd.small {
    grid-column: 1/3;
    font-weight: 400;
  }
  dd .bar {
    position: absolute;
    inset: auto 0 -2px;
    height: 4px;
    margin: 0;
  }
  footer {
    order: 1;
    margin-top: auto;
    padding-top: 0.6em;
  }
  a {
    color: inherit;
  }
  .aim {
    fill: var(--ink);
  }
  .room .picture {
    height: 25em;
  }
  .tab {
    padding-top: 0.5em;
  }
  .view {
    height: 0;
    min-height: 100%;
  }
  .view .picture {
    flex: 1;
    overflow: auto;
  }
  .view footer {
    max-height: 7em;
    overflow: auto;
  }
`;
