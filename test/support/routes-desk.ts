import { readdir } from 'node:fs/promises';
import { expect } from '@jest/globals';
import { askData, hashOf, type Said, sendFile, tokenFor } from './data-client.js';
import { freshFolder, freshSqlite } from './databases.js';
import { type StartedWorld, startWorld } from './world.js';

/** A server, two that may publish participant_count, and a clock that stands until a test sets it. */
export interface RoutesDesk {
  readonly world: StartedWorld;
  readonly clock: { now: number };
  publisher: string;
  approver: string;
  /** New tokens: those of before may have ended. */
  renewTokens(): Promise<void>;
  ask(path: string, token: string | null, body?: unknown): Promise<Said>;
  send(text: string, fields?: object, token?: string | null): Promise<Said>;
  releaseOf(said: Said): { readonly id: string; readonly number: number };
  /** Approves a draft and lets its instant come; its number. */
  publish(said: Said): Promise<number>;
  /** Lets the instant come that an approval told. */
  awaitInstant(approval: Said): Promise<void>;
  /** True while the server keeps these bytes. */
  isSpooled(text: string): Promise<boolean>;
}

export async function startRoutesDesk(): Promise<RoutesDesk> {
  const clock = { now: Date.parse('2026-03-01T05:00:00Z') };
  const spoolFolder = await freshFolder();
  const env = { SPOOL_FOLDER: spoolFolder };
  const world = await startWorld({ url: await freshSqlite(), clock: () => clock.now, env });
  const desk: RoutesDesk = {
    world,
    clock,
    publisher: '',
    approver: '',
    async renewTokens() {
      desk.publisher = await tokenFor(world.office, { role: 'publisher' });
      desk.approver = await tokenFor(world.office, { role: 'approver' });
    },
    ask: (path, token, body) => askData(world.url, `participant_count/${path}`, token, body),
    send: (text, fields = {}, token = desk.publisher) =>
      sendFile(world.url, 'participant_count/releases', token, text, { name: 'figures.csv', ...fields }),
    releaseOf({ body }) {
      expect(body).toMatchObject({ outcome: 'DRAFTED' });
      return body.release as { id: string; number: number }; // as the route shapes it
    },
    async publish(said) {
      const { number } = desk.releaseOf(said);
      await desk.awaitInstant(await desk.ask(`releases/${number}/approve`, desk.approver, {}));
      return number;
    },
    async awaitInstant({ body }) {
      const [approved] = body.releases as { publishedAt: string }[]; // as the route shapes them
      clock.now = Date.parse(approved?.publishedAt ?? '') + 1000;
      await world.poll();
    },
    async isSpooled(text) {
      return (await readdir(spoolFolder, { recursive: true })).some((name) => name.includes(hashOf(text)));
    },
  };
  return desk;
}
