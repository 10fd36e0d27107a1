import { randomBytes } from 'node:crypto';
import type { Caller } from './caller.js';
import type { Database, DbRow } from './database.js';
import { RequestError } from './errors.js';
import type { Instant } from './period.js';

/** What a caller does: the verb as the command names it, and on what. Never the data, never the token. */
export interface Act {
  readonly verb: string;
  /** Null where the act concerns no single one. */
  readonly dataset: string | null;
  readonly release: string | null;
}

/** One use of a credential, as it was written down. */
export interface Use extends Act {
  readonly usedAt: Instant;
  readonly caller: string;
  /** DONE, STARTED (how it ended is not known), FAILED, or the code of a refusal. */
  readonly outcome: string;
}

export interface AuditTrail {
  /** Writes down one use. */
  audit(caller: Caller, verb: string, dataset: string | null, release: string | null, outcome: string): Promise<void>;
  /**
   * Writes down that the act has started, does the work, and adds its outcome; nothing is done that cannot be written
   * down first. The work may name the release that it made. Gives and throws what the work does, no more.
   */
  audited<T>(caller: Caller, act: Act, work: (name: (release: string) => void) => Promise<T>): Promise<T>;
  /**
   * Does what comes before an act, such as looking whether the caller may, and writes down a refusal only: what was tried
   * is a use too. Gives and throws what the work does.
   */
  tried<T>(caller: Caller, act: Act, work: () => T | Promise<T>): Promise<T>;
}

/** Which uses to look up, the newest first. */
export interface UseFilter {
  /** Id of the token; null for all. */
  readonly caller: string | null;
  readonly since: Instant;
  readonly limit: number;
}

export function createAuditTrail(db: Database, clock: () => Instant): AuditTrail {
  return {
    async audit(caller, verb, dataset, release, outcome) {
      await insert(db, caller, { verb, dataset, release }, outcome, clock());
    },
    async audited(caller, act, work) {
      const id = await insert(db, caller, act, 'STARTED', clock());
      let { release } = act;
      const sql = 'UPDATE token_use SET outcome = ?, release_id = ? WHERE id = ?';
      const end = (outcome: string) => db.write((tx) => tx.query(sql, [outcome, word(release), id])).catch(() => {}); // STARTED stays, which is true
      const result = await work((made) => {
        release = made;
      }).catch(async (error: unknown) => {
        await end(outcomeOf(error));
        throw error;
      });
      await end('DONE');
      return result;
    },
    async tried(caller, act, work) {
      try {
        return await work();
      } catch (error) {
        await insert(db, caller, act, outcomeOf(error), clock());
        throw error;
      }
    },
  };
}

/** Uses as they were written down, the newest first. */
export async function findUses(db: Database, { caller, since, limit }: UseFilter): Promise<Use[]> {
  const rows = await db.query(
    `SELECT * FROM token_use WHERE used_at >= ? ${caller === null ? '' : 'AND caller = ?'} ORDER BY id DESC LIMIT ${limit}`,
    [since, ...(caller === null ? [] : [caller])],
  );
  return rows.map(readUse);
}

function outcomeOf(error: unknown): string {
  return error instanceof RequestError ? error.code : 'FAILED';
}

async function insert(db: Database, caller: Caller, act: Act, outcome: string, now: Instant): Promise<string> {
  const id = `${String(now).padStart(16, '0')}-${randomBytes(8).toString('hex')}`; // in the order of time
  await db.write((tx) =>
    tx.query(
      'INSERT INTO token_use (id, used_at, caller, verb, dataset, release_id, outcome) VALUES (?, ?, ?, ?, ?, ?, ?)',
      [id, now, caller.id, act.verb, word(act.dataset), word(act.release), outcome],
    ),
  );
  return id;
}

function readUse(row: DbRow): Use {
  return {
    usedAt: Number(row.used_at),
    caller: String(row.caller),
    verb: String(row.verb),
    dataset: textOrNull(row.dataset),
    release: textOrNull(row.release_id),
    outcome: String(row.outcome),
  };
}

/** A name as it came from a caller, who may have sent anything in its place: that is kept as `?`. */
function word(text: string | null): string | null {
  return text === null || /^[\w./-]{1,80}$/.test(text) ? text : '?';
}

function textOrNull(value: unknown): string | null {
  return value === null ? null : String(value);
}
