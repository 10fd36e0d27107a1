import { Directive, Field, Int, InterfaceType, ObjectType, registerEnumType } from 'type-graphql';
import { REGION_LEVELS } from './region-code.js';
import { RELEASE_KINDS, type ReleaseKind } from './release.js';
import { BASES, QUALIFIERS, SEGMENTS } from './words.js';

/** The API types that several subgraphs answer. A team elsewhere repeats what it needs of them as plain SDL. */

/** `['A', 'B']` as the object type-graphql wants for an enum. */
export function enumOf<const Word extends string>(words: readonly Word[]): { readonly [key in Word]: key } {
  return Object.fromEntries(words.map((word) => [word, word])) as { readonly [key in Word]: key }; // built from the words
}

export const ReleaseKindEnum = enumOf(RELEASE_KINDS);
registerEnumType(ReleaseKindEnum, {
  name: 'ReleaseKind',
  description: 'Why a release was made. HISTORICAL: part of the first load, dated by its sources.',
});

export const RegionLevelEnum = enumOf(REGION_LEVELS);
registerEnumType(RegionLevelEnum, {
  name: 'RegionLevel',
  description: 'How far down a region stands: country, province, regency or city, district, village.',
});

export const SegmentEnum = enumOf(SEGMENTS);
registerEnumType(SegmentEnum, {
  name: 'Segment',
  description:
    'Whom the figure counts. Sums have names of their own (PU_BPU_JAKON); NOT_STATED where the source does not say what it adds.',
});

export const BasisEnum = enumOf(BASES);
registerEnumType(BasisEnum, {
  name: 'PlaceBasis',
  description: 'What places a person in a region: workplace, residence or branch office.',
});

export const QualifierEnum = enumOf(QUALIFIERS);
registerEnumType(QualifierEnum, {
  name: 'Qualifier',
  description: 'The word the source put before the number: about, almost, more than.',
});

export const RELEASE_STATUSES = ['DRAFT', 'APPROVED', 'SCHEDULED', 'PUBLISHED', 'WITHDRAWN'] as const;
export const ReleaseStatusEnum = enumOf(RELEASE_STATUSES);
registerEnumType(ReleaseStatusEnum, {
  name: 'ReleaseStatus',
  description: 'Where a release stands; readers meet PUBLISHED and WITHDRAWN ones.',
});

@Directive('@shareable')
@ObjectType({ description: 'A text in Indonesian and in English.' })
export class BilingualText {
  @Field(() => String, { description: 'The text in Indonesian.' })
  id!: string;
  @Field(() => String, { description: 'The text in English.' })
  en!: string;
}

@Directive('@shareable')
@ObjectType({ description: 'Where a figure was published.' })
export class Source {
  @Field(() => String, { description: 'Stable id of the publication.' })
  id!: string;
  @Field(() => String, { description: 'Who published it.' })
  publisher!: string;
  @Field(() => String, { nullable: true, description: 'Title of the publication; null when not recorded.' })
  title!: string | null;
  @Field(() => String, { nullable: true, description: 'Address of the publication; null when it has none.' })
  url!: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'Day, month or year of publication as text; null when the source is undated.',
  })
  publishedOn!: string | null;
  @Field(() => String, { nullable: true, description: 'Day it was read; null when not recorded.' })
  retrievedOn!: string | null;
  @Field(() => String, { nullable: true, description: 'Licence of the publication; null when unknown.' })
  licence!: string | null;
  @Field(() => String, { nullable: true, description: 'What was seen of it: the article itself, or a stored excerpt.' })
  evidence!: string | null;
}

