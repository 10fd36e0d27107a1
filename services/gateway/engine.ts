import type { Log } from '../kit/log.js';
import type { RequestId } from '../kit/request-id.js';
import type { Tracing } from '../kit/tracing.js';
import { createAdmission } from './admission.js';
import type { Computed } from './answers.js';
import { apolloLogger, startApolloFront } from './apollo-front.js';
import { createBudget } from './budget.js';
import { compiledGateway } from './compiled-gateway.js';
import { createGatewayContext, type GatewayContext } from './context.js';
import type { Edition } from './edition.js';
import { editionTime } from './edition-time.js';
import type { CompiledOperation } from './executor/operation.js';
import type { Part } from './executor/part.js';
import { planText } from './executor/plan-text.js';
import type { Executor, PlannerName } from './executors.js';
import type { Explanation } from './explain.js';
import { createKnown } from './known.js';
import { DEFAULT_LIMITS, type Limits } from './limits.js';
import { type Inquiry, maskError, refusalOf } from './masking.js';
import { acceptKnown, apiSchemaOf, createOperations } from './operations.js';
import {
  createPlanner,
  type KnownOperation,
  lazyPlanner,
  type Preparation,
  type PreparationOptions,
  prepare,
} from './preparation.js';
import type { GraphQLQuestion } from './request.js';
import { stockGateway } from './stock-gateway.js';
import type { SubgraphClient } from './subgraph-client.js';
import type { Supergraph } from './supergraph.js';

/** Takes a question at an edition, gives the bytes of its answer. */
export interface Engine {
  /** The part of the supergraph that the answer depends on; null where that is not known before it is computed. */
  partOf(question: GraphQLQuestion): Part | null;
  /** `requestId` names the request in the log. */
  answer(question: GraphQLQuestion, edition: Edition, requestId: RequestId): Promise<Computed>;
  /** The operations that were asked for last, for the engine that takes its place. */
  newest(): readonly KnownOperation[];
  stop(): Promise<void>;
}

export interface EngineOptions {
  readonly supergraph: Supergraph;
  /** How a subgraph is reached; its address is the one in the supergraph. */
  readonly clientOf: (name: string, url: string) => SubgraphClient;
  readonly executor: Executor;
  /** Documents that are compiled at the start. */
  readonly trusted: Iterable<string>;
  /** Other operations that are compiled before it answers; none when not given. */
  readonly known?: readonly KnownOperation[];
  /** Works out what it needs of the supergraph; in this thread when not given. */
  readonly prepare?: (options: PreparationOptions) => Promise<Preparation>;
  /** Those of DEFAULT_LIMITS that shall be others. */
  readonly limits: Partial<Limits>;
  /** How long one request may ask subgraphs, all calls together; REQUEST_MS when not given. */
  readonly requestMs?: number | undefined;
  readonly log: Log;
  /** Null or not given where there are no traces. */
  readonly tracing?: Tracing | null;
}

export function startEngine(options: EngineOptions): Promise<Engine> {
  return options.executor === 'stock' ? startStock(options) : startCompiled(options, options.executor);
}

/**
 * Apollo Server in front of our executor. What it has accepted once the executor knows, and answers from then on without
 * it: the same bytes, without its pipeline.
 */
