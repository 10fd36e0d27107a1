import { Directive, Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';
import {
  BasisEnum,
  BilingualText,
  enumOf,
  Observation,
  QualifierEnum,
  Release,
  Revision,
  SegmentEnum,
  Source,
} from '../../kit/observation.js';
import { DATE_PRECISIONS, type DatePrecision } from '../../kit/period.js';
import {
  type Basis,
  EVENT_KINDS,
  FLAGS,
  type Flag,
  ORIGINS,
  PROGRAMS,
  type Qualifier,
  type Segment,
  STATUSES,
} from './words.js';

export const ProgramEnum = enumOf(PROGRAMS);
registerEnumType(ProgramEnum, {
  name: 'ParticipantProgram',
  description:
    'Programme. JKK_JKM is the pair as one; ANY means at least one programme. Programmes are never added: one person is in several.',
});
export const StatusEnum = enumOf(STATUSES);
registerEnumType(StatusEnum, {
  name: 'ParticipantStatus',
  description:
    'ACTIVE pays, REGISTERED has an account; NOT_STATED where the source does not say. Active is not registered.',
});
export const OriginEnum = enumOf(ORIGINS);
registerEnumType(OriginEnum, {
  name: 'CoverageOrigin',
  description: 'STATED as a source printed it, DERIVED from a numerator and a denominator.',
});
export const FlagEnum = enumOf(FLAGS);
registerEnumType(FlagEnum, { name: 'CoverageFlag', description: 'What a reader should know before using the figure.' });
export const PrecisionEnum = enumOf(DATE_PRECISIONS);
registerEnumType(PrecisionEnum, { name: 'DatePrecision', description: 'How precisely the date is known.' });
export const EventKindEnum = enumOf(EVENT_KINDS);
registerEnumType(EventKindEnum, { name: 'SeriesEventKind', description: 'What happened to a series.' });

@Directive('@key(fields: "code")')
@ObjectType({ description: 'A region of Indonesia, from the country down to the village.' })
export class Region {
  @Field(() => String, {
    description: 'Kemendagri code with its dots: "19.03". "00" is Indonesia. Not the BPS code.',
  })
  code!: string;
}

@Directive('@key(fields: "id")')
@ObjectType({
  description:
    'One definition of coverage: what is divided by what. Figures of different definitions are not compared.',
})
export class Indicator {
  @Field(() => String, { description: 'Stable id: "ucj".' })
  id!: string;
  @Field(() => BilingualText, { description: 'Full name.' })
  name!: BilingualText;
  @Field(() => BilingualText, { description: 'Name short enough for a card.' })
  shortName!: BilingualText;
  @Field(() => BilingualText, { description: 'Who is counted.' })
  numeratorText!: BilingualText;
  @Field(() => BilingualText, { description: 'Of whom; says so where no source tells.' })
  denominatorText!: BilingualText;
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether construction workers (Jakon) are counted; null where not stated.',
  })
  includesJakon!: boolean | null;
  @Field(() => String, {
    nullable: true,
    description: 'Figures of one group may be compared; null means comparable with nothing, itself included.',
  })
  comparabilityGroup!: string | null;
  @Field(() => String, { description: 'Unit of its figures: PERCENT.' })
  unit!: string;
  @Field(() => Float, {
    nullable: true,
    description:
      'Where it stands when a region is asked for coverage without naming an indicator, 1 first; null: never by default.',
  })
  defaultRank!: number | null;
  @Field(() => [String], { description: 'The same indicator in other lists, such as "sdg:8.8.1.(a)".' })
  sameAs!: string[];
  @Field(() => String, { nullable: true, description: 'Law or decree it rests on; null when not recorded.' })
  legalBasis!: string | null;
  @Field(() => BilingualText, { nullable: true, description: 'What a reader should know; null when nothing.' })
  note!: BilingualText | null;
}

