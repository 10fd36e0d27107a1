/** A row of a file as it stands, with the line it begins on. */
export interface Line {
  readonly line: number;
  readonly cells: readonly string[];
}

/** The rows of a CSV text, letter by letter; null where its quotes do not pair. A blank line is a row of one blank cell. */
export function readLines(text: string, separator: string): Line[] | null {
  const lines: Line[] = [];
  let [line, at] = [1, 0];
  while (at < text.length) {
    const begin = line;
    const cells: string[] = [];
    for (;;) {
      const cell = text[at] === '"' ? quotedCell(text, at) : bareCell(text, at, separator);
      if (!cell) return null;
      cells.push(cell.text);
      line += breaksIn(cell.text);
      at = cell.end;
      if (text[at] === separator) at += 1;
      else break;
    }
    if (at < text.length && text[at] !== '\n' && text[at] !== '\r') return null; // something after a closing quote
    at += text.startsWith('\r\n', at) ? 2 : 1;
    line += 1;
    lines.push({ line: begin, cells });
  }
  return lines;
}

interface Found {
  readonly text: string;
  /** Where what follows the cell begins. */
  readonly end: number;
}

function bareCell(text: string, start: number, separator: string): Found | null {
  let end = start;
  while (end < text.length && text[end] !== separator && text[end] !== '\n' && text[end] !== '\r') {
    if (text[end] === '"') return null;
    end += 1;
  }
  return { text: text.slice(start, end), end };
}

function quotedCell(text: string, start: number): Found | null {
  let found = '';
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] !== '"') found += text[at];
    else if (text[at + 1] === '"') {
      found += '"';
      at += 1;
    } else return { text: found, end: at + 1 };
  }
  return null;
}

function breaksIn(text: string): number {
  return text.split(/\r\n|\r|\n/).length - 1;
}
