import type { TemplateResult } from 'lit/html.js';
import type { Source } from './answer.js';
import type { Reader } from './view.js';

/** What the module of a view other than the card gives; it is loaded when a tag asks for that view. */
export interface ViewModule {
  /** Its own rules, beside those of the card. */
  readonly styles: string;
  /** What to show of the region that the API answered for this view; null where that is not what was asked for. */
  draw(answer: unknown, reader: Reader): Drawing | null;
}

/** A region's figures as a picture, and the same figures as a table. */
export interface Drawing {
  /** Stands above the region's name, and says what is seen. */
  readonly title: string;
  /** The region's name. */
  readonly name: string;
  readonly picture: TemplateResult;
  readonly table: Table;
  readonly sources: readonly Source[];
}

export interface Table {
  readonly caption: string;
  readonly columns: readonly string[];
  /** Cells as people read them; the first is the head of its row. */
  readonly rows: readonly (readonly string[])[];
}
