import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readConfig } from '../../services/config.js';
import { silent } from '../../services/kit/log.js';
import { stopAll } from '../../services/kit/stop.js';
import { type RunningAll, startAll } from '../../services/main.js';
import { freshSqlite } from '../support/databases.js';
import { RULE_DRAFT } from '../support/drafts.js';
import { publishTogether } from '../support/publish.js';

const COVERAGE =
  'query C($code: String!, $indicator: String) { region(code: $code) { name coverage(indicator: $indicator) { percent } } }';
const RULES = '{ benefitRules(program: JKP) { parameter value } }';

let running: RunningAll;
let statements = 0;

beforeAll(async () => {
  const config = readConfig({
    PORT: '0',
    LOG_LEVEL: 'silent',
    DATABASE_URL: await freshSqlite(),
    LOAD_TOKEN: 'a-token-for-tests',
  });
  running = await startAll(config, silent, {
    onQuery: (sql) => {
      if (!/FROM (edition|edition_head|redaction_epoch|seal)\b|AND status IN/.test(sql)) statements += 1;
    },
  });
});
afterAll(() => stopAll(running.stoppers, silent));

/** The answer, and how many statements it cost. */
async function get(parameters: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}) {
  statements = 0;
  const response = await fetch(`${running.url}/graphql?${new URLSearchParams(parameters)}`, { headers });
  const text = await response.text();
  return {
    status: response.status,
    text,
    statements,
    etag: response.headers.get('etag'),
    lifetime: response.headers.get('cache-control'),
  };
}

const CARD = { query: COVERAGE, variables: '{"code":"19","indicator":"ucj"}' };

describe('an answer', () => {
  test('is computed once and given again in the same bytes, whatever the order of its variables', async () => {
    const first = await get(CARD);
    const again = await get({ ...CARD, variables: '{"indicator":"ucj","code":"19"}' });
    expect({ again: again.text, statements: [first.statements > 0, again.statements], etag: again.etag }).toEqual({
      again: first.text,
      statements: [true, 0],
      etag: first.etag,
    });
  });

  test('is not sent again to who has it', async () => {
    const { etag } = await get(CARD);
    const again = await get(CARD, { 'if-none-match': `"other", ${etag}` });
    expect({ status: again.status, text: again.text, etag: again.etag }).toEqual({ status: 304, text: '', etag });
  });

  test('of now lives a second outside, one of the past a day, one with errors not at all', async () => {
    const [now, past, wrong] = [
      await get(CARD),
      await get({ ...CARD, asOf: '2025-06-01' }),
      await get({ query: '{ region(code: "1903") { name } }' }),
    ];
    expect([now.lifetime, past.lifetime, wrong.lifetime, wrong.etag]).toEqual([
      'public, max-age=0, s-maxage=1, must-revalidate',
      'public, max-age=86400',
      'no-store',
      null,
    ]);
  });

  test('of the past is the same for every asOf between two editions', async () => {
    const first = await get({ ...CARD, asOf: '2025-05-16' });
    const again = await get({ ...CARD, asOf: '2025-05-20T08:30+07:00' });
    expect({ text: again.text, statements: again.statements }).toEqual({ text: first.text, statements: 0 });
  });

  test('that is asked for many times at once is computed once', async () => {
    const parameters = { ...CARD, variables: '{"code":"00","indicator":"ucj"}' };
    const alone = await get({ ...CARD, variables: '{"code":"00","indicator":"rpjmn"}' });
    statements = 0;
    const texts = await Promise.all(
      Array.from({ length: 20 }, async () =>
        (await fetch(`${running.url}/graphql?${new URLSearchParams(parameters)}`)).text(),
      ),
    );
    expect({ different: new Set(texts).size, statements }).toEqual({ different: 1, statements: alone.statements });
  });

  test('is not made anew when a dataset it does not touch gets an edition, and is when one it touches does', async () => {
    await get(CARD);
    const rules = await get({ query: RULES });
    const at = Date.now() + 12_000;
    await publishTogether(running.office, [RULE_DRAFT], at);
    await running.poll();
    await new Promise((resolve) => setTimeout(resolve, at - Date.now() + 20));
    const [card, changed] = [await get(CARD), await get({ query: RULES })];
    expect({
      card: card.statements,
      changed: changed.text !== rules.text && changed.text.includes('test_parameter'),
    }).toEqual({ card: 0, changed: true });
  }, 30_000);
});