async function startCompiled(options: EngineOptions, name: PlannerName): Promise<Engine> {
  const { supergraph, clientOf, requestMs, log, tracing = null } = options;
  const trusted = [...options.trusted];
  const known = [...trusted.map((text) => ({ text, operationName: null })), ...(options.known ?? [])];
  const planner = (options.prepare ? lazyPlanner : createPlanner)(name, supergraph.sdl);
  const preparing = { sdl: supergraph.sdl, planner: name, operations: known };
  const preparation = options.prepare ? await options.prepare(preparing) : prepare(preparing, planner);
  const operations = createOperations({ supergraph, preparation, clientOf, planner });
  await acceptKnown(operations, known, log);
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const admission = createAdmission({ schema: operations.schema, limits, trusted });
  const front = await startApolloFront({ gateway: compiledGateway(operations, supergraph.sdl, tracing), log });
  const find = ({ query, operationName }: GraphQLQuestion) => operations.find(query, operationName);

  const explanationOf = (question: GraphQLQuestion) => {
    const known = find(question);
    return { plan: known ? planText(known.plan) : null, ...admission.measure(question) };
  };

  const answerKnown = async (known: CompiledOperation, question: GraphQLQuestion, context: GatewayContext) => {
    context.planned.part = known.part;
    try {
      const { data, errors } = await known.run(known.readVariables(question.variables), context);
      const told = errors.map((error) => maskError(error, error, context));
      const isBroken = told.some(({ extensions }) => BROKEN.includes(String(extensions?.code)));
      return { status: 200, body: bodyOf(data, told, context), isWhole: told.length === 0, isBroken };
    } catch (error) {
      return refused([error], context);
    }
  };

  return {
    partOf: (question) => find(question)?.part ?? null,
    async answer(question, edition, requestId) {
      const context = createGatewayContext(edition, createBudget(requestMs), { requestId, log });
      const known = find(question);
      const refusals =
        tracing === null || known
          ? admission.refusals(question)
          : tracing.part('admit', {}, () => admission.refusals(question));
      if (refusals.length > 0) return computed(refused(refusals, context), context);
      const made = known
        ? await answerKnown(known, question, context)
        : readFront(await front.answer(question, context));
      return explaining(computed(made, context), question, explanationOf);
    },
    newest: () => operations.newest(MOST_WARMED),
    stop: front.stop,
  };
}

/** How many operations of the engine before are compiled again before one takes its place. */
const MOST_WARMED = 500;

/** How many operations the stock gateway's parts are remembered of. */
const REMEMBERED = 10_000;

/** Apollo Server in front of Apollo's gateway. */
async function startStock(options: EngineOptions): Promise<Engine> {
  const { supergraph, clientOf, trusted, requestMs, log } = options;
  const gateway = stockGateway({ supergraph, clientOf, logger: apolloLogger(log) });
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const admission = createAdmission({ schema: apiSchemaOf(supergraph), limits, trusted });
  const front = await startApolloFront({ gateway, log });
  const parts = createKnown<Part>(REMEMBERED);
  return {
    partOf: (question) => parts.get(question.query, question.operationName) ?? null,
    async answer(question, edition, requestId) {
      const context = createGatewayContext(edition, createBudget(requestMs), { requestId, log });
      const refusals = admission.refusals(question);
      if (refusals.length > 0) return computed(refused(refusals, context), context);
      const answer = computed(readFront(await front.answer(question, context)), context);
      if (answer.part) parts.set(question.query, question.operationName, answer.part);
      return explaining(answer, question, () => ({
        plan: context.planned.text?.() ?? null,
        ...admission.measure(question),
      }));
    },
    newest: () => [],
    stop: front.stop,
  };
}

/** Errors that the next moment may mend. */
const BROKEN = ['SUBGRAPH_UNAVAILABLE', 'SUBGRAPH_INVALID', 'EDITION_NOT_READY'];

function readFront({ status, body }: { readonly status: number; readonly body: string }) {
  return { status, body: Buffer.from(body), isWhole: !body.includes('"errors":'), isBroken: false };
}

/** What a request gets that is refused as a whole, with all that it was refused for. */
function refused(errors: readonly unknown[], inquiry: Inquiry) {
  return { status: 400, body: Buffer.from(refusalOf(errors, inquiry)), isWhole: false, isBroken: false };
}

function computed(
  answer: Omit<Computed, 'part' | 'livesMs'>,
  { planned: { part }, unechoed }: GatewayContext,
): Computed {
  return { part, livesMs: unechoed.size > 0 ? Math.min(...unechoed.values()) : null, ...answer };
}

/** With its explanation where the question asks for it and was answered. */
function explaining(
  answer: Computed,
  question: GraphQLQuestion,
  explanationOf: (question: GraphQLQuestion) => Explanation,
): Computed {
  const isWanted = question.isExplained === true && answer.status === 200;
  return isWanted ? { ...answer, explanation: explanationOf(question) } : answer;
}

/** The same bytes as Apollo Server gives. */
function bodyOf(data: Buffer, errors: readonly object[], context: GatewayContext): Buffer {
  const edition = editionTime(context);
  const first = errors.length > 0 ? `"errors":${JSON.stringify(errors)},` : '';
  const last = edition === undefined ? '' : `,"extensions":${JSON.stringify({ edition })}`;
  return Buffer.concat([Buffer.from(`{${first}"data":`), data, Buffer.from(`${last}}\n`)]);
}
