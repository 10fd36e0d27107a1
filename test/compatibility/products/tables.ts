import { NAME } from './name.js';

/** Where the rows lie. Columns as in datasets.ts, with the interval of instants and the release of each row. */
export const PRODUCT = `${NAME}_product`;
export const STUDY = `${NAME}_study`;
export const DEPRECATED = `${NAME}_deprecated`;
