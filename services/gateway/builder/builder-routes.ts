import { createFormat } from '@cakupan/coverage-widget/card-view';
import type { FastifyInstance } from 'fastify';
import { RequestError } from '../../kit/errors.js';
import { LIFETIMES } from '../../kit/lifetimes.js';
import { dayOf, type Instant } from '../../kit/period.js';
import { isNone, pictureOf } from '../embeds/card-form.js';
import { type Query, textOf } from '../embeds/card-request.js';
import type { EmbedParts } from '../embeds/card-routes.js';
import { linksOf } from '../embeds/embed-links.js';
import { cardOf, explanationOf, headlineOf } from '../embeds/headline.js';
import { once } from '../embeds/once.js';
import { sendOpen } from '../embeds/sending.js';
import type { WidgetScripts } from '../widget-files.js';
import { builderPage } from './builder-page.js';
import { type Choices, EDITIONS, type EditionName, readChoices } from './choices.js';
import { type Codes, codesOf, type Said } from './codes.js';
import type { Lack, PageFacts } from './page-facts.js';
import type { Place, Places } from './places.js';
import { type Addresses, checkPolicy } from './policy.js';

export interface BuilderParts extends Pick<EmbedParts, 'findFigure' | 'base' | 'door'> {
  readonly places: Places;
  readonly clock: () => Instant;
  /** Where the module of the tag is, at its moving address and as one version. */
  readonly scripts: WidgetScripts;
}

const PAGE_POLICY = "default-src 'self'";
/** Whose page is made first, when no region was asked for. */
const EXAMPLE = '19.03';

/** Adds `/builder`: the page where a partner makes the code to paste. */
export function addBuilder(app: FastifyInstance, parts: BuilderParts): void {
  app.get('/builder', async (request, reply) => {
    const query = request.query as Query; // fastify parses the query string to an object
    const demand = once(() => parts.door.demand(request)); // a page counts as one answer
    const asked = query.region === undefined ? EXAMPLE : (textOf(query.region) ?? '');
    const [offer, meant] = await Promise.all([parts.places.findOffer(demand), parts.places.find(asked, demand)]);
    const now = parts.clock();
    const { choices, mistakes } = readChoices(query, now, offer?.definitions.map(({ id }) => id) ?? null);
    const base = parts.base(request);
    const made = meant.place && (await makeBoth(parts, base, meant.place, choices, demand));
    const facts: PageFacts = {
      base,
      asked,
      meant,
      offer,
      choices,
      mistakes,
      today: dayOf(now),
      until: untilOf(choices),
      codes: made && { newest: made.newest.codes, pinned: made.pinned.codes },
      lacks: made && { newest: made.newest.lack, pinned: made.pinned.lack },
      check: choices.policy === '' ? null : checkPolicy(choices.policy, addressesOf(base, meant.place, parts.scripts)),
    };
    const isWhole = offer !== null && EDITIONS.every((edition) => made?.[edition].lack !== 'unreachable');
    return sendOpen(request, reply, {
      status: meant.place === null && asked !== '' ? 404 : 200,
      type: 'text/html; charset=utf-8',
      body: builderPage(facts),
      lifetime: isWhole ? LIFETIMES.current : LIFETIMES.none,
      headers: { 'content-security-policy': PAGE_POLICY },
    });
  });
}

interface Made {
  readonly codes: Codes;
  readonly lack: Lack | null;
}

async function makeBoth(
  parts: BuilderParts,
  base: string,
  place: Place,
  choices: Choices,
  demand: () => Promise<void>,
): Promise<Record<EditionName, Made>> {
  const make = async (edition: EditionName): Promise<[EditionName, Made]> => {
    const found = await say(parts, place, choices, edition, demand);
    const [said, lack] = typeof found === 'string' ? [null, found] : [found, null];
    const script = parts.scripts[choices.isFixed ? 'fixed' : 'moving'];
    return [edition, { codes: codesOf({ base, place, choices, edition, said, script }), lack }];
  };
  return Object.fromEntries(await Promise.all(EDITIONS.map(make))) as Record<EditionName, Made>; // each edition is in it
}

/** The figure in words, or why there are none. */
async function say(
  { findFigure }: BuilderParts,
  { code }: Place,
  { indicator, asOf: pinned, language, theme }: Choices,
  edition: EditionName,
  demand: () => Promise<void>,
): Promise<Said | Lack> {
  const asOf = edition === 'pinned' ? pinned : null;
  const found = await findFigure({ region: code, indicator, asOf }, demand).catch(untold);
  if (found === null) return 'unreachable';
  if (isNone(found)) return 'unknown';
  const view = cardOf(found, language, asOf);
  const picture = pictureOf(found, { region: code, indicator, asOf, language, theme, width: null });
  return { headline: headlineOf(view.main), explanation: explanationOf(view, language), picture };
}

function untold(error: unknown): null {
  const code = error instanceof RequestError ? error.extensions.code : null;
  if (code === 'SUBGRAPH_UNAVAILABLE' || code === 'EDITION_NOT_READY') return null;
  throw error;
}

/** As the card says it. */
function untilOf({ asOf, pageLanguage }: Choices): string {
  const format = createFormat(pageLanguage);
  return asOf.length > 10 ? format.instant(asOf) : format.date(asOf);
}

/** Where a partner's page fetches from us. The tag's further modules lie beside its first. */
function addressesOf(base: string, place: Place | null, { moving }: WidgetScripts): Addresses {
  const { frame, svg } = linksOf(base, place?.code ?? EXAMPLE);
  const beside = new URL('view.js', base + moving.address).href;
  return { script: [base + moving.address, beside], data: [`${base}/graphql`], frame: [frame], image: [svg] };
}
