import { linesOf, widthOf } from './text-lines.js';
import { escapeXml } from './xml.js';

/** A piece of a picture that is laid out from top to bottom. */
export interface Block {
  readonly height: number;
  /** As SVG, its upper edge at this height. */
  draw(top: number): string;
}

/** How a text looks: its size in pixels, its weight, and the class that colours it. */
export interface TextLook {
  readonly size: number;
  readonly isBold?: boolean;
  readonly colour: 'ink' | 'muted' | 'warn';
}

const LEADING = 1.4;
/** Where letters stand in their line, measured from its top. */
const BASELINE = 1.05;

/** A text in as many lines as it takes; nothing for no text. */
export function paragraph(text: string, left: number, width: number, look: TextLook): Block {
  const lines = linesOf(text, width, look.size, look.isBold);
  const step = look.size * LEADING;
  return {
    height: lines.length * step,
    draw: (top) => lines.map((line, i) => textAt(line, left, top + i * step + look.size * BASELINE, look)).join(''),
  };
}

/** One line of text, from `x` to the right or, at its end, to the left. */
export function textAt(text: string, x: number, baseline: number, look: TextLook, anchor = 'start'): string {
  const end = anchor === 'start' ? '' : ` text-anchor="${anchor}"`;
  return `<text x="${round(x)}" y="${round(baseline)}"${end} ${attributesOf(look)}>${escapeXml(text)}</text>`;
}

export function attributesOf({ size, isBold, colour }: TextLook): string {
  return `font-size="${size}"${isBold ? ' font-weight="600"' : ''} class="${colour}"`;
}

/** A text in a frame, as a remark that must not be missed. */
export function framed(text: string, left: number, width: number, look: TextLook): Block {
  const [side, above] = [8, 3];
  const inside = paragraph(text, left + side, width - 2 * side, look);
  const longest = Math.max(0, ...linesOf(text, width - 2 * side, look.size).map((line) => widthOf(line, look.size)));
  const [frameWidth, frameHeight] = [Math.min(width, longest + 2 * side), inside.height + 2 * above];
  return {
    height: frameHeight,
    draw: (top) =>
      `<rect x="${round(left + 0.5)}" y="${round(top + 0.5)}" width="${round(frameWidth - 1)}" height="${round(frameHeight - 1)}" rx="6" class="frame"/>${inside.draw(top + above)}`,
  };
}

export function gap(height: number): Block {
  return { height, draw: () => '' };
}

/** One below the other. */
export function stack(blocks: readonly Block[]): Block {
  return {
    height: blocks.reduce((sum, { height }) => sum + height, 0),
    draw(top) {
      let y = top;
      return blocks
        .map((block) => {
          const drawn = block.draw(y);
          y += block.height;
          return drawn;
        })
        .join('');
    },
  };
}

/** To a hundredth of a pixel. */
export function round(value: number): string {
  return String(Math.round(value * 100) / 100);
}
