import { placesStyles } from './places-styles.js';

/** On a narrow card the bar lies below the name, on a wide one between name and value. */
export const rankingStyles = `
  ${placesStyles}
  .ranking {
    container-type: inline-size;
  }
  .ranking ol {
    margin: 0.6em 0 0;
  }
  .place {
    display: grid;
    grid-template: 'rank who value' 'rank bar bar' 'rank when when' / 1.8em 1fr auto;
    gap: 0 0.6em;
    align-items: baseline;
    padding: 0.5em 0;
    border-bottom: 1px solid var(--line);
  }
  .rank {
    grid-area: rank;
    color: var(--muted);
    text-align: right;
  }
  .who {
    grid-area: who;
    font-weight: 600;
  }
  .place b {
    grid-area: value;
    max-width: 5.5em;
    text-align: right;
  }
  .place .bar {
    grid-area: bar;
    height: 7px;
    margin: 0.35em 0;
  }
  .place .when {
    grid-area: when;
  }
  @container (min-width: 36em) {
    .place {
      grid-template: 'rank who bar value' 'rank when when when' / 1.8em 14em 1fr 10.5em;
      column-gap: 1em;
    }
    .place .bar {
      height: 12px;
      margin: 0;
      align-self: center;
    }
    .place b {
      max-width: none;
    }
  }
`;
