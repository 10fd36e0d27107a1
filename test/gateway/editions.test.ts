import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readConfig } from '../../services/config.js';
import { silent } from '../../services/kit/log.js';
import { stopAll } from '../../services/kit/stop.js';
import { type RunningAll, startAll } from '../../services/main.js';
import { eachDatabase } from '../support/databases.js';
import { benefitDraft, coverageDraft } from '../support/drafts.js';
import { draftRows, publishTogether, type TestDraft } from '../support/publish.js';

/** One figure of each of two subgraphs, which one publication changes together. Invented, and only in the test's database. */
const QUERY =
  '{ region(code: "19.02") { coverage(indicator: "ucj") { percent } disbursements(program: JHT) { cases } } }';

const REGION = '19.02';
const coverageOf = (percent: number) => coverageDraft(percent, REGION, '2025-12');
const casesOf = (cases: number) => benefitDraft(cases, REGION);

interface State {
  readonly percent: number | null;
  readonly cases: number | null;
}

interface Answer {
  readonly data: {
    readonly region: {
      readonly coverage: { readonly percent: number } | null;
      readonly disbursements: readonly { readonly cases: number }[];
    };
  };
}

async function ask(url: string, asOf?: number): Promise<State> {
  const extensions = asOf === undefined ? {} : { asOf: new Date(asOf).toISOString() };
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'as-of': '0' },
    body: JSON.stringify({ query: QUERY, extensions }),
  });
  const { region } = ((await response.json()) as Answer).data;
  return { percent: region.coverage?.percent ?? null, cases: region.disbursements[0]?.cases ?? null };
}

eachDatabase('an edition', (makeUrl) => {
  let running: RunningAll;

  beforeAll(async () => {
    const config = readConfig({
      PORT: '0',
      LOG_LEVEL: 'silent',
      DATABASE_URL: await makeUrl(),
      LOAD_TOKEN: 'a-token-for-tests',
      ANSWER_CACHE_MB: '0',
    });
    running = await startAll(config, silent);
  });
  afterAll(() => stopAll(running.stoppers, silent));

  const publish = (drafts: readonly TestDraft[], at: number) => publishTogether(running.office, drafts, at);

  describe('published over two subgraphs while it is being read', () => {
    const before: State = { percent: null, cases: null };
    const first: State = { percent: 40, cases: 400 };
    const second: State = { percent: 50, cases: 500 };

    test('never shows two states in one answer, and is seen from its instant on', async () => {
      const at = Date.now() + 12_000;
      const seen: (State & { readonly askedAt: number; readonly answeredAt: number })[] = [];
      const reading = (async () => {
        while (Date.now() < at + 800) {
          const askedAt = Date.now();
          const states = await Promise.all(Array.from({ length: 8 }, () => ask(running.url)));
          for (const state of states) seen.push({ ...state, askedAt, answeredAt: Date.now() });
        }
      })();
      await publish([coverageOf(40), casesOf(400)], at);
      await reading;
      const states = new Set(seen.map(({ percent, cases }) => JSON.stringify({ percent, cases })));
      expect(states).toEqual(new Set([JSON.stringify(before), JSON.stringify(first)]));
      const early = seen.filter(({ percent, answeredAt }) => percent !== null && answeredAt < at);
      const late = seen.filter(({ percent, askedAt }) => percent === null && askedAt > at + 50);
      expect({ early: early.length, late: late.length }).toEqual({ early: 0, late: 0 });
      expect(await ask(running.url)).toEqual(first);
    }, 30_000);

    test('leaves every earlier edition as it was', async () => {
      const pinned = Date.now();
      const at = Date.now() + 12_000;
      await publish([coverageOf(50), casesOf(500)], at);
      expect(await ask(running.url)).toEqual(first);
      await new Promise((resolve) => setTimeout(resolve, at - Date.now() + 20));
      expect([
        await ask(running.url),
        await ask(running.url, pinned),
        await ask(running.url, at),
        await ask(running.url, at - 1),
      ]).toEqual([second, first, second, first]);
    }, 30_000);

    test('counts what it closed and what it opened, and keeps both versions', async () => {
      const rows = await running.office.loader.db.query(
        "SELECT f.percent, f.release_id FROM stated_coverage f WHERE f.region_code = '19.02' ORDER BY f.published_from",
      );
      expect(rows.map((row) => Number(row.percent))).toEqual([40, 50]);
      const open = await running.office.loader.db.query(
        "SELECT COUNT(*) AS n FROM stated_coverage WHERE region_code = '19.02' AND published_to = ?",
        [Number.MAX_SAFE_INTEGER],
      );
      expect(Number(open[0]?.n)).toBe(1);
    });
  });

  test('is refused for an instant that is too near, and nothing of it is kept but the drafts', async () => {
    const at = Date.now() + 1000;
    await expect(publish([coverageOf(99), casesOf(990)], at)).rejects.toEqual(
      expect.objectContaining({ code: 'BAD_INSTANT' }),
    );
    const left = await running.office.loader.db.query(
      'SELECT (SELECT COUNT(*) FROM stated_coverage WHERE percent = 99) AS opened, (SELECT COUNT(*) FROM data_release WHERE instant = ?) AS releases',
      [at],
    );
    expect(left.map(({ opened, releases }) => [Number(opened), Number(releases)])).toEqual([[0, 0]]);
  });

  test('that cannot arm one of its datasets arms none', async () => {
    const at = Date.now() + 15_000;
    const { db } = running.office.loader;
    const stale = casesOf(1000);
    const drafts = [
      await draftRows(running.office.loader, coverageOf(99)),
      await draftRows(running.office.loader, stale),
    ];
    await db.write((tx) =>
      tx.query("UPDATE data_release SET policy_version = 'another' WHERE id = ?", [drafts[1]?.id]),
    );
    const ids = drafts.map(({ id }) => id);
    await expect(running.office.publication.approve(ids, 'tok_other approver', at, ids)).rejects.toEqual(
      expect.objectContaining({ code: 'STALE_DRAFT' }),
    );
    const left = await db.query(
      `SELECT status, instant FROM data_release WHERE id IN (${ids.map(() => '?').join(', ')})`,
      ids,
    );
    expect(left).toEqual([
      { status: 'FAILED', instant: null },
      { status: 'FAILED', instant: null },
    ]);
  });
});
