import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { startRegistry, startSubgraphs } from '../services/cli/programs.js';
import { readConfig } from '../services/config.js';
import { openDatabase } from '../services/kit/database.js';
import { silent } from '../services/kit/log.js';
import { stopAll } from '../services/kit/stop.js';
import { createToken } from '../services/kit/token.js';
import { createRegistryApp } from '../services/registry/http.js';
import { createEditionLog } from '../services/registry/log.js';
import { REGISTRY_MIGRATIONS } from '../services/registry/registry.js';
import type { Running } from '../services/running.js';
import { askData, sendFile } from './support/data-client.js';
import { freshFolder, freshSqlite } from './support/databases.js';

const REGISTRY_TOKEN = 'a-registry-token-for-tests';
/** An invented figure that can be told from every published one. */
const FILE = `region_code,date,indicator_id,percent,obs_status,conf_status,source_id
19.02,2025-12,ucj,77.13,A,F,antara-babel-534790
`;
/** Time to make a draft, to arm and to seal it, five seconds ahead at the least. */
const AHEAD_MS = 9000;

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** A registry whose clock is off by so much from that of this machine. */
async function openRegistry(offset: number): Promise<string> {
  const db = await openDatabase({ url: await freshSqlite(), entities: [], migrations: REGISTRY_MIGRATIONS });
  const app = createRegistryApp(
    createEditionLog(db, () => Date.now() + offset),
    REGISTRY_TOKEN,
    silent,
  );
  closers.push(db.close, () => app.close());
  return app.listen({ host: '127.0.0.1', port: 0 });
}

/** The program `subgraphs`, as it is deployed, following that registry; and tokens of two people. */
async function openHost(registryUrl: string) {
  const url = await freshSqlite();
  const settings = { PORT: '0', DATABASE_URL: url, REGISTRY_URL: registryUrl, REGISTRY_TOKEN, LOG_LEVEL: 'silent' };
  const spool = { SPOOL_FOLDER: await freshFolder(), SUBGRAPHS: 'regions,participants' };
  const running: Running = await startSubgraphs(readConfig({ ...settings, ...spool }), silent);
  const db = await openDatabase({ url, entities: [], migrations: [] });
  closers.push(() => stopAll(running.stoppers, silent), db.close);
  const grant = { datasets: null, region: null, expiresAt: Date.now() + 3_600_000 };
  const publisher = (await createToken(db, { ...grant, role: 'publisher' }, Date.now())).text;
  const approver = (await createToken(db, { ...grant, role: 'approver' }, Date.now())).text;
  return { url: running.url, publisher, approver };
}

describe('a host whose clock is off from that of the log', () => {
  test.each([
    ['ahead of', -5000],
    ['behind', 5000],
  ])(
    'F: five seconds %s it, shows no figure early and none late, and says so',
    async (word, offset) => {
      const logTime = () => Date.now() + offset;
      const { url, publisher, approver } = await openHost(await openRegistry(offset));
      const ready = await (await fetch(`${url}/readyz`)).json();
      expect(ready).toEqual({
        status: 'ok',
        warnings: [expect.stringMatching(`^the clock of this machine is [45]\\.\\d s ${word} the edition log's`)],
      });
      const fields = { acknowledge: ['W2', 'W5'], keepMissing: true };
      const made = await sendFile(url, 'stated_coverage/releases', publisher, FILE, fields);
      expect(made.body).toMatchObject({ outcome: 'DRAFTED' });
      const { number } = made.body.release as { number: number }; // as the route shapes it
      const at = logTime() + AHEAD_MS;
      const path = `stated_coverage/releases/${number}`;
      const approved = await askData(url, `${path}/approve`, approver, { at: new Date(at).toISOString() });
      expect(approved.body).toMatchObject({ releases: [{ publishedAt: new Date(at).toISOString() }] });
      const seenAt = await firstSight(url, logTime);
      expect(seenAt).toBeGreaterThanOrEqual(at);
      expect(seenAt).toBeLessThan(at + 3000);
    },
    60_000,
  );

  test('is told nothing where the clocks agree', async () => {
    const registry = { PORT: '0', DATABASE_URL: await freshSqlite(), REGISTRY_TOKEN, LOG_LEVEL: 'silent' };
    const { url, stoppers } = await startRegistry(readConfig(registry), silent);
    closers.push(() => stopAll(stoppers, silent));
    const host = await openHost(url);
    expect(await (await fetch(`${host.url}/readyz`)).json()).toEqual({ status: 'ok' });
  }, 30_000);
});

const ASKED =
  '{ _entities(representations: [{ __typename: "Region", code: "19.02" }]) { ... on Region { coverage(indicator: "ucj") { percent } } } }';

/** The log's time when the figure was first seen, in an answer or in the CSV. */
async function firstSight(url: string, logTime: () => number): Promise<number> {
  for (;;) {
    const answer = await fetch(`${url}/participants/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: ASKED }),
    });
    const csv = await fetch(`${url}/data/stated_coverage.csv`);
    if (`${await answer.text()}${await csv.text()}`.includes('77.13')) return logTime();
    await delay(50);
  }
}
