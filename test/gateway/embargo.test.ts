import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { EditionLog } from '../../services/kit/edition.js';
import type { HostedSubgraph } from '../../services/kit/host.js';
import { freshSqlite } from '../support/databases.js';
import { RULE_DRAFT } from '../support/drafts.js';
import { startTestGateway, type TestGateway } from '../support/gateway.js';
import { sealRows } from '../support/sealed.js';
import { createWorld, type World } from '../support/world.js';

const RULES = '{ benefitRules(program: JKP) { parameter value } }';
const COVERAGE = '{ region(code: "19") { name coverage(indicator: "ucj") { percent } } }';
const RELEASES = '{ releases(dataset: "benefit_rule") { id publishedAt } }';
const QUESTIONS = [RULES, COVERAGE, RELEASES];
const PAST = '2026-01-01';

const time = { start: Date.now(), passed: 0 };
let isCut = false;
/** The line to the subgraphs: what is asked waits while it is held. */
const line = { held: Promise.resolve(), asked: 0 };
let world: World;
let gateway: TestGateway;

beforeAll(async () => {
  const clock = () => time.start + time.passed;
  world = await createWorld({ url: await freshSqlite(), clock });
  const log: EditionLog = {
    ...world.log,
    read: (after) => (isCut ? Promise.reject(new Error('cut')) : world.log.read(after)),
  };
  const hosted = world.subgraphs.map(({ name }) => onTheLine(world.hosted(name)));
  gateway = await startTestGateway({ hosted, log, clock, elapsed: () => time.passed });
});
afterAll(async () => {
  await gateway.stop();
  await world.close();
});

function onTheLine(hosted: HostedSubgraph): HostedSubgraph {
  return {
    ...hosted,
    async execute(...asked) {
      line.asked += 1;
      await line.held;
      return hosted.execute(...asked);
    },
  };
}

/** Every answer of now and of a past day, and those that a subgraph gives at its newest instant, in full. */
async function everything() {
  const answers = [];
  for (const query of QUESTIONS) answers.push(await gateway.ask(query), await gateway.ask(query, PAST));
  const refused = await gateway.ask(RULES, '2999-01-01').then(({ text }) => text.replaceAll(/now \([^)]*\)/g, 'now'));
  return { answers, refused, direct: await world.ask('benefits', RULES), newest: await world.newest('benefits') };
}

/** Lets time pass, with the gateway hearing the log each second. */
async function pass(ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 1000) {
    time.passed += Math.min(1000, left);
    await gateway.poll();
  }
}

let published = 0;

/** Publishes the rule with a value it has not had, for an instant so far ahead. Gives the instant. */
async function sealAhead(ms: number): Promise<number> {
  published += 1;
  const instant = time.start + time.passed + ms;
  const rows = RULE_DRAFT.rows.map((row) => ({ ...row, value: published }));
  const release = await sealRows(world.db, { ...RULE_DRAFT, rows }, instant);
  await world.log.seal([{ dataset: 'benefit_rule', subgraph: 'benefits', instant, hash: release, historical: false }]);
  await gateway.poll();
  return instant;
}

describe('an edition ahead', () => {
  test('G: changes no byte of any answer, and no header, until its instant', async () => {
    const before = await everything();
    const instant = await sealAhead(6000);
    const known = await everything();
    await pass(5999);
    const last = await everything();
    expect({ known, last }).toEqual({ known: before, last: before });
    expect(JSON.stringify(last)).not.toContain('test_parameter');
    await pass(1);
    const [now, past] = [await gateway.ask(RULES), await gateway.ask(RULES, PAST)];
    expect({
      shows: now.text.includes('test_parameter'),
      edition: now.result.extensions?.edition,
      lifetime: now.headers['cache-control'],
      past,
    }).toEqual({
      shows: true,
      edition: new Date(instant).toISOString(),
      lifetime: 'public, max-age=0, s-maxage=1, must-revalidate',
      past: before.answers[1],
    });
  });

  test('C: is what an asOf after its instant is normalised to, and the one before it what an earlier asOf is', async () => {
    const { result } = await gateway.ask(RULES);
    const instant = Date.parse(String(result.extensions?.edition));
    await pass(1000);
    const asked = async (at: number) => (await gateway.ask(RULES, new Date(at).toISOString())).text;
    const [before, at, after] = [await asked(instant - 1), await asked(instant), await asked(instant + 999)];
    expect([before.includes('test_parameter'), at.includes('test_parameter'), after]).toEqual([false, true, at]);
  });
});

