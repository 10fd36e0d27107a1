import { Arg, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from './context.js';
import { Region, WorkshopCount } from './types.js';
import { readYear } from './year.js';

@Resolver(() => Region)
export class WorkshopResolver {
  @FieldResolver(() => [WorkshopCount], {
    nullable: true,
    description:
      'Safety workshops held here, newest year first; empty when nothing is published, null beside an error.',
  })
  async workshops(
    @Root() { code }: Region,
    @Ctx() context: Context,
    @Arg('year', () => String, { nullable: true, description: 'Only this year: "2024"; null for all.' })
    year: string | null | undefined,
  ): Promise<WorkshopCount[]> {
    const asked = year === null || year === undefined ? null : readYear(year);
    const found = await context.workshops.load(code, asked);
    return found.map((figure) => ({ unit: 'WORKSHOPS', ...figure }));
  }
}