/** What every figure of coverage says of itself, current or past. */
@ObjectType()
export abstract class CoverageFigure extends Observation {
  @Field(() => Float, {
    nullable: true,
    description: 'Percent, as stated or as derived; may exceed 100; null when withheld or withdrawn.',
  })
  percent!: number | null;
  @Field(() => String, {
    nullable: true,
    description: 'The digits or words the source printed ("33,10"); null when not recorded or derived.',
  })
  asPrinted!: string | null;
  @Field(() => QualifierEnum, {
    nullable: true,
    description: 'The word the source put before the number; null for none.',
  })
  qualifier!: Qualifier | null;
  @Field(() => Boolean, { description: 'True when the source does not give the number as exact.' })
  approximate!: boolean;
  @Field(() => Float, {
    nullable: true,
    description: 'Least the percent can be after its rounding or qualifier; null when unknown.',
  })
  lowerBound!: number | null;
  @Field(() => Float, {
    nullable: true,
    description: 'Most the percent can be after its rounding or qualifier; null when unknown.',
  })
  upperBound!: number | null;
  @Field(() => String, {
    description: 'When it was true: a day, month or year as text, never more precise than the source.',
  })
  date!: string;
  @Field(() => PrecisionEnum, { description: 'How precisely the date is known.' })
  precision!: DatePrecision;
  @Field(() => Float, { nullable: true, description: 'Whole persons counted; null when the source states none.' })
  numerator!: number | null;
  @Field(() => Float, { nullable: true, description: 'Whole persons divided by; null when no source states them.' })
  denominator!: number | null;
  @Field(() => String, {
    nullable: true,
    description: 'Date of the denominator; null when unknown. It may be older than the figure.',
  })
  denominatorDate!: string | null;
  @Field(() => OriginEnum, { description: 'Stated by a source, or derived by us.' })
  origin!: (typeof ORIGINS)[number];
  @Field(() => [FlagEnum], { description: 'What a reader should know before using it.' })
  flags!: Flag[];
  @Field(() => String, { description: 'Category of workers; ALL for all.' })
  category!: string;
  @Field(() => Indicator, { description: 'The definition the figure follows.' })
  indicator!: Indicator;
}

@ObjectType({
  implements: Observation,
  description:
    'How much of a workforce is insured, by one definition, on one date. A derived figure has no release: its numeratorFigure and denominatorFigure have.',
})
export class Coverage extends CoverageFigure {
  @Field(() => Coverage, {
    nullable: true,
    description:
      'The derived figure of the same region and indicator where this one is stated; null when there is none.',
  })
  derived!: Coverage | null;
  /** The cells it was derived from; null where it is stated. Not for the API, which shows the figures in them. */
  cells!: DerivedCells | null;
}

/** Which figures a derived one was divided from, as texts of `cellKey`. */
export interface DerivedCells {
  readonly numerator: string;
  readonly denominator: string;
}

@ObjectType({
  implements: [Observation, Revision],
  description:
    'Coverage as a source stated it and as we published it for some time. Withdrawn: null, obsStatus O, and the release that withdrew it with its reason.',
})
export class CoverageRevision extends CoverageFigure implements Revision {
  @Field(() => SegmentEnum, { nullable: true, description: 'Whom it is about; null when the source does not say.' })
  segment!: Segment | null;
  publishedFrom!: string;
  publishedUntil!: string | null;
}

/** What every count of persons says of itself. */
@ObjectType()
export abstract class Persons extends Observation {
  @Field(() => Float, { nullable: true, description: 'Whole persons; null when withheld or withdrawn.' })
  value!: number | null;
  @Field(() => String, { nullable: true, description: 'As the source printed it; null when not recorded.' })
  asPrinted!: string | null;
  @Field(() => Float, { nullable: true, description: 'Unit the source rounded to, in persons; null when unknown.' })
  roundedTo!: number | null;
  @Field(() => QualifierEnum, {
    nullable: true,
    description: 'The word the source put before the number; null for none.',
  })
  qualifier!: Qualifier | null;
  @Field(() => String, { description: 'Day, month or year as text; a month means its end.' })
  date!: string;
  @Field(() => PrecisionEnum, { description: 'How precisely the date is known.' })
  precision!: DatePrecision;
}

@ObjectType({ implements: Observation, description: 'How many persons were insured, on one date.' })
export class ParticipantCount extends Persons {
  @Field(() => SegmentEnum, { description: 'Whom it counts.' })
  segment!: Segment;
  @Field(() => ProgramEnum, { description: 'In which programme.' })
  program!: (typeof PROGRAMS)[number];
  @Field(() => StatusEnum, { description: 'Active or registered.' })
  status!: (typeof STATUSES)[number];
  @Field(() => String, { description: 'Category of workers; ALL for all. Categories overlap and are not added.' })
  category!: string;
  @Field(() => String, { description: 'Who administers the insurance: BPJSTK, TASPEN, ASABRI.' })
  administrator!: string;
  @Field(() => String, { nullable: true, description: 'Who pays the contribution; null when not stated.' })
  payer!: string | null;
  @Field(() => BasisEnum, { description: 'What places the persons in the region.' })
  basis!: Basis;
  @Field(() => String, { nullable: true, description: 'Last day a subsidy pays for them; null when there is none.' })
  subsidyEnd!: string | null;
}

