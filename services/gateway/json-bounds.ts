/** What a text of JSON may hold. */
export interface JsonBounds {
  /** Lists and objects within one another. */
  readonly depth: number;
  /** Members of objects, all together. */
  readonly members: number;
  /** Members and items after the first of their object or list, all together. */
  readonly values: number;
}

const [QUOTE, BACKSLASH, COMMA, COLON] = [34, 92, 44, 58];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [91, 93, 123, 125];

/**
 * True for a text of JSON that holds more than it may, seen without parsing it: a megabyte of brackets takes the parser
 * half a second, and a quarter of one of different names a twentieth.
 */
export function isBeyond(text: string, { depth, members, values }: JsonBounds): boolean {
  let [open, colons, commas] = [0, 0, 0];
  let isInText = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (isInText) {
      if (code === BACKSLASH) index += 1;
      else if (code === QUOTE) isInText = false;
    } else if (code === QUOTE) isInText = true;
    else if (code === COMMA) commas += 1;
    else if (code === COLON) colons += 1;
    else if (code === CLOSE_LIST || code === CLOSE_OBJECT) open -= 1;
    else if (code === OPEN_LIST || code === OPEN_OBJECT) open += 1;
    if (open > depth || colons > members || commas > values) return true;
  }
  return false;
}