describe('a redaction', () => {
  test('J: makes every answer anew, those of the past as well', async () => {
    const askBoth = () => Promise.all([gateway.ask(COVERAGE), gateway.ask(COVERAGE, PAST)]);
    await askBoth();
    world.statements.reset();
    await askBoth();
    const kept = world.statements.count();
    await world.log.recordRedaction('benefit_rule');
    await gateway.poll();
    world.statements.reset();
    const answers = await askBoth();
    expect({ kept, isAnew: world.statements.count() > 0, statuses: answers.map(({ status }) => status) }).toEqual({
      kept: 0,
      isAnew: true,
      statuses: [200, 200],
    });
  });
});

describe('a gateway that does not reach the log', () => {
  test('F: answers as before, says after three seconds that it is stale, and lets nobody keep that', async () => {
    const before = [await gateway.ask(RULES), await gateway.ask(RULES, PAST)];
    isCut = true;
    time.passed += 2900;
    const within = [await gateway.ask(RULES), await gateway.ask(RULES, PAST)];
    time.passed += 1000;
    const stale = [await gateway.ask(RULES), await gateway.ask(RULES, PAST)];
    const readiness = await gateway.ready();
    isCut = false;
    await gateway.poll();
    const after = [await gateway.ask(RULES), await gateway.ask(RULES, PAST)];
    expect({ within, after, readiness }).toEqual({
      within: before,
      after: before,
      readiness: { status: 200, body: { status: 'ok', warnings: ['the edition log was last heard 3.9 s ago'] } },
    });
    expect(
      stale.map(({ status, result, headers }) => [status, result, headers['cache-control'], headers.etag]),
    ).toEqual(
      before.map(({ result }) => [
        200,
        { ...result, extensions: { ...result.extensions, stale: true } },
        'no-store',
        undefined,
      ]),
    );
  });

  test('F: appears with an edition at its instant although it has not heard the log since', async () => {
    const instant = await sealAhead(7000);
    isCut = true;
    time.passed += 6999;
    const before = (await gateway.ask(RULES)).result.extensions;
    time.passed += 1;
    const after = (await gateway.ask(RULES)).result.extensions;
    isCut = false;
    await gateway.poll();
    expect([before?.stale, after]).toEqual([true, { edition: new Date(instant).toISOString(), stale: true }]);
  });
});

test('L: an answer being computed for one edition is joined by those who ask at it, not by those who ask at the next', async () => {
  const before = (await gateway.ask(RELEASES)).result.extensions?.edition;
  const instant = await sealAhead(5000);
  await pass(4999);
  const query = '{ benefitRules(program: JKP) { parameter unit } }';
  let release = () => {};
  line.held = new Promise((resolve) => {
    release = resolve;
  });
  line.asked = 0;
  const asking = [gateway.ask(query), gateway.ask(query)];
  while (line.asked === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  time.passed += 1;
  asking.push(gateway.ask(query), gateway.ask(query));
  while (line.asked === 1) await new Promise((resolve) => setTimeout(resolve, 5));
  release();
  const editions = (await Promise.all(asking)).map(({ result }) => result.extensions?.edition);
  const next = new Date(instant).toISOString();
  expect({ editions, asked: line.asked }).toEqual({ editions: [before, before, next, next], asked: 2 });
});
