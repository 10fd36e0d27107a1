import { placesStyles } from './places-styles.js';

/**
 * A shade lies under the text with so little of the fill that ink reads on it; only the last one is full, under
 * paper. A map is never mirrored, and no narrower than its numbers: then it scrolls. Text in a tile is at least
 * 11 px, and two lines of name leave the number whole.
 */
export const mapStyles = `
  ${placesStyles}
  .map {
    container-type: inline-size;
  }
  .tiles {
    display: grid;
    gap: 4px;
    margin-top: 0.5em;
    overflow-x: auto;
    direction: ltr;
  }
  [role=row] {
    display: grid;
    grid-auto-flow: column;
    grid-auto-columns: minmax(2.4em, 6.6em);
    gap: 4px;
  }
  .tile {
    display: flex;
    position: relative;
    flex-flow: column;
    justify-content: space-between;
    aspect-ratio: 1;
    padding: 2px;
    border: 1px solid var(--line);
    border-radius: 5px;
    overflow: hidden;
    line-height: 1.15;
    container-type: inline-size;
  }
  .tile::before {
    position: absolute;
    inset: 0;
    background: var(--fill);
    content: '';
    opacity: 0;
  }
  .shade0::before {
    opacity: 0.14;
  }
  .shade1::before {
    opacity: 0.3;
  }
  .shade2::before {
    opacity: 0.5;
  }
  .shade3::before {
    opacity: 1;
  }
  .shade3 {
    color: var(--paper);
  }
  .notComparable,
  .unstated {
    border: 2px dashed var(--warn);
  }
  .OVER_100 {
    border-right: 5px solid var(--warn);
  }
  .noFigure,
  .withdrawn {
    color: var(--muted);
  }
  .tile.withheld {
    background: repeating-linear-gradient(135deg, var(--muted) 0 1px, var(--paper) 1px 5px);
  }
  .withheld > * {
    align-self: start;
    background: var(--paper);
  }
  .tile > * {
    position: relative;
    font-size: 0.75em;
  }
  .tile > .said {
    position: absolute;
    inset: 0;
    overflow: hidden;
    opacity: 0;
  }
  .tile b {
    font-size: 0.8em;
  }
  .brief,
  .tile b {
    white-space: nowrap;
  }
  .usual {
    display: none;
  }
  @container (min-width: 3.2em) {
    .brief {
      display: none;
    }
    .usual {
      display: block;
      max-height: 2.3em;
      overflow: hidden;
    }
    .tile b {
      font-size: 1em;
    }
  }
  .tile:focus-visible {
    outline: 3px solid;
    outline-offset: -3px;
  }
  .line {
    min-height: 2.9em;
    margin: 0.4em 0;
  }
  .legend {
    display: flex;
    flex-flow: wrap;
    gap: 0.3em 1.1em;
  }
  .legend .tile {
    display: inline-block;
    width: 1.2em;
    padding: 0;
    border-radius: 3px;
    font-style: normal;
    line-height: 1;
    text-align: center;
    vertical-align: -0.25em;
  }
`;