@Directive('@shareable')
@ObjectType({ description: 'One publication of a dataset: what changed, when and why.' })
export class Release {
  @Field(() => String, { description: 'Dataset and number: "participant_count/7".' })
  id!: string;
  @Field(() => String, { description: 'The dataset it belongs to, named as its CSV layout.' })
  dataset!: string;
  @Field(() => ReleaseKindEnum, { description: 'Why it was made.' })
  kind!: ReleaseKind;
  @Field(() => ReleaseStatusEnum, {
    description: 'Where it stands at the edition asked for: PUBLISHED, or WITHDRAWN once a later release withdrew it.',
  })
  status!: (typeof RELEASE_STATUSES)[number];
  @Field(() => String, {
    description:
      'The instant its rows are seen from, ISO 8601 in UTC; 1970-01-01 for reference data, which is seen at every instant.',
  })
  publishedAt!: string;
  @Field(() => String, { nullable: true, description: 'Why it was made, in words; null when none were given.' })
  reason!: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'Id of the release it corrects or withdraws; null when none.',
  })
  supersedes!: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'The period its figures are about, as its publisher named it; null when not named.',
  })
  referencePeriod!: string | null;
  @Field(() => Int, { nullable: true, description: 'Rows of the file it was made from; null when not recorded.' })
  rowCount!: number | null;
  @Field(() => Int, { description: 'Cells it added, changed or took away.' })
  changedCells!: number;
  @Field(() => Int, {
    nullable: true,
    description: 'Those of them that were not published before; null when not recorded.',
  })
  addedCells!: number | null;
  @Field(() => Int, {
    nullable: true,
    description: 'Those of them that were published before and are no more; null when not recorded.',
  })
  removedCells!: number | null;
  @Field(() => String, { description: 'SHA-256 of its rows as published, withheld cells already empty.' })
  contentHash!: string;
  @Field(() => String, {
    nullable: true,
    description:
      'SHA-256 over this release and the chainHash of the one before it in the dataset, so that none can be changed unseen; null for one from before releases were chained.',
  })
  chainHash!: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'Version of the policy by which its small counts were withheld; null when not recorded.',
  })
  policyVersion!: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'In what role it was made: PUBLISHER, or SYSTEM for the first load; null when not recorded.',
  })
  createdByRole!: string | null;
  @Field(() => String, {
    nullable: true,
    description:
      'In what role it was approved: APPROVER, with another token than it was made with, or SYSTEM for the first load; null when not recorded.',
  })
  approvedByRole!: string | null;
}

@InterfaceType({
  description: 'One measured value with what is needed to cite it.',
  autoRegisterImplementations: false,
})
export abstract class Observation {
  @Field(() => String, {
    description:
      'SDMX CL_OBS_STATUS: A normal, E estimated, P provisional, U low reliability, Q withheld, O missing, and others. O with a release of kind WITHDRAWAL: it was published and is withdrawn, for the reason of that release.',
  })
  obsStatus!: string;
  @Field(() => String, {
    description: 'SDMX CL_CONF_STATUS: F free, A withheld as a small count, S withheld to protect another cell.',
  })
  confStatus!: string;
  @Field(() => String, { description: 'Unit of the value: PERCENT, PERSONS or IDR.' })
  unit!: string;
  @Field(() => [Source], { description: 'Where the figure was published, the first source first.' })
  sources!: Source[];
  @Field(() => Release, {
    nullable: true,
    description: 'The release that gave the figure; null for a derived figure, whose parts have their own.',
  })
  release!: Release | null;
  @Field(() => Int, {
    nullable: true,
    description:
      'Line of the figure in the file of its release, the header being line 1; null for a derived figure and where not recorded.',
  })
  fileRow!: number | null;
  @Field(() => String, { nullable: true, description: 'What a reader should know of the figure; null when nothing.' })
  note!: string | null;
}

@InterfaceType({
  description: 'What was said of one cell for some time: one entry of its revision triangle.',
  autoRegisterImplementations: false,
})
export abstract class Revision {
  @Field(() => String, { description: 'The instant it was seen from, ISO 8601 in UTC.' })
  publishedFrom!: string;
  @Field(() => String, {
    nullable: true,
    description: 'The instant it was seen until; null while it is what is said of the cell at the edition asked for.',
  })
  publishedUntil!: string | null;
}
