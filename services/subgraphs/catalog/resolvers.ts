import { Arg, Ctx, Int, Query, Resolver } from 'type-graphql';
import { RequestError } from '../../kit/errors.js';
import { Release } from '../../kit/observation.js';
import type { Context } from './context.js';

const MOST_RELEASES = 1000;

@Resolver(() => Release)
export class ReleaseResolver {
  @Query(() => [Release], {
    nullable: true,
    description:
      'What was published of a dataset up to the edition asked for, newest first; empty for a dataset without releases, null beside an error.',
  })
  releases(
    @Ctx() context: Context,
    @Arg('dataset', () => String, { description: 'Name of the dataset, as its CSV layout: "participant_count".' })
    dataset: string,
    @Arg('first', () => Int, { defaultValue: 100, description: `How many at most, 1 to ${MOST_RELEASES}.` })
    first: number,
  ): Promise<Release[]> {
    if (first < 1 || first > MOST_RELEASES)
      throw new RequestError('BAD_ARGUMENT', `first is ${first}; it must be from 1 to ${MOST_RELEASES}.`);
    return context.releases(dataset, first);
  }
}
