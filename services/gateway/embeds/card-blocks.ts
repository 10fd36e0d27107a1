import { type Entry, filledOf, lookOf, type View, type Words, wholeValue } from '@cakupan/coverage-widget/card-view';
import { attributesOf, type Block, framed, gap, paragraph, round, stack, type TextLook, textAt } from './block.js';
import { whole, widthOf } from './text-lines.js';
import { escapeXml } from './xml.js';

/** Sizes of the mock-up, in pixels. */
const EYEBROW: TextLook = { size: 12, colour: 'muted' };
const NAME: TextLook = { size: 19, isBold: true, colour: 'ink' };
const QUALIFIER: TextLook = { size: 19, isBold: true, colour: 'muted' };
const NUMBER: TextLook = { size: 50, isBold: true, colour: 'ink' };
const WHAT: TextLook = { size: 15, colour: 'muted' };
const SMALL: TextLook = { size: 13, colour: 'muted' };
const REMARK: TextLook = { size: 13, colour: 'warn' };
const PLACE: TextLook = { size: 15, isBold: true, colour: 'ink' };

/** Where the blocks of a card stand: their left edge, and how wide they are. */
export interface Column {
  readonly left: number;
  readonly width: number;
}

/** A card from its eyebrow to its context; what stands at its foot is apart, because that keeps to the lower edge. */
export function bodyOf({ main, rows }: View, words: Words, isStale: boolean, column: Column): Block {
  const { isNumber, isWithheld, details, remarks, drawn } = main;
  const notes = isStale ? [...remarks, words.stale] : remarks;
  return stack([
    headOf(words.eyebrow, main.name, column),
    isNumber ? figureOf(main, column) : paragraph(main.value, column.left, column.width, QUALIFIER),
    ...(isNumber || isWithheld ? [gap(10), bar(drawn, 12, column)] : []),
    gap(8),
    small(details, column),
    ...notes.flatMap((note) => [gap(8), framed(note, column.left, column.width, REMARK)]),
    ...(rows.length > 0 ? [gap(12), rule(column)] : []),
    ...rows.flatMap((row) => [rowOf(row, column), rule(column)]),
  ]);
}

/** Why there is no figure, in the place of one. */
export function reasonOf(words: Words, reason: string, message: string, column: Column): Block {
  return stack([headOf(words.eyebrow, reason, column), paragraph(message, column.left, column.width, WHAT)]);
}

export function footOf({ sources, edition }: View, words: Words, column: Column): Block {
  const publishers = sources.map(({ publisher }) => publisher).join(', ');
  const lines = [publishers && `${words.source} ${publishers}`, edition].filter(Boolean);
  return stack([gap(10), ...lines.map((line) => small(line, column))]);
}

function headOf(eyebrow: string, name: string, { left, width }: Column): Block {
  const spaced = eyebrow.toUpperCase();
  return stack([
    {
      height: 20,
      draw: (top) =>
        `<text x="${left}" y="${round(top + 13)}" letter-spacing=".72" ${attributesOf(EYEBROW)}>${escapeXml(spaced)}</text>`,
    },
    paragraph(name, left, width, NAME),
    gap(6),
  ]);
}

interface Piece {
  readonly text: string;
  readonly look: TextLook;
}

/** `sekitar 21%` and whose share it is, in one line where that has room. */
function figureOf({ qualifier, value, what, asAt }: Entry, { left, width }: Column): Block {
  const about = qualifier ? [{ text: qualifier, look: QUALIFIER }] : [];
  const number = { text: value, look: NUMBER };
  const rest = { text: `${what}, ${whole(asAt)}`, look: WHAT };
  const below = paragraph(rest.text, left, width, WHAT);
  if (widthOfAll([...about, number, rest]) <= width) return lineOf([...about, number, rest], left);
  if (widthOfAll([...about, number]) <= width) return stack([lineOf([...about, number], left), below]);
  return stack([paragraph(qualifier, left, width, QUALIFIER), lineOf([number], left), below]);
}

/** Between two pieces of one line. */
const SPACE = 9;

function widthOfAll(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, { text, look }) => sum + widthOf(text, look.size, look.isBold) + SPACE, -SPACE);
}

/** Pieces one after the other, each as wide as the reader's font makes it. */
function lineOf(pieces: readonly Piece[], left: number): Block {
  const spans = pieces.map(
    ({ text, look }, i) => `<tspan${i > 0 ? ` dx="${SPACE}"` : ''} ${attributesOf(look)}>${escapeXml(text)}</tspan>`,
  );
  return { height: 54, draw: (top) => `<text x="${left}" y="${round(top + 43)}">${spans.join('')}</text>` };
}

/** The same bar as the tag's: full with a mark when it is more, hatched and without a length when it is withheld. */
function bar(percent: number | null, height: number, { left, width }: Column): Block {
  const look = lookOf(percent);
  const [rx, filled] = [height / 2, (width * filledOf(percent)) / 100];
  return {
    height,
    draw(top) {
      const box = (wide: number, colour: string) =>
        `<rect x="${left}" y="${round(top)}" width="${round(wide)}" height="${height}" rx="${rx}" class="${colour}"/>`;
      const mark = `<path d="M${round(left + width - 3)} ${round(top)}v${height}" class="mark"/>`;
      if (look === 'withheld') return box(width, 'line') + box(width, 'hatched');
      return box(width, 'line') + (filled > 0 ? box(filled, 'fill') : '') + (look === 'over' ? mark : '');
    },
  };
}

/** A region above: its name and figure in one line, what the figure is below it. */
function rowOf(entry: Entry, column: Column): Block {
  const { name, details, drawn } = entry;
  const { left, width } = column;
  const said = wholeValue(entry);
  const saidWidth = Math.min(widthOf(said, PLACE.size, true), width / 2);
  const isBeside = widthOf(said, PLACE.size, true) <= width / 2;
  const place = paragraph(name, left, isBeside ? width - saidWidth - 12 : width, PLACE);
  const beside: Block = {
    height: place.height,
    draw: (top) => place.draw(top) + textAt(said, left + width, top + PLACE.size * 1.05, PLACE, 'end'),
  };
  return stack([
    gap(8),
    ...(isBeside ? [beside] : [place, paragraph(said, left, width, PLACE)]),
    small(details, column),
    gap(8),
    ...(drawn === null ? [] : [bar(drawn, 4, column)]),
  ]);
}

function small(text: string, { left, width }: Column): Block {
  return paragraph(text, left, width, SMALL);
}

function rule({ left, width }: Column): Block {
  return { height: 1, draw: (top) => `<path d="M${left} ${round(top + 0.5)}h${width}" class="rule"/>` };
}
