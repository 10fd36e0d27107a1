import { parse } from 'graphql';
import { createApolloPlanner } from '../../services/gateway/executor/apollo-planner.js';
import { readTypes } from '../../services/gateway/executor/types.js';
import { EXECUTORS, type Executor } from '../../services/gateway/executors.js';
import { type Answer, readAnswer, readResult } from './answer.js';
import { type Contenders, startContenders } from './contenders.js';
import { AS_STOCK, type Difference, differenceOf, EXACT } from './difference.js';
import type { Family } from './family.js';
import { createHosts, type Hosts } from './hosts.js';
import type { Operation } from './operation.js';
import { plannedPart } from './planned.js';
import { ABORTED, type Attempt, createProbe } from './probe.js';
import { createWhole, type Whole } from './whole.js';

/** A family with everybody who answers for it. */
export interface Trial {
  readonly family: Family;
  readonly whole: Whole;
  judge(operation: Operation): Promise<Judgement>;
  stop(): Promise<void>;
}

/** What became of one operation. */
export interface Judgement {
  readonly operation: Operation;
  readonly truth: Answer;
  /** False where the truth cannot be known: an entity was unknown somewhere, or wrong what a field is made of. */
  readonly isSettled: boolean;
  /** Null for one who was not asked, since it would have ended this process. */
  readonly answers: Readonly<Record<Executor, Answer | null>>;
  readonly plans: Plans;
  /** How many calls to subgraphs it took. */
  readonly calls: Readonly<Record<Executor, number>>;
  readonly findings: readonly Finding[];
}

/** How the planners did: the stock gateway gives Apollo's the operation as it came. */
export type Plans = Readonly<Record<Executor, Attempt>>;

/** Something that should not be. */
export interface Finding {
  readonly who: Executor;
  readonly what: 'aborts' | 'differs from the truth' | 'differs from stock' | 'differs when asked again';
  /** Null where there is nothing to compare. */
  readonly how: Difference | null;
  /** What the planner said, where it gave no plan. */
  readonly problem: string;
}

export async function startTrial(family: Family): Promise<Trial> {
  const hosts = createHosts(family);
  const whole = createWhole(family, hosts);
  const contenders = await startContenders(family.supergraph, hosts.clientOf);
  const planners = startPlanners(family, whole);
  return {
    family,
    whole,
    judge: async (operation) => judge({ hosts, whole, contenders }, operation, await planners.plan(operation)),
    async stop() {
      await planners.stop();
      await contenders.stop();
    },
  };
}

function startPlanners({ supergraph }: Family, { schema }: Whole) {
  const probe = createProbe(supergraph.sdl);
  const apollo = createApolloPlanner(supergraph.sdl);
  const { fieldNames } = readTypes(parse(supergraph.sdl));
  return {
    async plan({ text }: Operation): Promise<Plans> {
      const planned = plannedPart(text, schema, fieldNames);
      const ours = planned === null ? NO_PLAN : attempt(() => apollo.plan(planned));
      const hive = planned === null ? NO_PLAN : await probe.tryPlan(planned);
      return { hive, apollo: ours, stock: attempt(() => apollo.plan(text)) };
    },
    stop: () => probe.stop(),
  };
}

const NO_PLAN: Attempt = { problem: '', ms: 0 };

function attempt(work: () => unknown): Attempt {
  const began = performance.now();
  try {
    work();
    return { problem: '', ms: performance.now() - began };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error), ms: performance.now() - began };
  }
}

interface Court {
  readonly hosts: Hosts;
  readonly whole: Whole;
  readonly contenders: Contenders;
}

async function judge({ hosts, whole, contenders }: Court, operation: Operation, plans: Plans): Promise<Judgement> {
  const answers: Record<Executor, Answer | null> = { hive: null, apollo: null, stock: null };
  const calls: Record<Executor, number> = { hive: 0, apollo: 0, stock: 0 };
  const findings: Finding[] = [];
  let isForgotten = false;
  const find = (who: Executor, what: Finding['what'], how: Difference | null = null) =>
    findings.push({ who, what, how, problem: plans[who].problem });

  for (const who of EXECUTORS) {
    if (plans[who].problem === ABORTED) {
      find(who, 'aborts');
      continue;
    }
    hosts.look();
    const { first, again } = await contenders.ask(who, operation);
    const happened = hosts.look();
    if (first !== again) find(who, 'differs when asked again');
    answers[who] = readAnswer(first);
    calls[who] = happened.calls / 2;
    isForgotten ||= happened.forgotten > 0;
  }
  const { result, isUnsettled } = await whole.answer(parse(operation.text), operation.variables);
  const truth = readResult(result);
  const isSettled = !isUnsettled && !isForgotten;
  const { stock } = answers;
  for (const who of EXECUTORS) {
    const answer = answers[who];
    if (!answer) continue;
    const fromTruth = isSettled ? differenceOf(truth, answer, who === 'stock' ? AS_STOCK : EXACT) : null;
    if (fromTruth) find(who, 'differs from the truth', fromTruth);
    const fromStock = !isSettled && stock && who !== 'stock' ? differenceOf(answer, stock, AS_STOCK) : null;
    if (fromStock) find(who, 'differs from stock', fromStock);
  }
  return { operation, truth, isSettled, answers, plans, calls, findings };
}
