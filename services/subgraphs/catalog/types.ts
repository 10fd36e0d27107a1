import { Field, ObjectType } from 'type-graphql';

@ObjectType({
  description:
    'A figure emptied at every as-of because the law demands it (privacy, a court): the one exception to the promise that what was published stays.',
})
export class Redaction {
  @Field(() => String, { description: 'The dataset it was taken from, named as its CSV layout.' })
  dataset!: string;
  @Field(() => String, { description: 'When it was emptied, ISO 8601 in UTC.' })
  redactedAt!: string;
  @Field(() => String, { description: 'Why, in words.' })
  reason!: string;
  @Field(() => String, { nullable: true, description: 'In what role it was done: APPROVER; null when not recorded.' })
  role!: string | null;
}
