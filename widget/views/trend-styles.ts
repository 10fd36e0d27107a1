/** The trend's own rules. The picture is as wide as its place and its words are as large as the card's, whatever the width. */
export const styles = `
  .trend {
    container-type: inline-size;
  }
  .trend svg {
    overflow: visible;
    stroke: var(--line);
  }
  .course {
    width: calc(100% - 2em);
    height: 11em;
    margin: 1em 0 2em 2em;
  }
  text {
    fill: var(--muted);
    font-size: 0.8em;
    paint-order: stroke;
    stroke: var(--paper);
    stroke-width: 3px;
  }
  .main {
    fill: var(--ink);
    font-weight: 600;
  }
  .base,
  .mark,
  .gap {
    stroke: var(--muted);
  }
  .line,
  circle {
    stroke: var(--fill);
  }
  .warn,
  .hollow {
    stroke: var(--warn);
  }
  .mark,
  circle {
    fill: none;
    stroke-dasharray: 3;
  }
  .gap {
    stroke-width: 8px;
    stroke-dasharray: 1.5 4;
  }
  .line,
  .hollow {
    stroke-width: 2px;
  }
  .dot {
    fill: var(--fill);
    stroke: var(--paper);
  }
  .hollow {
    fill: var(--paper);
  }
  .w1,
  .w2 {
    display: none;
  }
  @container (min-width: 22em) {
    .w1 {
      display: inline;
    }
  }
  @container (min-width: 38em) {
    .w2 {
      display: inline;
    }
  }
  li::first-letter {
    text-transform: uppercase;
  }
  ul {
    padding: 0;
    list-style: none;
  }
  .key {
    display: grid;
    grid-template-columns: 1.2em 1fr;
  }
  .key svg {
    width: 0.9em;
  }
  li b {
    color: var(--ink);
  }
  @media (forced-colors: active) {
    .trend {
      --ink: CanvasText;
      --muted: CanvasText;
      --line: GrayText;
      --fill: CanvasText;
      --warn: CanvasText;
      --paper: Canvas;
    }
  }
`;
