import { Directive, Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';
import {
  BasisEnum,
  enumOf,
  Observation,
  QualifierEnum,
  Release,
  Revision,
  SegmentEnum,
  Source,
} from '../../kit/observation.js';
import { Rupiah } from './rupiah.js';
import * as words from './words.js';

export const ProgramEnum = enumOf(words.BENEFIT_PROGRAMS);
registerEnumType(ProgramEnum, {
  name: 'BenefitProgram',
  description:
    'Programme. JKK_JKM is the pair as one. ALL is every programme: stated for cases and rupiah only, since one person is in several programmes.',
});
export const BenefitTypeEnum = enumOf(words.BENEFIT_TYPES);
registerEnumType(BenefitTypeEnum, {
  name: 'BenefitType',
  description:
    'ALL is everything the programme paid. SCHOLARSHIP and RTW (Return To Work) are parts of it and are never added to it.',
});
export const PeriodKindEnum = enumOf(words.PERIOD_KINDS);
registerEnumType(PeriodKindEnum, {
  name: 'PeriodKind',
  description: 'What a figure is summed over. YTD runs from 1 January and is never added to a month, quarter or year.',
});
export const DateBasisEnum = enumOf(words.DATE_BASES);
registerEnumType(DateBasisEnum, {
  name: 'DateBasis',
  description: 'What places a claim in a period: the day it was paid, approved, or of the event itself.',
});
export const TotalOriginEnum = enumOf(words.TOTAL_ORIGINS);
registerEnumType(TotalOriginEnum, {
  name: 'DisbursementTotalOrigin',
  description: 'STATED by a source for all programmes, or SUMMED by us over every programme.',
});
export const RuleUnitEnum = enumOf(words.RULE_UNITS);
registerEnumType(RuleUnitEnum, { name: 'BenefitRuleUnit', description: 'What the value of a rule is counted in.' });

@Directive('@key(fields: "code")')
@ObjectType({ description: 'A region of Indonesia, from the country down to the village.' })
export class Region {
  @Field(() => String, {
    description: 'Kemendagri code with its dots: "19.03". "00" is Indonesia. Not the BPS code.',
  })
  code!: string;
}

@ObjectType({
  implements: Observation,
  description:
    'What a programme paid in a region over a period (a flow). Cases, payments and persons are different things and never stand for one another. What is about fewer than ten is withheld: every figure null, obsStatus Q. Withdrawn: every figure null, obsStatus O, and the release that withdrew it with its reason.',
})
export class Disbursement extends Observation {
  @Field(() => String, { description: 'First day of the period: "2024-01-01".' })
  periodStart!: string;
  @Field(() => String, { description: 'Last day of the period: "2024-12-31".' })
  periodEnd!: string;
  @Field(() => PeriodKindEnum, { description: 'Month, quarter, year, or year to date.' })
  periodKind!: words.PeriodKind;
  @Field(() => ProgramEnum, { description: 'The programme that paid.' })
  program!: words.BenefitProgram;
  @Field(() => BenefitTypeEnum, { description: 'All that the programme paid, or which part of it.' })
  benefitType!: words.BenefitType;
  @Field(() => SegmentEnum, { description: 'Whose claims are counted.' })
  segment!: words.Segment;
  @Field(() => BasisEnum, { description: 'What places the claims in the region; BRANCH is the office that paid.' })
  basis!: words.Basis;
  @Field(() => DateBasisEnum, {
    nullable: true,
    description: 'What places the claims in the period; null when the source does not say.',
  })
  dateBasis!: words.DateBasis | null;
  @Field(() => Int, { nullable: true, description: 'Claims, not persons; null when not stated or withheld.' })
  cases!: number | null;
  @Field(() => Int, {
    nullable: true,
    description: 'Transfers of money; one case may have several. Null when not stated or withheld.',
  })
  payments!: number | null;
  @Field(() => Int, {
    nullable: true,
    description: 'Insured persons who were paid, each once; null when not stated or withheld.',
  })
  recipients!: number | null;
  @Field(() => Int, {
    nullable: true,
    description:
      'Persons paid who are not the insured, such as children with a scholarship; null when not stated or withheld.',
  })
  beneficiaries!: number | null;
  @Field(() => Rupiah, { nullable: true, description: 'Rupiah paid; null when not stated or withheld.' })
  amountRupiah!: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'The digits or words the source printed; null when not recorded.',
  })
  asPrinted!: string | null;
  @Field(() => QualifierEnum, {
    nullable: true,
    description: 'The word the source put before the number; null for none.',
  })
  qualifier!: words.Qualifier | null;
  @Field(() => Float, {
    nullable: true,
    description: 'What the source rounded the amount to, in rupiah: 100000000 for "139,3 miliar". Null when not known.',
  })
  roundedTo!: number | null;
}

