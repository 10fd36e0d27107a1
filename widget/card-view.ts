/**
 * What a card says and how it looks, without a document to show it in: for servers that draw the same card as a picture,
 * a table or a line of text. The tag is made of the same modules, so the two cannot differ in a word or a digit.
 */
export type { Answer, Coverage, Refusal, Region, Source } from './answer.js';
export { type Read, readAnswer } from './answer.js';
export { filledOf, lookOf } from './extent.js';
export { createFormat, type Format } from './format.js';
export { DARK, LIGHT, type Palette } from './palette.js';
export { codesFor } from './query.js';
export { type Entry, type Reader, type View, viewOf, wholeValue } from './view.js';
export { type Language, languageOf, WORDS, type Words } from './words.js';
