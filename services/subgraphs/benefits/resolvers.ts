import { Arg, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { RequestError } from '../../kit/errors.js';
import { readDate, readPeriod } from '../../kit/period.js';
import { readRegionCode } from '../../kit/region-code.js';
import { isInForce } from './benefit-rule.js';
import type { Context } from './context.js';
import { type Part, type Total, totalsOf } from './total.js';
import {
  BenefitRule,
  BenefitTypeEnum,
  Disbursement,
  DisbursementRevision,
  DisbursementTotal,
  PeriodKindEnum,
  ProgramEnum,
  Region,
} from './types.js';
import type { BenefitProgram, BenefitType, PeriodKind } from './words.js';

const MOST_DISBURSEMENTS = 1000;
const FIRST = { defaultValue: 100, description: `How many at most, 1 to ${MOST_DISBURSEMENTS}.` };
const PERIOD =
  'Only periods that lie within this one: "2024", "2024-Q3", "2024-10" or "2024-01/2024-10"; null for all.';

@Resolver(() => Region)
export class DisbursementResolver {
  @FieldResolver(() => [Disbursement], {
    nullable: true,
    description:
      'What programmes paid here, the newest period first; empty when nothing is published, null beside an error. Parts of a programme (RTW, SCHOLARSHIP) stand beside its whole: ask for benefitType ALL to have the wholes only.',
  })
  async disbursements(
    @Root() { code }: Region,
    @Ctx() context: Context,
    @Arg('period', () => String, { nullable: true, description: PERIOD }) period: string | null | undefined,
    @Arg('periodKind', () => PeriodKindEnum, {
      nullable: true,
      description: 'Only periods of this kind; null for all.',
    })
    periodKind: PeriodKind | null | undefined,
    @Arg('program', () => ProgramEnum, { nullable: true, description: 'Only of this programme; null for all.' })
    program: BenefitProgram | null | undefined,
    @Arg('benefitType', () => BenefitTypeEnum, { nullable: true, description: 'Only of this type; null for all.' })
    benefitType: BenefitType | null | undefined,
    @Arg('first', () => Int, FIRST) first: number,
  ): Promise<Disbursement[]> {
    checkFirst(first);
    const found = await context.disbursements.load(code, {
      within: within(period),
      periodKind: periodKind ?? null,
      program: program ?? null,
      benefitType: benefitType ?? null,
    });
    return found.slice(0, first).map(inRupiah);
  }

  @FieldResolver(() => [DisbursementTotal], {
    nullable: true,
    description:
      'What all programmes paid together here, the newest period first, one total for each period, segment and basis. Empty where no source states a total and a programme is missing for a sum, null beside an error.',
  })
  async disbursementTotals(
    @Root() { code }: Region,
    @Ctx() context: Context,
    @Arg('period', () => String, { nullable: true, description: PERIOD }) period: string | null | undefined,
  ): Promise<DisbursementTotal[]> {
    const filter = { within: within(period), periodKind: null, program: null, benefitType: 'ALL' } as const;
    return totalsOf(await context.disbursements.load(code, filter)).map(showTotal);
  }

  @Query(() => [DisbursementRevision], {
    nullable: true,
    description:
      'Each disbursement that was ever published of a region for periods within one, up to the edition asked for: by period, then programme, then the instant it was published. Empty when nothing was, null beside an error.',
  })
  async disbursementHistory(
    @Ctx() context: Context,
    @Arg('region', () => String, { description: 'Kemendagri code with its dots: "19.03".' }) region: string,
    @Arg('period', () => String, {
      description:
        'Only periods that lie within this one: "2024", "2024-Q3", "2024-10" or "2024-01/2024-10". Says nothing of when they were published.',
    })
    period: string,
    @Arg('periodKind', () => PeriodKindEnum, {
      nullable: true,
      description: 'Only periods of this kind; null for all.',
    })
    periodKind: PeriodKind | null | undefined,
    @Arg('program', () => ProgramEnum, { nullable: true, description: 'Only of this programme; null for all.' })
    program: BenefitProgram | null | undefined,
    @Arg('benefitType', () => BenefitTypeEnum, { nullable: true, description: 'Only of this type; null for all.' })
    benefitType: BenefitType | null | undefined,
    @Arg('first', () => Int, FIRST) first: number,
  ): Promise<DisbursementRevision[]> {
    checkFirst(first);
    const found = await context.disbursementHistory.load(readRegionCode(region), {
      within: within(period),
      periodKind: periodKind ?? null,
      program: program ?? null,
      benefitType: benefitType ?? null,
    });
    return found.slice(0, first).map(inRupiah);
  }

  @Query(() => [BenefitRule], {
    nullable: true,
    description:
      'Rules of contributions and benefits, by programme, segment and parameter, the oldest first; null beside an error.',
  })
  async benefitRules(
    @Ctx() context: Context,
    @Arg('program', () => ProgramEnum, { nullable: true, description: 'Only of this programme; null for all.' })
    program: BenefitProgram | null | undefined,
    @Arg('on', () => String, {
      nullable: true,
      description:
        'Only rules that hold on this day, or at some time of this month or year; null for all, past ones too.',
    })
    on: string | null | undefined,
  ): Promise<BenefitRule[]> {
    const date = on === null || on === undefined ? null : readDate(on, 'on');
    const rules = await context.rules();
    return rules.filter((rule) => (!program || rule.program === program) && (date === null || isInForce(rule, date)));
  }
}

function within(period: string | null | undefined) {
  return period === null || period === undefined ? null : readPeriod(period);
}

function checkFirst(first: number): void {
  if (first < 1 || first > MOST_DISBURSEMENTS)
    throw new RequestError('BAD_ARGUMENT', `first is ${first}; it must be from 1 to ${MOST_DISBURSEMENTS}.`);
}

function inRupiah<Found>(figure: Found): Found & { unit: string } {
  return { unit: 'IDR', ...figure };
}

/** A sum has no release, file row or note of its own, its parts have; its sources are those of its parts, each once. */
function showTotal({ parts, ...total }: Total<Part & Omit<Disbursement, 'unit'>>): DisbursementTotal {
  const sources = new Map(parts.flatMap((part) => part.sources).map((source) => [source.id, source]));
  const stated = total.origin === 'STATED' ? parts[0] : undefined;
  return {
    unit: 'IDR',
    ...total,
    sources: [...sources.values()],
    release: stated?.release ?? null,
    fileRow: stated?.fileRow ?? null,
    note: stated?.note ?? null,
    parts: parts.map(inRupiah),
  };
}
