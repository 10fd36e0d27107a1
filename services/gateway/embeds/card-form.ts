import { type Answer, type Refusal, WORDS } from '@cakupan/coverage-widget/card-view';
import { csvOf, errorCsv } from './card-csv.js';
import type { CardRequest } from './card-request.js';
import { drawCard, type Picture, refusalShown, type Shown } from './card-svg.js';
import type { EmbedLinks } from './embed-links.js';
import type { Figure } from './figure.js';
import { cardOf } from './headline.js';
import type { Pngs } from './png.js';

/** What a form is made of: a figure, or why there is none. */
export type Found = Figure | Refusal;

export interface FormParts {
  readonly request: CardRequest;
  readonly links: EmbedLinks;
  readonly pngs: Pngs;
  /** Asks at the door before a picture is drawn. */
  readonly demand: () => Promise<void>;
}

/** One of the forms in which a card can be had without the tag. */
export interface Form {
  readonly type: string;
  /** The least and the greatest width; the same for forms without one. */
  readonly widths: readonly [number, number];
  make(found: Found, parts: FormParts): Promise<string | Buffer>;
}

const SVG_WIDTH = 600;
/** Of an Open Graph image: the shape that every network shows whole. */
export const PNG_WIDTH = 1200;
const SHAPE = 630 / 1200;
/** The widths a card is laid out in until it has the shape of the PNG, which then enlarges it. */
const LAYOUTS = [600, 660, 720, 800, 900, 1000, 1200, 1500, 2000, 3000];

export const FORMS = {
  svg: {
    type: 'image/svg+xml',
    widths: [280, 1440],
    make: async (found, { request }) => pictureOf(found, request).svg,
  },
  png: {
    type: 'image/png',
    widths: [200, 2400],
    make: async (found, { request, pngs, demand }) =>
      pngs.draw(shaped(found, request).svg, request.width ?? PNG_WIDTH, demand),
  },
  csv: {
    type: 'text/csv; charset=utf-8',
    widths: [0, 99_999],
    make: async (found, { request }) =>
      isNone(found) ? errorCsv(found.code, found.message) : csvOf(found.answer, request.language),
  },
  json: {
    type: 'application/json; charset=utf-8',
    widths: [0, 99_999],
    make: async (found, { links }) => `${JSON.stringify(isNone(found) ? errorOf(found) : factsOf(found, links))}\n`,
  },
} as const satisfies Readonly<Record<string, Form>>;

export type FormName = keyof typeof FORMS;

export function isNone(found: Found): found is Refusal {
  return 'message' in found;
}

/** What says that there is no such thing; every other refusal is a mistake in how it was asked for. */
const MISSING = ['UNKNOWN_REGION', 'BAD_REGION_CODE', 'UNKNOWN_INDICATOR'];

export function statusOf(found: Found): number {
  if (!isNone(found)) return 200;
  return found.code === 'SUBGRAPH_UNAVAILABLE' ? 503 : MISSING.includes(found.code) ? 404 : 400;
}

/** The card as its SVG shows it, with the size that it has. */
export function pictureOf(found: Found, request: CardRequest): Picture {
  return drawn(found, request, request.width ?? SVG_WIDTH);
}

/** How high a PNG of this width is. */
export function pngHeight(width: number): number {
  return Math.round(width * SHAPE);
}

function drawn(found: Found, request: CardRequest, width: number, leastHeight = 0, isFramed = true): Picture {
  const { language, theme } = request;
  const words = WORDS[language];
  return drawCard(shownOf(found, request), { language, words, theme, width, leastHeight, isFramed });
}

function shownOf(found: Found, { language, region, asOf }: CardRequest): Shown {
  if (isNone(found)) return refusalShown(found, region, WORDS[language]);
  return { view: cardOf(found, language, asOf), isStale: found.answer.isStale };
}

/** Laid out so wide that it is no higher than its shape. Nobody reads a PNG with a theme of their own: it is light where none is asked for. */
function shaped(found: Found, asked: CardRequest): Picture {
  const request = { ...asked, theme: asked.theme === 'dark' ? 'dark' : 'light' } as const;
  const layouts = LAYOUTS.map((width) => () => drawn(found, request, width, width * SHAPE, false));
  const fitting = layouts.find((draw) => {
    const { width, height } = draw();
    return height <= width * SHAPE;
  });
  return (fitting ?? layouts.at(-1))?.() as Picture; // there are layouts
}

function errorOf({ code, message }: Refusal) {
  return { errors: [{ message, extensions: { code } }] };
}

function factsOf({ answer, regions: [region, ...above] }: Figure, links: EmbedLinks) {
  const { edition, isStale }: Pick<Answer, 'edition' | 'isStale'> = answer;
  return { edition, ...(isStale ? { stale: true } : {}), region, above: above.filter(Boolean), links };
}
