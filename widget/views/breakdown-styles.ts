/** A union is outlined; a bar of its own kind is never taken for a part. */
export const breakdownStyles = `
  .breakdown {
    columns: 22em;
    column-gap: 2.5em;
  }
  .breakdown > * {
    padding-top: 0.8em;
    break-inside: avoid;
  }
  ul {
    padding: 0;
    list-style: none;
  }
  .why {
    font-weight: 600;
  }
  .program {
    margin-top: 0.7em;
  }
  li {
    display: grid;
    grid-template-columns: 1fr auto;
    gap: 0 0.8em;
    align-items: baseline;
    padding: 0.35em 0;
  }
  li + li {
    border-top: 1px solid var(--line);
  }
  li b {
    max-width: 9em;
    text-align: right;
  }
  li > :not(b) {
    grid-column: 1/3;
  }
  li .bar {
    height: 9px;
    margin: 0.3em 0;
  }
  .union rect {
    fill-opacity: 0.2;
    stroke: var(--fill);
    stroke-width: 3px;
  }
`;
