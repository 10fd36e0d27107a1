import { Arg, Ctx, Int, Query, Resolver } from 'type-graphql';
import { RequestError } from '../../kit/errors.js';
import { Release } from '../../kit/observation.js';
import type { Context } from './context.js';
import { Redaction } from './types.js';

const MOST = 1000;
const FIRST = { defaultValue: 100, description: `How many at most, 1 to ${MOST}.` };

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
    @Arg('first', () => Int, FIRST) first: number,
  ): Promise<Release[]> {
    checkFirst(first);
    return context.releases(dataset, first);
  }

  @Query(() => [Redaction], {
    nullable: true,
    description:
      'Figures that were emptied because the law demanded it, newest first; the same at every asOf, for a redaction acts on all of them. Null beside an error.',
  })
  redactions(
    @Ctx() context: Context,
    @Arg('dataset', () => String, { nullable: true, description: 'Only of this dataset; null for all.' })
    dataset: string | null | undefined,
    @Arg('first', () => Int, FIRST) first: number,
  ): Promise<Redaction[]> {
    checkFirst(first);
    return context.redactions(dataset ?? null, first);
  }
}

function checkFirst(first: number): void {
  if (first < 1 || first > MOST)
    throw new RequestError('BAD_ARGUMENT', `first is ${first}; it must be from 1 to ${MOST}.`);
}