@ObjectType({
  implements: [Observation, Revision],
  description: 'A count of insured persons as we published it for some time. Withdrawn: null and obsStatus O.',
})
export class ParticipantRevision extends ParticipantCount implements Revision {
  publishedFrom!: string;
  publishedUntil!: string | null;
}

@ObjectType({
  implements: Observation,
  description: 'How many persons there are to be insured: a possible denominator.',
})
export class PopulationBase extends Persons {
  @Field(() => String, {
    description: 'What is counted: EMPLOYED, LABOUR_FORCE ... or CATEGORY:x for the head-count of a category.',
  })
  concept!: string;
  @Field(() => String, { nullable: true, description: 'Which estimate of the same date it is; null when not stated.' })
  vintage!: string | null;
  @Field(() => Float, { nullable: true, description: 'Youngest age counted, in years; null when not stated.' })
  ageFloor!: number | null;
  @Field(() => Float, { nullable: true, description: 'Relative standard error in percent; null when not stated.' })
  rse!: number | null;
  @Field(() => String, { nullable: true, description: 'Round of the survey; null when not from one.' })
  surveyRound!: string | null;
  @Field(() => String, { nullable: true, description: 'Who is left out; null when not stated.' })
  exclusions!: string | null;
}

@ObjectType({ description: 'What is to be reached, and by when.' })
export class Target {
  @Field(() => String, { description: 'Day, month or year it is due.' })
  due!: string;
  @Field(() => Indicator, { description: 'The definition the target follows.' })
  indicator!: Indicator;
  @Field(() => Float, { nullable: true, description: 'Percent to be reached; null where only persons are stated.' })
  percent!: number | null;
  @Field(() => Float, {
    nullable: true,
    description: 'Whole persons to be reached; null where only a percent is stated.',
  })
  persons!: number | null;
  @Field(() => String, { nullable: true, description: 'Law or plan that sets it; null when not stated.' })
  legalBasis!: string | null;
  @Field(() => [Source], { description: 'Where it was published.' })
  sources!: Source[];
  @Field(() => Release, { description: 'The release that gave it.' })
  release!: Release;
  @Field(() => Int, {
    nullable: true,
    description: 'Its line in the file of its release, the header being line 1; null when not recorded.',
  })
  fileRow!: number | null;
  @Field(() => String, { nullable: true, description: 'What a reader should know; null when nothing.' })
  note!: string | null;
}

@ObjectType({
  description: 'Something that makes the figures before and after it differ for a reason other than coverage.',
})
export class SeriesEvent {
  @Field(() => String, { description: 'Day, month or year it happened.' })
  date!: string;
  @Field(() => EventKindEnum, { description: 'What happened.' })
  kind!: (typeof EVENT_KINDS)[number];
  @Field(() => BilingualText, { description: 'In words.' })
  note!: BilingualText;
  @Field(() => [Source], { description: 'Where it was published.' })
  sources!: Source[];
}

@ObjectType({ description: 'A region and its figure in a ranking.' })
export class RankingEntry {
  @Field(() => Float, { description: 'Place, 1 is the highest; equal figures share a place.' })
  rank!: number;
  @Field(() => Region, { description: 'The region.' })
  region!: Region;
  @Field(() => Coverage, { description: 'Its figure, with its own date.' })
  coverage!: Coverage;
}

@ObjectType({
  description: 'Regions of one level by one indicator, highest first. Regions without a public figure are not in it.',
})
export class Ranking {
  @Field(() => Indicator, { description: 'The definition all figures follow.' })
  indicator!: Indicator;
  @Field(() => [RankingEntry], { description: 'The regions in their order.' })
  entries!: RankingEntry[];
}

@ObjectType({ description: 'A region and its figure in a comparison.' })
export class ComparisonEntry {
  @Field(() => Region, { description: 'The region.' })
  region!: Region;
  @Field(() => Coverage, { nullable: true, description: 'Its figure; null when none is published.' })
  coverage!: Coverage | null;
}

@ObjectType({ description: 'Regions side by side, by figures that may be compared.' })
export class Comparison {
  @Field(() => Indicator, {
    nullable: true,
    description: 'The definition all figures follow; null when no region has a figure.',
  })
  indicator!: Indicator | null;
  @Field(() => [ComparisonEntry], { description: 'The regions in the order asked for.' })
  entries!: ComparisonEntry[];
}
