import { Directive, Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { enumOf, RegionLevelEnum } from '../../kit/observation.js';
import type { RegionLevel } from '../../kit/region-code.js';
import { REGION_KINDS } from './words.js';

export const RegionKindEnum = enumOf(REGION_KINDS);
registerEnumType(RegionKindEnum, {
  name: 'RegionKind',
  description: 'What a region is by law. UNALLOCATED stands for what a province cannot place in one of its regencies.',
});

@ObjectType({ description: 'Where a regency stands on the tile map of its province.' })
export class Tile {
  @Field(() => Int, { description: 'Column, 0 is the westernmost.' })
  column!: number;
  @Field(() => Int, { description: 'Row, 0 is the northernmost.' })
  row!: number;
}

@Directive('@key(fields: "code")')
@ObjectType({ description: 'A region of Indonesia, from the country down to the village.' })
export class Region {
  @Field(() => String, { description: 'Kemendagri code with its dots: "19.03". "00" is Indonesia. Not the BPS code.' })
  code!: string;
  @Field(() => RegionLevelEnum, { description: 'How far down it stands.' })
  level!: RegionLevel;
  @Field(() => RegionKindEnum, { description: 'What it is by law.' })
  kind!: (typeof REGION_KINDS)[number];
  @Field(() => String, {
    description: 'Name in Indonesian with its kind: "Kabupaten Bangka Selatan". Names repeat; codes do not.',
  })
  name!: string;
  @Field(() => [String], { description: 'Other names and spellings in use.' })
  aliases!: string[];
  @Field(() => String, {
    nullable: true,
    description: 'Code of BPS, from its own list, never made from ours; null where not recorded.',
  })
  bpsCode!: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'First day, month or year of the region; null when not recorded.',
  })
  validFrom!: string | null;
  @Field(() => String, { nullable: true, description: 'Last day, month or year of the region; null while it exists.' })
  validTo!: string | null;
  @Field(() => [String], { description: 'Codes of the regions that took its place.' })
  successors!: string[];
  @Field(() => Tile, {
    nullable: true,
    description: 'Its place on the tile map of its province; null where none is drawn.',
  })
  tile!: Tile | null;
}

@ObjectType({ description: 'Where a page of regions ends.' })
export class RegionPageInfo {
  @Field(() => String, { nullable: true, description: 'Give it as `after` for the next page; null on an empty page.' })
  endCursor!: string | null;
  @Field(() => Boolean, { description: 'True when there are more regions after this page.' })
  hasNextPage!: boolean;
}

@ObjectType({ description: 'A page of regions, higher levels first, then by code.' })
export class RegionPage {
  @Field(() => [Region], { description: 'The regions of this page.' })
  nodes!: Region[];
  @Field(() => RegionPageInfo, { description: 'Where the page ends.' })
  pageInfo!: RegionPageInfo;
}
