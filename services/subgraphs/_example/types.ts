import { Directive, Field, Int, ObjectType } from 'type-graphql';
import { Observation } from '../../kit/observation.js';

@Directive('@key(fields: "code")')
@ObjectType({ description: 'A region of Indonesia, from the country down to the village.' })
export class Region {
  @Field(() => String, {
    description: 'Kemendagri code with its dots: "19.03". "00" is Indonesia. Not the BPS code.',
  })
  code!: string;
}

@ObjectType({ implements: Observation, description: 'Safety workshops held in a region in one year (a flow).' })
export class WorkshopCount extends Observation {
  @Field(() => String, { description: 'The year: "2024".' })
  year!: string;
  @Field(() => Int, { nullable: true, description: 'Workshops held, of any length; null when withheld or withdrawn.' })
  held!: number | null;
}
