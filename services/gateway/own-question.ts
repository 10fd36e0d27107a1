import { newRequestId } from '../kit/request-id.js';
import type { Answer, Answers } from './answers.js';
import { askedOf } from './asked.js';
import type { Edition } from './edition.js';
import type { Generations } from './generations.js';

export interface OwnParts {
  readonly engine: Pick<Generations, 'partOf' | 'answer'>;
  readonly answers: Answers;
}

/** What a page of the gateway itself asks the API. */
export interface OwnQuestion {
  /** A document of ours. */
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** As the reader of the page wrote it; null for now. */
  readonly asOf: string | null;
}

/**
 * The answer in an edition, as everybody may have it: kept for whoever asks the same next. `demand`, where it is given,
 * asks at the door before anything is computed.
 */
export function askOwn(
  { engine, answers }: OwnParts,
  { query, variables, asOf }: OwnQuestion,
  edition: Edition,
  demand?: () => Promise<void>,
): Promise<Answer> {
  const question = { query, operationName: null, variables, asOf, isTrusted: true };
  return answers.get(askedOf(engine, question), edition, async () => {
    await demand?.();
    return engine.answer(question, edition, newRequestId());
  });
}
