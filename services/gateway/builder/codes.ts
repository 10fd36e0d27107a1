import { linksOf } from '../embeds/embed-links.js';
import { escapeXml } from '../embeds/xml.js';
import type { WidgetScript } from '../widget-files.js';
import { attributesOf, type Choices, type EditionName } from './choices.js';
import { FRAME_WIDTH, frameHeight } from './frame-height.js';
import type { Place } from './places.js';
import { WORDS } from './words.js';

/** A figure in words, and the size of the card drawn of it. */
export interface Said {
  /** The number, whose it is, and its date; in words where there is no number. */
  readonly headline: string;
  /** Its definition, or that none is stated, and its sources; may be empty. */
  readonly explanation: string;
  readonly picture: { readonly width: number; readonly height: number };
}

export interface CodeParts {
  /** Where readers reach us. */
  readonly base: string;
  readonly place: Place;
  readonly choices: Choices;
  readonly edition: EditionName;
  /** Null where the figure cannot be told at the moment. */
  readonly said: Said | null;
  readonly script: WidgetScript;
}

/** What a partner copies, each by itself enough. */
export const FORMS = ['tag', 'address', 'frame', 'image', 'csv', 'json'] as const;
export type FormName = (typeof FORMS)[number];
export type Codes = Readonly<Record<FormName, string>>;

/** The parameters that pictures and tables have in common with the tag. */
const OF_CARD = ['indicator', 'as-of', 'lang', 'theme'];

export function codesOf(parts: CodeParts): Codes {
  const { base, place } = parts;
  const [, ...attributes] = attributesOf(place.code, parts.choices, parts.edition);
  const look = linksOf(base, place.code, queryOf(attributes.filter(([name]) => OF_CARD.includes(name))));
  const whole = linksOf(base, place.code, queryOf(attributes));
  const facts = linksOf(base, place.code, queryOf(attributes.filter(([name]) => isOfTable(name))));
  return {
    tag: tagOf(parts),
    address: `${whole.page}${queryOf(attributes) && `?${queryOf(attributes)}`}`,
    frame: frameOf(parts, whole.frame),
    image: imageOf(parts, look.svg),
    csv: facts.csv,
    json: facts.json,
  };
}

/**
 * Two lines and what stands in the tag where it cannot be: a link, which WordPress leaves to Authors too. No picture:
 * every reader would load it, and only those without the tag would see it.
 */
function tagOf({ base, place, choices, edition, said, script }: CodeParts): string {
  const attributes = attributesOf(place.code, choices, edition).map(([name, value]) =>
    value === '' ? ` ${name}` : ` ${name}="${escapeXml(value)}"`,
  );
  const integrity =
    script.integrity === null ? '' : ` integrity="${escapeXml(script.integrity)}" crossorigin="anonymous"`;
  const link = `<a href="${escapeXml(linksOf(base, place.code).page)}">${escapeXml(headlineOf(place, choices, said))}</a>`;
  const more = said?.explanation ? `. ${escapeXml(said.explanation)}` : '';
  return `<script type="module" src="${escapeXml(base + script.address)}"${integrity}></script>
<coverage-widget${attributes.join('')}>
  <p lang="${choices.language}">${link}${more}</p>
</coverage-widget>`;
}

/** Without a style attribute, which a page's policy may forbid. */
function frameOf({ place, choices }: CodeParts, address: string): string {
  const title = WORDS[choices.language].frameTitle(place.name, choices.view);
  return `<iframe src="${escapeXml(address)}" title="${escapeXml(title)}" width="100%" height="${frameHeight(place.code, choices)}" frameborder="0" sandbox="allow-scripts allow-top-navigation-by-user-activation"></iframe>`;
}

function imageOf({ base, place, choices, said }: CodeParts, address: string): string {
  const alt = [headlineOf(place, choices, said), said?.explanation].filter(Boolean).join('. ');
  const { width, height } = said?.picture ?? { width: FRAME_WIDTH, height: frameHeight(place.code, choices) };
  return `<a href="${escapeXml(linksOf(base, place.code).page)}"><img src="${escapeXml(address)}" alt="${escapeXml(alt)}" width="${width}" height="${height}"></a>`;
}

function headlineOf({ name }: Place, { language }: Choices, said: Said | null): string {
  return said?.headline ?? WORDS[language].frameTitle(name, 'card');
}

function isOfTable(name: string): boolean {
  return OF_CARD.includes(name) && name !== 'theme';
}

function queryOf(attributes: [string, string][]): string {
  return new URLSearchParams(attributes).toString();
}
