import { NAME } from './name.js';

/** Where the rows lie. Columns as in datasets.ts, with the interval of instants and the release of each row. */
export const SOURCE = `${NAME}_source`;
export const WORKSHOP = `${NAME}_workshop`;
