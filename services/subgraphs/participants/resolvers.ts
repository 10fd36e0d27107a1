import { Arg, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { RequestError } from '../../kit/errors.js';
import { RegionLevelEnum, SegmentEnum } from '../../kit/observation.js';
import { readDate } from '../../kit/period.js';
import {
  COUNTRY_CODE,
  codePrefixBelow,
  levelOfCode,
  REGION_LEVELS,
  type RegionLevel,
  readRegionCode,
} from '../../kit/region-code.js';
import { coverageOf, indicatorOf } from './answer.js';
import { areComparable } from './comparability.js';
import type { Context } from './context.js';
import { chooseFinding } from './coverage.js';
import { firstOf, MOST_FIGURES } from './limit.js';
import { type RankedCoverage, rankCoverage } from './rank.js';
import { markBreaks } from './series.js';
import {
  Comparison,
  Coverage,
  EventKindEnum,
  Indicator,
  ParticipantCount,
  PopulationBase,
  ProgramEnum,
  Ranking,
  Region,
  SeriesEvent,
  StatusEnum,
  Target,
} from './types.js';

const MOST_CODES = 100;
/** Characters of a code of each level. */
const CODE_LENGTH: Readonly<Record<RegionLevel, number>> = {
  COUNTRY: 2,
  PROVINCE: 2,
  REGENCY: 5,
  DISTRICT: 8,
  VILLAGE: 13,
};

const INDICATOR_ARG = 'Id of an indicator: "ucj". ';
const DATE_ARG = 'Only figures dated within this day, month or year; null for the newest.';

@Resolver(() => Region)
export class RegionResolver {
  @FieldResolver(() => Coverage, {
    nullable: true,
    description:
      'Its coverage: the newest figure of the indicator named, else of the first indicator by default rank that has one. The answer names its indicator. Where the newest was withdrawn it says so, with percent null and obsStatus O: an older figure never takes its place. Null when nothing is published, or beside an error.',
  })
  async coverage(
    @Root() { code }: Region,
    @Ctx() context: Context,
    @Arg('indicator', () => String, { nullable: true, description: `${INDICATOR_ARG}Null for the default rule.` })
    indicator: string | null,
    @Arg('date', () => String, { nullable: true, description: DATE_ARG }) date: string | null,
    @Arg('category', () => String, { defaultValue: 'ALL', description: 'Category of workers; ALL for all.' })
    category: string,
  ): Promise<Coverage | null> {
    return findOne(context, code, indicator ?? null, date ?? null, category);
  }

  @FieldResolver(() => [Coverage], {
    nullable: true,
    description:
      'Its coverage over time, oldest first; null beside an error. By one indicator, or by every one: figures of different indicators are then side by side and make no series together. SERIES_BREAK marks a figure that an event separates from the one of its indicator before.',
  })
  async coverageSeries(
    @Root() { code }: Region,
    @Ctx() context: Context,
    @Arg('indicator', () => String, { nullable: true, description: `${INDICATOR_ARG}Null for all.` }) indicator:
      | string
      | null,
    @Arg('from', () => String, { nullable: true, description: 'Earliest date, inclusive; null for the beginning.' })
    from: string | null,
    @Arg('to', () => String, { nullable: true, description: 'Latest date, inclusive; null for the newest.' }) to:
      | string
      | null,
    @Arg('category', () => String, { defaultValue: 'ALL', description: 'Category of workers; ALL for all.' })
    category: string,
  ): Promise<Coverage[]> {
    if (indicator) await demandIndicator(context, indicator);
    const [start, end] = [from ? readDate(from, 'from') : '', to ? `${readDate(to, 'to')}~` : '~'];
    const filter = { indicator: indicator || null, category, date: null, allDates: true };
    const found = await context.coverage.load(code, filter);
    const within = found.filter(({ date }) => date >= start && date <= end);
    const [known, events] = await Promise.all([context.known(), context.knownEvents.load(code, null)]);
    return markBreaks(
      within.toReversed().flatMap((one) => coverageOf(one, null, known) ?? []),
      events,
    );
  }

  @FieldResolver(() => [ParticipantCount], {
    nullable: true,
    description:
      'Counts of insured persons, newest first; null beside an error. Not to be added over programmes or categories.',
  })
  async participants(
    @Root() { code }: Region,
    @Ctx() context: Context,
    @Arg('date', () => String, {
      nullable: true,
      description: 'Only counts dated within this day, month or year; null for all.',
    })
    date: string | null,
    @Arg('segment', () => SegmentEnum, { nullable: true, description: 'Only this segment; null for all.' }) segment:
      | string
      | null,
    @Arg('program', () => ProgramEnum, { nullable: true, description: 'Only this programme; null for all.' }) program:
      | string
      | null,
    @Arg('status', () => StatusEnum, { nullable: true, description: 'Only this status; null for all.' }) status:
      | string
      | null,
    @Arg('category', () => String, {
      nullable: true,
      description: 'Only this category ("ALL" for all workers); null for every category.',
    })
    category: string | null,
    @Arg('first', () => Int, { defaultValue: 100, description: `How many at most, 1 to ${MOST_FIGURES}.` })
    first: number,
  ): Promise<readonly ParticipantCount[]> {
    const filter = {
      date: dateOrNull(date),
      segment: segment ?? null,
      program: program ?? null,
      status: status ?? null,
      category: category ?? null,
    };
    return firstOf(await context.participants.load(code, filter), first);
  }

  @FieldResolver(() => [PopulationBase], {
    nullable: true,
    description: 'How many persons there are to be insured, newest first; null beside an error.',
  })
  async populationBases(
    @Root() { code }: Region,
    @Ctx() context: Context,
    @Arg('concept', () => String, {
      nullable: true,
      description: 'Only this concept: EMPLOYED, LABOUR_FORCE ...; null for all.',
    })
    concept: string | null,
    @Arg('date', () => String, {
      nullable: true,
      description: 'Only figures dated within this day, month or year; null for all.',
    })
    date: string | null,
    @Arg('first', () => Int, { defaultValue: 100, description: `How many at most, 1 to ${MOST_FIGURES}.` })
    first: number,
  ): Promise<readonly PopulationBase[]> {
    return firstOf(
      await context.populationBases.load(code, { date: dateOrNull(date), concept: concept ?? null }),
      first,
    );
  }

  @FieldResolver(() => [Target], {
    nullable: true,
    description:
      'What is to be reached, nearest due date first; null beside an error. Sources may contradict one another; all are given.',
  })
  async targets(
    @Root() { code }: Region,
    @Ctx() context: Context,
    @Arg('indicator', () => String, { nullable: true, description: `${INDICATOR_ARG}Null for all.` }) indicator:
      | string
      | null,
    @Arg('first', () => Int, { defaultValue: 100, description: `How many at most, 1 to ${MOST_FIGURES}.` })
    first: number,
  ): Promise<readonly Target[]> {
    if (indicator) await demandIndicator(context, indicator);
    return firstOf(await context.targets.load(code, indicator ?? null), first);
  }

  @FieldResolver(() => [SeriesEvent], {
    nullable: true,
    description: 'What made its figures change for a reason other than coverage, newest first; null beside an error.',
  })
  async events(
    @Root() { code }: Region,
    @Ctx() context: Context,
    @Arg('kind', () => EventKindEnum, { nullable: true, description: 'Only events of this kind; null for all.' }) kind:
      | string
      | null,
    @Arg('first', () => Int, { defaultValue: 100, description: `How many at most, 1 to ${MOST_FIGURES}.` })
    first: number,
  ): Promise<readonly SeriesEvent[]> {
    const events = await context.events.load(code, null);
    return firstOf(
      events.filter((event) => !kind || event.kind === kind),
      first,
    );
  }
}

@Resolver(() => Indicator)
export class IndicatorResolver {
  @Query(() => [Indicator], {
    nullable: true,
    description: 'All definitions of coverage, those that answer by default first; null beside an error.',
  })
  async indicators(@Ctx() context: Context): Promise<Indicator[]> {
    return [...(await context.indicators()).values()];
  }

  @Query(() => Ranking, {
    nullable: true,
    description:
      'Regions of one level by one indicator, highest first. Null beside the error that refuses an indicator whose figures cannot be compared.',
  })
  async ranking(
    @Ctx() context: Context,
    @Arg('indicator', () => String, { description: INDICATOR_ARG }) indicator: string,
    @Arg('level', () => RegionLevelEnum, { description: 'Which regions are ranked.' }) level: RegionLevel,
    @Arg('parent', () => String, {
      defaultValue: COUNTRY_CODE,
      description: 'Only regions within this one; the country by default.',
    })
    parent: string,
    @Arg('date', () => String, {
      nullable: true,
      description:
        'Only figures dated within this day, month or year; null for the newest of each region, whose dates may differ.',
    })
    date: string | null,
    @Arg('category', () => String, { defaultValue: 'ALL', description: 'Category of workers; ALL for all.' })
    category: string,
    @Arg('first', () => Int, { defaultValue: 100, description: `How many at most, 1 to ${MOST_FIGURES}.` })
    first: number,
  ): Promise<Ranking> {
    const definition = await demandIndicator(context, indicator);
    if (definition.comparabilityGroup === null) {
      throw new RequestError(
        'NOT_COMPARABLE',
        `Figures of "${indicator}" cannot be ranked: no source states their definition. Choose another indicator.`,
      );
    }
    const within = readRegionCode(parent);
    if (REGION_LEVELS.indexOf(level) < REGION_LEVELS.indexOf(levelOfCode(within))) {
      throw new RequestError(
        'BAD_ARGUMENT',
        `level ${level} stands above the parent "${within}": choose a level below it.`,
      );
    }
    const codes = (await context.coveredCodes(indicator, codePrefixBelow(within), CODE_LENGTH[level])).filter(
      (code) => levelOfCode(code) === level,
    );
    const found = await Promise.all(
      codes.map(async (code) => ({ code, coverage: await findOne(context, code, indicator, date ?? null, category) })),
    );
    const ranked: RankedCoverage[] = rankCoverage(found);
    return {
      indicator: definition,
      entries: firstOf(ranked, first).map(({ rank, code, coverage }) => ({ rank, region: { code }, coverage })),
    };
  }

  @Query(() => Comparison, {
    nullable: true,
    description:
      'Regions side by side. Null beside the error that refuses figures whose definitions cannot be compared: name an indicator then.',
  })
  async compare(
    @Ctx() context: Context,
    @Arg('codes', () => [String], { description: `Region codes with their dots, 1 to ${MOST_CODES}.` }) codes: string[],
    @Arg('indicator', () => String, { nullable: true, description: `${INDICATOR_ARG}Null for each region's default.` })
    indicator: string | null,
    @Arg('date', () => String, { nullable: true, description: DATE_ARG }) date: string | null,
    @Arg('category', () => String, { defaultValue: 'ALL', description: 'Category of workers; ALL for all.' })
    category: string,
  ): Promise<Comparison> {
    if (codes.length < 1 || codes.length > MOST_CODES) {
      throw new RequestError(
        'BAD_ARGUMENT',
        `codes has ${codes.length} entries; it must have from 1 to ${MOST_CODES}.`,
      );
    }
    const regions = codes.map(readRegionCode);
    const entries = await Promise.all(
      regions.map(async (code) => ({
        region: { code },
        coverage: await findOne(context, code, indicator ?? null, date ?? null, category),
      })),
    );
    refuseIncomparable(entries);
    return { indicator: entries.find(({ coverage }) => coverage)?.coverage?.indicator ?? null, entries };
  }
}

async function findOne(
  context: Context,
  code: string,
  indicator: string | null,
  date: string | null,
  category: string,
): Promise<Coverage | null> {
  if (indicator !== null) await demandIndicator(context, indicator);
  const found = await context.coverage.load(code, { indicator, category, date: dateOrNull(date) });
  const known = await context.known();
  const rankOf = (id: string) => (id === indicator ? 0 : (known.indicators.get(id)?.defaultRank ?? null));
  const chosen = chooseFinding(found, rankOf);
  return chosen && coverageOf(chosen.answer, chosen.derived, known);
}

async function demandIndicator(context: Context, id: string): Promise<Indicator> {
  return indicatorOf(await context.indicators(), id);
}

function refuseIncomparable(entries: Comparison['entries']): void {
  const figures = entries.flatMap(({ region, coverage }) => (coverage ? [{ region, coverage }] : []));
  const keys = figures.map(({ coverage: { indicator, category } }) => ({
    indicatorId: indicator.id,
    comparabilityGroup: indicator.comparabilityGroup,
    category,
  }));
  if (areComparable(keys)) return;
  const alone = keys.find(({ comparabilityGroup }) => comparabilityGroup === null);
  const advice = alone
    ? `No source states the definition of "${alone.indicatorId}", so it compares with nothing.`
    : 'Name one indicator for all of them.';
  const list = figures.map(({ region, coverage }) => `${region.code} by "${coverage.indicator.id}"`).join(', ');
  throw new RequestError(
    'NOT_COMPARABLE',
    `These figures follow definitions that cannot be compared: ${list}. ${advice}`,
  );
}

function dateOrNull(date: string | null | undefined): string | null {
  return date ? readDate(date) : null;
}
