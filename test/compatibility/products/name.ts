/** The name of this subgraph, as the package of the cases calls it; its datasets and tables are named after it. */
export const NAME = 'products';
