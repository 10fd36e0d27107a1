import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parse } from 'graphql';
import { type Edition, followEditions } from '../../services/gateway/edition.js';
import { PLANNERS } from '../../services/gateway/executors.js';
import { hostedClient } from '../../services/gateway/hosted-client.js';
import { composeSupergraph } from '../../services/gateway/supergraph.js';
import { silent } from '../../services/kit/log.js';
import { printTable } from '../bench/table.js';
import { freshSqlite } from '../support/databases.js';
import { createWorld, type World } from '../support/world.js';
import { type Answer, readAnswer, readResult } from './answer.js';
import { type Contenders, startContenders } from './contenders.js';
import { differenceOf, EXACT } from './difference.js';
import { createMonolith, type Monolith } from './monolith.js';
import { createOperation, type Operation } from './operation.js';
import { findRealWords } from './real-words.js';
import { smallerOperation } from './smaller.js';

/** The nightly command says how many; without it they are few, and always the same ones. */
const IS_NIGHTLY = process.env.DIFFERENTIAL_QUERIES !== undefined;
const QUERIES = Number(process.env.DIFFERENTIAL_QUERIES ?? 150);
/** A seed that is given again gives the same queries again. */
const SEED = Number(process.env.DIFFERENTIAL_SEED ?? (IS_NIGHTLY ? Date.now() % 2 ** 31 : 20241012));
const TIME = 60_000 + QUERIES * 1000;

let world: World;
let edition: Edition;
let monolith: Monolith;
let contenders: Contenders;
beforeAll(async () => {
  world = await createWorld({ url: await freshSqlite() });
  const editions = await followEditions(world.log, { clock: Date.now }, silent);
  edition = editions.pick(null);
  editions.stop();
  const hosted = world.subgraphs.map(({ name }) => world.hosted(name));
  const supergraph = composeSupergraph(hosted);
  monolith = await createMonolith(world, supergraph);
  contenders = await startContenders(supergraph, (name) => hostedClient(world.hosted(name)), edition, PLANNERS);
}, 60_000);
afterAll(async () => {
  await contenders.stop();
  await world.close();
});

test(
  `our graph answers generated queries as one service over the same database would (seed ${SEED})`,
  async () => {
    const ground = { schema: monolith.schema, words: await findRealWords(world), largest: 30, deepest: 4 };
    const failed: string[] = [];
    const tally = new Map<string, number>();
    for (let n = 1; n <= QUERIES && failed.length <= 5; n += 1) {
      const operation = createOperation(ground, SEED, n);
      const wrong = await findWrong(operation, { tally });
      if (wrong !== '') failed.push(await describeFailure(operation, wrong, n));
    }
    if (process.env.DIFFERENTIAL_TALLY) printTally(tally);
    expect(failed).toEqual([]);
  },
  TIME,
);

interface Told {
  readonly tally?: Map<string, number>;
  readonly lines?: string[];
}

const MOST_TOLD = 2000;

/** Who answers in another way than the monolith, and how; empty for nobody. */
async function findWrong({ text, variables }: Operation, { tally, lines }: Told = {}): Promise<string> {
  const result = await monolith.answer(parse(text), variables, edition);
  const truth = readResult(result);
  lines?.push(`monolith: ${JSON.stringify(result).slice(0, MOST_TOLD)}`);
  if (tally) count(tally, truth);
  const wrong: string[] = [];
  for (const who of PLANNERS) {
    const { first, again, touched } = await contenders.ask(who, { text, variables });
    const how = differenceOf(truth, readAnswer(first), EXACT);
    if (how || first !== again) wrong.push(`${who}: ${how ?? 'another answer when asked again'}`);
    lines?.push(`${who}: ${first.slice(0, MOST_TOLD)}`);
    if (who === 'hive' && tally) add(tally, `${touched?.length ?? 0} subgraphs`);
  }
  return wrong.join(', ');
}

async function describeFailure(operation: Operation, wrong: string, n: number): Promise<string> {
  const smaller = await smallerOperation(monolith.schema, operation, async (one) => (await findWrong(one)) === wrong);
  const lines = [`query ${n} of seed ${SEED}: ${wrong}`, smaller.text, JSON.stringify(smaller.variables)];
  await findWrong(smaller, { lines });
  return lines.join('\n');
}

function count(tally: Map<string, number>, { data, told }: Answer): void {
  add(tally, 'queries');
  if (data === undefined) add(tally, 'wrong variables');
  else if (told.length > 0) add(tally, 'errors');
  const values = Object.values(data ?? {});
  if (values.length > 0 && values.every((value) => value === null)) add(tally, 'nothing but nulls');
  if (JSON.stringify(data ?? null).length > 1000) add(tally, 'more than 1,000 characters');
}

function add(tally: Map<string, number>, name: string): void {
  tally.set(name, (tally.get(name) ?? 0) + 1);
}

function printTally(tally: ReadonlyMap<string, number>): void {
  printTable(
    ['queries with', 'how many'],
    [...tally].sort().map(([name, n]) => [name, String(n)]),
  );
}
