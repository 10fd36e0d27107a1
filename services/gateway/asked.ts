import type { Asked } from './answers.js';
import type { Generations } from './generations.js';
import { type GraphQLQuestion, questionKey } from './request.js';

/** A question as the kept answers know it. */
export function askedOf(engine: Pick<Generations, 'partOf'>, question: GraphQLQuestion): Asked {
  return { key: questionKey(question), part: engine.partOf(question), isTrusted: question.isTrusted };
}
