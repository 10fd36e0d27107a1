import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Language } from '@cakupan/coverage-widget/card-view';
import { dottedReading, isRegionCode } from '../../kit/region-code.js';
import { ROOT } from '../../kit/root.js';
import type { Editions } from '../edition.js';
import { askOwn, type OwnParts } from '../own-question.js';

export interface Place {
  readonly code: string;
  readonly name: string;
}

/** One of several of a name, told apart by what it lies in. */
export interface Candidate extends Place {
  /** Null for the country, and where it is not told. */
  readonly within: string | null;
}

/** One definition of coverage, by its name on a card and its whole name. */
export interface Definition {
  readonly id: string;
  readonly shortName: Readonly<Record<Language, string>>;
  readonly name: Readonly<Record<Language, string>>;
}

/** What there is to choose from. */
export interface Offer {
  /** The country, provinces and regencies with a figure. */
  readonly withFigure: readonly Place[];
  readonly without: readonly Place[];
  readonly definitions: readonly Definition[];
}

/** What a partner wrote for a region: one, or several that it may mean, or none. */
export interface Meant {
  readonly place: Place | null;
  /** The definitions it has figures of. */
  readonly indicators: readonly string[];
  readonly others: readonly Candidate[];
}

/** Asks the API as everybody may; `demand` asks at the door before anything is computed. */
export interface Places {
  /** Null where nobody can tell at the moment. */
  findOffer(demand: Demand): Promise<Offer | null>;
  find(text: string, demand: Demand): Promise<Meant>;
}

type Demand = () => Promise<void>;

export interface PlacesParts extends OwnParts {
  readonly editions: Editions;
}

/** Longer than any name of a region. */
const LONGEST = 100;

export async function createPlaces(parts: PlacesParts): Promise<Places> {
  const [offer, chosen, search] = await Promise.all(
    ['builder-offer', 'builder-region', 'region-search'].map(readDocument),
  );
  const ask = asker(parts);
  const findOne = async (code: string, demand: Demand): Promise<Meant> => {
    const answer = (await ask(chosen, { code }, demand)) as ChosenAnswer | null; // what the document asks for
    if (answer === null) return { ...NOTHING, place: { code, name: code } }; // a code is as good while nobody can tell its name
    if (answer.region === null) return NOTHING;
    const { name, coverageSeries } = answer.region;
    const indicators = [...new Set((coverageSeries ?? []).map(({ indicator }) => indicator.id))];
    return { place: { code, name }, indicators, others: [] };
  };
  return {
    async findOffer(demand) {
      const answer = (await ask(offer, {}, demand)) as OfferAnswer | null; // what the document asks for
      return answer && offerOf(answer);
    },
    async find(text, demand) {
      const code = codeIn(text);
      if (code !== null) return findOne(code, demand);
      const name = text.trim().slice(0, LONGEST);
      if (name === '') return NOTHING;
      const dotted = dottedReading(name);
      if (dotted !== null) return { ...NOTHING, others: placesOf(await findOne(dotted, demand)) };
      const answer = (await ask(search, { search: name }, demand)) as SearchAnswer | null; // what the document asks for
      const found = answer?.regions?.nodes ?? [];
      const same = found.filter((place) => place.name.toLowerCase() === name.toLowerCase());
      const [only] = same.length === 1 ? same : found;
      if (only && (same.length === 1 || found.length === 1)) return findOne(only.code, demand);
      return {
        ...NOTHING,
        others: found.map(({ code, name, parent }) => ({ code, name, within: parent?.name ?? null })),
      };
    },
  };
}

const NOTHING: Meant = { place: null, indicators: [], others: [] };

/** Digits without dots may be meant so, or be a BPS code, which names another region: the reader chooses. */
function placesOf({ place }: Meant): Candidate[] {
  return place ? [{ ...place, within: place.code }] : [];
}

/** `19.03`, and `Kabupaten Bangka Selatan (19.03)` as the list of names writes it. */
function codeIn(text: string): string | null {
  const [, code = ''] = /^(?:[^()]*\(([\d.]+)\)|\s*([\d.]+))\s*$/.exec(text)?.filter(Boolean) ?? [];
  return isRegionCode(code) ? code : null;
}

function offerOf({ country, provinces, regencies, indicators }: OfferAnswer): Offer {
  const all = [...(country ? [country] : []), ...(provinces?.nodes ?? []), ...(regencies?.nodes ?? [])];
  const plain = ({ code, name }: Place): Place => ({ code, name });
  return {
    withFigure: all.filter(({ coverage }) => coverage !== null).map(plain),
    without: all.filter(({ coverage }) => coverage === null).map(plain),
    definitions: indicators ?? [],
  };
}

function readDocument(name: string): Promise<string> {
  return readFile(join(ROOT, 'schema', 'operations', `${name}.graphql`), 'utf8');
}

/** Gives the data of a trusted document at the newest edition; null where nobody can tell at the moment. */
function asker(parts: PlacesParts) {
  return async (query = '', variables: Record<string, unknown>, demand: Demand): Promise<unknown> => {
    if (!parts.editions.isReady()) return null;
    const { body } = await askOwn(parts, { query, variables, asOf: null }, parts.editions.pick(null), demand);
    const { data, errors = [] } = JSON.parse(body.toString()) as Body; // the engine made it
    const isTold = errors.every(({ extensions }) => MISTAKES.includes(extensions?.code ?? ''));
    return data && isTold ? data : null;
  };
}

/** What the caller wrote wrong; of anything else nobody can tell at the moment. */
const MISTAKES = ['UNKNOWN_REGION', 'BAD_REGION_CODE', 'BAD_ARGUMENT'];

interface Body {
  readonly data?: object | null;
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
}

interface OfferAnswer {
  readonly country: Offered | null;
  readonly provinces: { readonly nodes: readonly Offered[] } | null;
  readonly regencies: { readonly nodes: readonly Offered[] } | null;
  readonly indicators: readonly Definition[] | null;
}

interface Offered extends Place {
  readonly coverage: object | null;
}

interface ChosenAnswer {
  readonly region:
    | (Place & { readonly coverageSeries: readonly { readonly indicator: { readonly id: string } }[] | null })
    | null;
}

interface SearchAnswer {
  readonly regions: {
    readonly nodes: readonly (Place & { readonly parent: { readonly name: string } | null })[];
  } | null;
}
