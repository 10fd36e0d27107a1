/** The colours of a card where nobody sets others. */
export interface Palette {
  readonly ink: string;
  readonly muted: string;
  readonly line: string;
  readonly fill: string;
  readonly warn: string;
  readonly paper: string;
}

export const LIGHT: Palette = {
  ink: '#14231f',
  muted: '#55635d',
  line: '#dfe5e1',
  fill: '#0b7a5c',
  warn: '#9c4511',
  paper: '#fff',
};

export const DARK: Palette = {
  ink: '#e9f1ed',
  muted: '#a3b5ad',
  line: '#2b3a34',
  fill: '#3fc79b',
  warn: '#f0a06a',
  paper: '#121a17',
};
