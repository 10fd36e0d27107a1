import type { RequestId } from '../kit/request-id.js';
import { type Answer, type Answers, answerOf, type Computed } from './answers.js';
import { askedOf } from './asked.js';
import type { Edition } from './edition.js';
import type { Engine } from './engine.js';
import type { Measured } from './limits.js';
import { lifetimeOf } from './reply.js';
import type { GraphQLQuestion } from './request.js';

/** What an engine tells of how it answers a question. */
export interface Explanation {
  /** The plan, for people; null where it is not known. */
  readonly plan: string | null;
  readonly measured: Measured;
  /** The limits that hold for it, by the same names: of a trusted document only one. */
  readonly limits: Measured;
}

/** Who may be asked to explain. */
export interface Explaining {
  readonly engine: Engine;
  readonly answers: Answers;
}

/**
 * The answer to a question, computed anew, with how it came about in `extensions.explain`. It is kept nowhere, and takes
 * no part in what is: the same question without the wish is answered as if this one had not been asked.
 */
export async function explain(
  { engine, answers }: Explaining,
  question: GraphQLQuestion,
  edition: Edition,
  requestId: RequestId,
): Promise<Answer> {
  const state = answers.isKept(askedOf(engine, question), edition) ? 'kept' : 'computed';
  const { explanation, ...computed } = await engine.answer(question, edition, requestId);
  if (!explanation) return answerOf({ ...computed, isWhole: false });
  const { extensions, ...rest } = JSON.parse(computed.body.toString()) as { readonly extensions?: object }; // the engine made it
  const explained = { ...explanation, cache: { state, ...cacheOf(computed, edition) } };
  const body = { ...rest, extensions: { ...extensions, explain: explained } };
  return answerOf({ ...computed, body: Buffer.from(`${JSON.stringify(body)}\n`), isWhole: false });
}

/** How the same answer is kept for those who do not ask for an explanation. */
function cacheOf({ isWhole, livesMs, part }: Computed, edition: Edition) {
  return {
    subgraphs: part?.subgraphs ?? null,
    edition: part && edition.keyOf(part.subgraphs),
    part: part?.id ?? null,
    lifetime: lifetimeOf({ isWhole, livesMs }, edition),
  };
}
