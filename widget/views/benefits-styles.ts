/** The benefits' own rules. */
export const styles = `
  .paid {
    margin-top: 1em;
  }
  .paid ul {
    padding: 0;
    list-style: none;
  }
  .paid p,
  .paid li {
    display: flex;
    flex-wrap: wrap;
    gap: 0 1em;
    justify-content: space-between;
  }
  .paid li {
    padding: 0.35em 0;
    border-top: 1px solid var(--line);
  }
  .paid .small {
    flex-basis: 100%;
  }
  .paid .bar {
    height: 8px;
    margin: 0.3em 0;
  }
`;
