import { Arg, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { RequestError } from '../../kit/errors.js';
import { RegionLevelEnum } from '../../kit/observation.js';
import { ancestorCodes, dottedReading, isRegionCode, type RegionLevel } from '../../kit/region-code.js';
import type { Context } from './context.js';
import { foldName } from './name.js';
import { Region, RegionPage } from './types.js';

const MOST_CODES = 100;
const MOST_REGIONS = 1000;
/** What no folded name holds: searched for when nothing but signs was asked. */
const NOTHING = '?';

@Resolver(() => Region)
export class RegionResolver {
  @Query(() => Region, {
    nullable: true,
    description:
      'The region with this code. Null beside the error that says what an unknown or malformed code may mean.',
  })
  region(
    @Arg('code', () => String, { description: 'Kemendagri code with its dots: "19.03".' }) code: string,
    @Ctx() context: Context,
  ): Promise<Region> {
    return findRegion(context, code);
  }

  @Query(() => [Region], {
    nullable: 'itemsAndList',
    description:
      'One region for each code, in the order given; null with an error where a code is wrong, so that one mistake spoils nothing else. All of it is null when it cannot be answered.',
  })
  regionsByCode(
    @Arg('codes', () => [String], { description: `Kemendagri codes with their dots, at most ${MOST_CODES}.` })
    codes: string[],
    @Ctx() context: Context,
  ): Promise<Region>[] {
    if (codes.length <= MOST_CODES) return codes.map((code) => findRegion(context, code));
    throw new RequestError(
      'BAD_ARGUMENT',
      `codes has ${codes.length} entries; at most ${MOST_CODES} are answered at once.`,
    );
  }

  @Query(() => RegionPage, {
    nullable: true,
    description: 'Regions found by name, code, level or parent, a page at a time; null beside an error.',
  })
  async regions(
    @Ctx() context: Context,
    @Arg('search', () => String, {
      nullable: true,
      description: 'Part of a name or alias in any spelling, or the beginning of a code; null for all.',
    })
    search: string | null,
    @Arg('level', () => RegionLevelEnum, { nullable: true, description: 'Only regions of this level; null for all.' })
    level: RegionLevel | null,
    @Arg('parent', () => String, {
      nullable: true,
      description: 'Only regions directly below this code; null for all.',
    })
    parent: string | null,
    @Arg('first', () => Int, { defaultValue: 50, description: `How many at most, 1 to ${MOST_REGIONS}.` })
    first: number,
    @Arg('after', () => String, {
      nullable: true,
      description: 'The endCursor of the page before; null for the first page.',
    })
    after: string | null,
  ): Promise<RegionPage> {
    checkPage(first, after);
    if (parent && !isRegionCode(parent)) throw await badCode(context, parent);
    const found = await context.regionPage({
      ...searchTerms(search),
      level: level ?? null,
      parent: parent ?? null,
      after: after ?? null,
      limit: first + 1,
    });
    const nodes = found.slice(0, first);
    return { nodes, pageInfo: { endCursor: nodes.at(-1)?.code ?? null, hasNextPage: found.length > first } };
  }

  @FieldResolver(() => Region, { nullable: true, description: 'The region directly above; null for the country.' })
  async parent(@Root() { code }: Region, @Ctx() { regions }: Context): Promise<Region | null> {
    const above = ancestorCodes(code)[0];
    return above === undefined ? null : regions.load(above, null);
  }

  @FieldResolver(() => [Region], { description: 'The regions above, nearest first; empty for the country.' })
  async ancestors(@Root() { code }: Region, @Ctx() { regions }: Context): Promise<Region[]> {
    const found = await Promise.all(ancestorCodes(code).map((above) => regions.load(above, null)));
    return found.filter((region) => region !== null);
  }

  @FieldResolver(() => [Region], { description: 'The regions directly below, by code.' })
  async children(
    @Root() { code }: Region,
    @Ctx() { children }: Context,
    @Arg('first', () => Int, { defaultValue: 100, description: `How many at most, 1 to ${MOST_REGIONS}.` })
    first: number,
  ): Promise<readonly Region[]> {
    checkPage(first, null);
    return (await children.load(code, null)).slice(0, first);
  }
}

/** The region of a code; throws BAD_REGION_CODE or UNKNOWN_REGION with what the code may mean. */
export async function findRegion(context: Context, code: string): Promise<Region> {
  if (!isRegionCode(code)) throw await badCode(context, code);
  const region = await context.regions.load(code, null);
  if (region) return region;
  throw new RequestError(
    'UNKNOWN_REGION',
    `There is no region "${code}" in this edition: look it up with regions(search: ...).`,
  );
}

async function badCode(context: Context, code: string): Promise<RequestError> {
  const dotted = dottedReading(code);
  const expected = `Region code "${code}" is not of the form "19.03" (Kemendagri, with dots).`;
  if (dotted === null) return new RequestError('BAD_REGION_CODE', `${expected} Look it up with regions(search: ...).`);
  const [kemendagri, bps] = await Promise.all([context.regions.load(dotted, null), context.byBpsCode.load(code, null)]);
  const readings = [
    ...(kemendagri ? [`${dotted} is ${kemendagri.name} by Kemendagri`] : []),
    ...bps.map((region) => `BPS code ${code} is ${region.name}, which is ${region.code} here`),
  ];
  const help =
    readings.length > 0
      ? `It may mean two things: ${readings.join('; ')}.`
      : `With dots it would be ${dotted}, which is not known.`;
  return new RequestError(
    'BAD_REGION_CODE',
    `${expected} ${readings.length === 1 ? help.replace('two things: ', '') : help} Write the code with its dots.`,
  );
}

function searchTerms(search: string | null | undefined): { search: string | null; codeStart: string | null } {
  const text = (search ?? '').trim();
  if (text === '') return { search: null, codeStart: null };
  const folded = foldName(text);
  return { search: folded === '' ? NOTHING : folded, codeStart: /^[\d.]+$/.test(text) ? text : null };
}

function checkPage(first: number, after: string | null | undefined): void {
  if (first < 1 || first > MOST_REGIONS)
    throw new RequestError('BAD_ARGUMENT', `first is ${first}; it must be from 1 to ${MOST_REGIONS}.`);
  if (after && !isRegionCode(after))
    throw new RequestError('BAD_ARGUMENT', `after "${after}" is not the endCursor of a page.`);
}
