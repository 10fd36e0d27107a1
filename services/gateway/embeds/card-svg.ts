import type { Language, View } from '@cakupan/coverage-widget/card-view';
import { DARK, LIGHT, type Palette, type Refusal, type Words } from '@cakupan/coverage-widget/card-view';
import type { Block } from './block.js';
import { bodyOf, type Column, footOf, reasonOf } from './card-blocks.js';
import type { Theme } from './card-request.js';
import { explanationOf, headlineOf } from './headline.js';
import { escapeXml } from './xml.js';

/** What a picture shows: a figure, or in words why there is none. */
export type Shown =
  | { readonly view: View; readonly isStale: boolean }
  | { readonly reason: string; readonly message: string };

export interface PictureLook {
  readonly language: Language;
  readonly words: Words;
  readonly theme: Theme;
  readonly width: number;
  /** At least so high: what is at the foot goes down to it. */
  readonly leastHeight: number;
  /** A line around the card, with round corners; else its paper fills the whole picture. */
  readonly isFramed: boolean;
}

export interface Picture {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
  /** The same in a sentence, for who does not see it. */
  readonly title: string;
}

const PADDING = 20;

/** The card as SVG 1.1, complete in itself: it loads nothing, and runs nothing. */
export function drawCard(shown: Shown, look: PictureLook): Picture {
  const { language, words, theme, width, leastHeight, isFramed } = look;
  const column = { left: PADDING, width: width - 2 * PADDING };
  const [body, foot] = blocksOf(shown, words, column);
  const height = Math.max(leastHeight, Math.ceil(body.height + foot.height + 2 * PADDING));
  const [title, about] = wordsOf(shown, language);
  const paper = isFramed
    ? `<rect x=".5" y=".5" width="${width - 1}" height="${height - 1}" rx="10" class="paper edge"/>`
    : `<rect width="${width}" height="${height}" class="paper"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" xml:lang="${language}" font-family="system-ui, -apple-system, 'Segoe UI', sans-serif">
<title>${escapeXml(title)}</title>
<desc>${escapeXml(about)}</desc>
<style>${stylesOf(theme)}</style>
<defs><pattern id="hatch" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M1 0v8" class="stroke"/></pattern></defs>
${paper}
${body.draw(PADDING)}
${foot.draw(height - PADDING - foot.height)}
</svg>
`;
  return { svg, width, height, title };
}

const NOTHING: Block = { height: 0, draw: () => '' };

function blocksOf(shown: Shown, words: Words, column: Column): [Block, Block] {
  if ('reason' in shown) return [reasonOf(words, shown.reason, shown.message, column), NOTHING];
  return [bodyOf(shown.view, words, shown.isStale, column), footOf(shown.view, words, column)];
}

function wordsOf(shown: Shown, language: Language): [string, string] {
  if ('reason' in shown) return [shown.reason, shown.message];
  return [headlineOf(shown.view.main), explanationOf(shown.view, language)];
}

/** Why there is no figure, as the tag says it. */
export function refusalShown({ code, message }: Refusal, region: string, words: Words): Shown {
  const isFailure = code === 'SUBGRAPH_UNAVAILABLE';
  return { reason: isFailure ? words.unreachable : `${words.refused} “${region}”`, message };
}

/** As the tag: the reader's own theme where none is asked for. What draws without a reader takes the first rules, the light ones. */
function stylesOf(theme: Theme): string {
  if (theme === 'auto') return `${rulesOf(LIGHT)}@media(prefers-color-scheme:dark){${rulesOf(DARK)}}`;
  return rulesOf(theme === 'dark' ? DARK : LIGHT);
}

function rulesOf({ ink, muted, line, fill, warn, paper }: Palette): string {
  return [
    `.ink{fill:${ink}}.muted{fill:${muted}}.warn{fill:${warn}}.fill{fill:${fill}}.line{fill:${line}}.paper{fill:${paper}}`,
    `.edge,.rule{stroke:${line}}.frame{fill:none;stroke:${warn}}.mark{stroke:${warn};stroke-width:6}`,
    `.stroke{stroke:${muted};stroke-width:2}.hatched{fill:url(#hatch)}`,
  ].join('');
}