@ObjectType({
  implements: [Observation, Revision],
  description: 'What a programme paid, as we published it for some time.',
})
export class DisbursementRevision extends Disbursement implements Revision {
  publishedFrom!: string;
  publishedUntil!: string | null;
}

@ObjectType({
  implements: Observation,
  description:
    'What all programmes paid together in a region over a period. It counts no persons, for one person is in several programmes, and it never mixes periods, segments or bases. Null with obsStatus Q where a part is withheld, O where one is withdrawn: nothing missing is added as zero.',
})
export class DisbursementTotal extends Observation {
  @Field(() => String, { description: 'First day of the period: "2024-01-01".' })
  periodStart!: string;
  @Field(() => String, { description: 'Last day of the period: "2024-12-31".' })
  periodEnd!: string;
  @Field(() => PeriodKindEnum, { description: 'Month, quarter, year, or year to date.' })
  periodKind!: words.PeriodKind;
  @Field(() => SegmentEnum, { description: 'Whose claims are counted.' })
  segment!: words.Segment;
  @Field(() => BasisEnum, { description: 'What places the claims in the region; BRANCH is the office that paid.' })
  basis!: words.Basis;
  @Field(() => DateBasisEnum, {
    nullable: true,
    description: 'What places the claims in the period; null when the source does not say.',
  })
  dateBasis!: words.DateBasis | null;
  @Field(() => Int, { nullable: true, description: 'Claims, not persons; null when not stated or withheld.' })
  cases!: number | null;
  @Field(() => Rupiah, { nullable: true, description: 'Rupiah paid; null when not stated or withheld.' })
  amountRupiah!: string | null;
  @Field(() => Float, {
    nullable: true,
    description:
      'What the amount is rounded to, in rupiah; of a sum, the coarsest rounding in it. Null when not known.',
  })
  roundedTo!: number | null;
  @Field(() => TotalOriginEnum, { description: 'Stated by a source, or summed by us.' })
  origin!: words.TotalOrigin;
  @Field(() => [Disbursement], {
    description:
      'The figures it was summed from, each with its release and file row; the one figure where it is stated.',
  })
  parts!: Disbursement[];
}

@ObjectType({ description: 'A rule of contributions or benefits, with the time it holds.' })
export class BenefitRule {
  @Field(() => ProgramEnum, { description: 'The programme it belongs to.' })
  program!: words.BenefitProgram;
  @Field(() => SegmentEnum, { nullable: true, description: 'Whom it holds for; null when for every segment.' })
  segment!: words.Segment | null;
  @Field(() => String, { description: 'What it sets: "cash_share", "contribution", "funeral".' })
  parameter!: string;
  @Field(() => Float, { description: 'The value, in `unit`.' })
  value!: number;
  @Field(() => RuleUnitEnum, { description: 'Unit of the value.' })
  unit!: words.RuleUnit;
  @Field(() => String, { nullable: true, description: 'The digits the source printed; null when not recorded.' })
  asPrinted!: string | null;
  @Field(() => String, { nullable: true, description: 'Law or decree it rests on; null when no source names it.' })
  legalBasis!: string | null;
  @Field(() => String, {
    description: 'First day, month or year it is known to hold, never more precise than its source.',
  })
  validFrom!: string;
  @Field(() => String, { nullable: true, description: 'Last day, month or year it holds; null while it does.' })
  validTo!: string | null;
  @Field(() => [Source], { description: 'Where it was published, the first source first.' })
  sources!: Source[];
  @Field(() => Release, { description: 'The release that gave it.' })
  release!: Release;
  @Field(() => Int, {
    nullable: true,
    description: 'Its line in the file of its release, the header being line 1; null when not recorded.',
  })
  fileRow!: number | null;
  @Field(() => String, { nullable: true, description: 'What a reader should know of it; null when nothing.' })
  note!: string | null;
}
