/**
 * The name of this subgraph: that of its folder, in lower-case letters, digits and `_`. Its datasets and tables are named
 * after it, so that a copy of the folder with another name stands beside the first.
 */
export const NAME = '_example';
