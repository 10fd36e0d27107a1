/** What ranking and map look like where they list regions. */
export const placesStyles = `
  ul,
  ol {
    padding: 0;
    list-style: none;
  }
  .why {
    margin: 1.1em 0 0.2em;
    font-weight: 600;
  }
  .why::first-letter {
    text-transform: uppercase;
  }
  li {
    display: grid;
    grid-template-columns: 1fr auto;
    gap: 0 0.8em;
    padding: 0.4em 0;
    border-bottom: 1px solid var(--line);
  }
  li .small {
    grid-column: 1/3;
  }
`;
