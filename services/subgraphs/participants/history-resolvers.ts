import { Arg, Ctx, Int, Query, Resolver } from 'type-graphql';
import { SegmentEnum } from '../../kit/observation.js';
import { readPeriod } from '../../kit/period.js';
import { readRegionCode } from '../../kit/region-code.js';
import { indicatorOf, revisionOf } from './answer.js';
import type { Context } from './context.js';
import { firstOf, MOST_FIGURES } from './limit.js';
import { CoverageRevision, ParticipantRevision, ProgramEnum, StatusEnum } from './types.js';

const REGION = { description: 'Kemendagri code with its dots: "19.03".' };
const PERIOD = {
  description:
    'Which dates: those that lie within "2024", "2024-Q3", "2024-10" or "2024-01/2024-10". Says nothing of when they were published.',
};
const FIRST = {
  defaultValue: 100,
  description: `How many at most, 1 to ${MOST_FIGURES}. Ask for a shorter period rather than for more.`,
};

/** What was said of each cell, and when: the revision triangle. */
@Resolver()
export class HistoryResolver {
  @Query(() => [CoverageRevision], {
    nullable: true,
    description:
      'Each figure of coverage that was ever published of a region for the dates of a period, up to the edition asked for: by date, then indicator, then the instant it was published. A figure that sources stated; a derived one is not published itself: ask for coverage at another asOf. Empty when nothing was, null beside an error.',
  })
  async history(
    @Ctx() context: Context,
    @Arg('region', () => String, REGION) region: string,
    @Arg('period', () => String, PERIOD) period: string,
    @Arg('indicator', () => String, {
      nullable: true,
      description: 'Id of an indicator: "ucj". Null for all, each entry naming its own.',
    })
    indicator: string | null | undefined,
    @Arg('category', () => String, { defaultValue: 'ALL', description: 'Category of workers; ALL for all.' })
    category: string,
    @Arg('first', () => Int, FIRST) first: number,
  ): Promise<CoverageRevision[]> {
    const filter = { indicator: indicator ?? null, category, within: readPeriod(period) };
    if (filter.indicator !== null) indicatorOf(await context.indicators(), filter.indicator);
    const found = await context.coverageHistory.load(readRegionCode(region), filter);
    const known = await context.known();
    return firstOf(
      found.flatMap((one) => revisionOf(one, known) ?? []),
      first,
    );
  }

  @Query(() => [ParticipantRevision], {
    nullable: true,
    description:
      'Each count of insured persons that was ever published of a region for the dates of a period, up to the edition asked for: by date, then series, then the instant it was published. Empty when nothing was, null beside an error.',
  })
  async participantHistory(
    @Ctx() context: Context,
    @Arg('region', () => String, REGION) region: string,
    @Arg('period', () => String, PERIOD) period: string,
    @Arg('segment', () => SegmentEnum, { nullable: true, description: 'Only this segment; null for all.' })
    segment: string | null | undefined,
    @Arg('program', () => ProgramEnum, { nullable: true, description: 'Only this programme; null for all.' })
    program: string | null | undefined,
    @Arg('status', () => StatusEnum, { nullable: true, description: 'Only this status; null for all.' })
    status: string | null | undefined,
    @Arg('category', () => String, {
      nullable: true,
      description: 'Only this category ("ALL" for all workers); null for every category.',
    })
    category: string | null | undefined,
    @Arg('first', () => Int, FIRST) first: number,
  ): Promise<ParticipantRevision[]> {
    const filter = {
      segment: segment ?? null,
      program: program ?? null,
      status: status ?? null,
      category: category ?? null,
      within: readPeriod(period),
    };
    return firstOf(await context.countHistory.load(readRegionCode(region), filter), first);
  }
}
