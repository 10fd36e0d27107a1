import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from './context.js';
import { Coverage, ParticipantCount, PopulationBase } from './types.js';

/** What a derived figure was divided from: each part with its own source, release and file row. */
@Resolver(() => Coverage)
export class CoverageResolver {
  @FieldResolver(() => ParticipantCount, {
    nullable: true,
    description: 'The count that a derived figure divides; null where the figure is stated.',
  })
  async numeratorFigure(@Root() { cells }: Coverage, @Ctx() { countCells }: Context): Promise<ParticipantCount | null> {
    return cells && countCells.load(cells.numerator, null);
  }

  @FieldResolver(() => PopulationBase, {
    nullable: true,
    description: 'What a derived figure is divided by; null where the figure is stated.',
  })
  async denominatorFigure(@Root() { cells }: Coverage, @Ctx() { baseCells }: Context): Promise<PopulationBase | null> {
    return cells && baseCells.load(cells.denominator, null);
  }
}
