import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { bears } from './bearer.js';
import { actingAs, type Caller } from './caller.js';
import type { Report } from './check.js';
import type { DataOffice } from './data-office.js';
import {
  callerOf,
  type Fields,
  type FileRequest,
  findDataset,
  readBody,
  readFileRequest,
  readReason,
  readText,
  readTexts,
} from './data-request.js';
import type { Dataset } from './dataset.js';
import { RequestError } from './errors.js';
import { loadFirst } from './first-load.js';
import { type DraftFacts, draftFile, type Trial, tryFile } from './load.js';
import { answerLong, type LongWork } from './ndjson.js';
import { demand, demandScope } from './permission.js';
import type { ReleaseKind, StoredRelease } from './release.js';
import { demandSeen, factsOfRelease } from './release-facts.js';
import { findSameFile } from './same-file.js';

interface OfDataset {
  readonly Params: { readonly dataset: string };
}

/** What became of a file that was to be published. */
type Outcome = 'DRAFTED' | 'ALREADY_DRAFTED' | 'ALREADY_PUBLISHED' | 'NOTHING_NEW';

/** The kinds of release that a file makes. */
const FILE_KINDS = ['REGULAR', 'PRELIMINARY', 'REVISION', 'CORRECTION'] as const satisfies readonly ReleaseKind[];

/** The routes by which a file that was sent is checked, made a draft, or loaded first. */
export function addFileRoutes(app: FastifyInstance, office: DataOffice, loadToken: string | null): void {
  const busy = new Set<string>();
  app.post<OfDataset>('/data/:dataset/check', { compress: false }, (request, reply) =>
    checkFile(office, request, reply),
  );
  app.post<OfDataset>('/data/:dataset/releases', { compress: false }, (request, reply) =>
    publishFile(office, busy, request, reply),
  );
  app.post<OfDataset>('/data/:dataset/load', { compress: false }, (request, reply) =>
    loadFile(office, loadToken, request, reply),
  );
}

/** A file, for whom it is, what it is to be, and the region it speaks for. */
interface Given {
  readonly caller: Caller;
  readonly dataset: Dataset;
  readonly fields: Fields;
  readonly file: FileRequest;
  readonly kind: ReleaseKind;
  readonly scope: string | null;
}

/** Who sends what: `work` gets it, and a refusal of it is written down like one by `work`. */
async function given<T>(
  office: DataOffice,
  request: FastifyRequest<OfDataset>,
  verb: string,
  work: (given: Given) => T | Promise<T>,
): Promise<T> {
  const caller = await callerOf(office, request);
  return office.trail.tried(caller, { verb, dataset: request.params.dataset, release: null }, async () =>
    work(await readGiven(office, request, caller)),
  );
}

async function readGiven(office: DataOffice, request: FastifyRequest<OfDataset>, caller: Caller): Promise<Given> {
  const name = request.params.dataset;
  demand(caller, { role: 'publisher', dataset: name, region: caller.region });
  const dataset = findDataset(office, name);
  const fields = readBody(request.body);
  const file = readFileRequest(fields, dataset.file);
  try {
    const scope = demandScope(caller, 'publisher', dataset, file.region);
    return { caller, dataset, fields, file, kind: readKind(fields), scope };
  } catch (error) {
    return await letGo(office, dataset, file, error);
  }
}

async function checkFile(office: DataOffice, request: FastifyRequest<OfDataset>, reply: FastifyReply) {
  const { caller, dataset, file, fields, kind, scope } = await given(office, request, 'check', (one) => one);
  const facts = { ...file, scope, kind, keepsMissing: fields.keepMissing === true };
  const work: LongWork<Trial> = (tell, signal) =>
    office.trail.audited(caller, { verb: 'check', dataset: dataset.name, release: null }, () => {
      const onProgress = (rows: number) => tell({ rows });
      return reading(office, dataset, file, signal, (input) =>
        tryFile(office.loader, dataset, { ...facts, onProgress }, input),
      );
    });
  return answerLong(request, reply, office.writeLog, work);
}

async function publishFile(
  office: DataOffice,
  busy: Set<string>,
  request: FastifyRequest<OfDataset>,
  reply: FastifyReply,
) {
  const { draft, caller, dataset, file, scope, kind } = await given(office, request, 'publish', async (one) => ({
    ...one,
    draft: await readDraft(office, one).catch((error: unknown) => letGo(office, one.dataset, one.file, error)),
  }));
  const at = { region: scope, keepsMissing: draft.keepsMissing, locale: file.locale ?? 'C' };
  const key = JSON.stringify([dataset.name, file.file, at]);
  const verb = kind === 'CORRECTION' ? 'correct' : 'publish';
  const act = { verb, dataset: dataset.name, release: null };
  return answerLong(request, reply, office.writeLog, (tell, signal) =>
    office.trail.audited(caller, act, (nameRelease) =>
      alone(busy, key, async () => {
        const same = await findSameFile(office.loader.db, dataset, { ...draft, fileHash: file.file, scope: at });
        if (same) {
          await office.spool.remove(dataset, file.file);
          nameRelease(same.id);
          const isDone = same.state === 'SEALED';
          return answer(office, caller, isDone ? 'ALREADY_PUBLISHED' : 'ALREADY_DRAFTED', same, null);
        }
        const facts = { ...draft, onProgress: (rows: number) => tell({ rows }) };
        const made = await reading(office, dataset, file, signal, (input) =>
          draftFile(office.loader, dataset, facts, input),
        );
        if (made.release) nameRelease(made.release.id);
        return answer(office, caller, made.release ? 'DRAFTED' : 'NOTHING_NEW', made.release, made.report);
      }),
    ),
  );
}

async function readDraft(office: DataOffice, given: Given): Promise<DraftFacts> {
  const { caller, dataset, fields, file, kind, scope } = given;
  const reason = readReason(fields);
  const supersedes = readText(fields, 'supersedes');
  if (kind === 'CORRECTION' && (reason === null || supersedes === null))
    throw new RequestError(
      'REASON_MISSING',
      'A correction says which release it corrects (supersedes) and why (reason): readers see both.',
    );
  if (supersedes !== null) await demandOwn(office, dataset, supersedes);
  const acknowledged = readAcknowledged(fields);
  const keepsMissing = fields.keepMissing === true;
  return {
    ...file,
    scope,
    kind,
    reason,
    supersedes,
    acknowledged,
    keepsMissing,
    createdBy: actingAs(caller, 'publisher'),
  };
}

function readAcknowledged(fields: Fields): string[] {
  const acknowledged = readTexts(fields, 'acknowledge').map((name) => name.trim());
  if (acknowledged.every((name) => /^\w{1,20}$/.test(name))) return acknowledged;
  throw new RequestError('BAD_ARGUMENT', 'acknowledge must be names of warnings, such as W2 and VANISHED.');
}

function readKind(fields: Fields): ReleaseKind {
  const kind = FILE_KINDS.find((one) => one === (fields.kind ?? 'REGULAR'));
  if (kind) return kind;
  throw new RequestError('BAD_ARGUMENT', `kind must be one of ${FILE_KINDS.join(', ')}.`);
}

/** A correction is of a release that readers have seen, and of the same dataset. */
async function demandOwn({ loader: { db, clock } }: DataOffice, { name }: Dataset, id: string): Promise<void> {
  const release = await demandSeen(db, id, null, clock());
  if (release.dataset === name) return;
  throw new RequestError('BAD_ARGUMENT', `${id} is no release of ${name}: a correction is of the same dataset.`);
}

async function answer(
  { loader: { db, clock } }: DataOffice,
  caller: Caller,
  outcome: Outcome,
  release: StoredRelease | null,
  report: Report | null,
) {
  return { outcome, release: release && (await factsOfRelease(db, release, caller, clock())), report };
}

async function loadFile(
  office: DataOffice,
  loadToken: string | null,
  request: FastifyRequest<OfDataset>,
  reply: FastifyReply,
) {
  if (!bears(request.headers.authorization, loadToken)) await refuseLoad(office, request);
  const dataset = findDataset(office, request.params.dataset);
  const fields = readBody(request.body);
  const file = readFileRequest(fields, dataset.file);
  const acknowledged = readAcknowledged(fields);
  const act = { verb: 'load', dataset: dataset.name, release: null };
  const work: LongWork<object> = async (tell, signal) => {
    const facts = { ...file, acknowledged, onProgress: (rows: number) => tell({ rows }) };
    const { releases, report } = await reading(office, dataset, file, signal, (input) =>
      loadFirst(office.loader, dataset, facts, input),
    );
    return {
      dataset: dataset.name,
      releases: releases.map(({ releaseId, instant, changedCells }) => ({
        id: releaseId,
        publishedAt: new Date(instant).toISOString(),
        changedCells,
      })),
      report,
    };
  };
  return answerLong(request, reply, office.writeLog, (tell, signal) =>
    office.trail.audited(LOADER, act, () => work(tell, signal)),
  );
}

/** Who shows the load token, in the trail. */
const LOADER: Caller = { id: 'load_token', roles: [], datasets: null, region: null };

/** Throws BAD_TOKEN, TOO_MANY_ATTEMPTS, or LOAD_NOT_ALLOWED for a token that is good for other things. */
async function refuseLoad(office: DataOffice, request: FastifyRequest<OfDataset>): Promise<never> {
  const caller = await callerOf(office, request);
  return office.trail.tried(caller, { verb: 'load', dataset: request.params.dataset, release: null }, () => {
    throw new RequestError(
      'LOAD_NOT_ALLOWED',
      'A first load needs the load token, which is another: set LOAD_TOKEN for the server and for the command.',
    );
  });
}

/**
 * Reads a file of the spool for as long as somebody waits for what comes of it, and lets it go once that has ended, well or
 * with a refusal. It stays where the work failed or its sender left, so that nothing need be sent twice. Throws UNKNOWN_FILE.
 */
async function reading<T>(
  office: DataOffice,
  dataset: Dataset,
  file: FileRequest,
  signal: AbortSignal,
  work: (input: Readable) => Promise<T>,
): Promise<T> {
  const input = await office.spool.open(dataset, file.file);
  const leave = () => input.destroy(new Error('nobody waits for it any more'));
  signal.addEventListener('abort', leave, { once: true });
  try {
    const result = await work(input);
    await office.spool.remove(dataset, file.file);
    return result;
  } catch (error) {
    return await letGo(office, dataset, file, error);
  } finally {
    signal.removeEventListener('abort', leave);
    input.destroy();
  }
}

/** Lets a file go that was refused, and throws why. */
async function letGo({ spool }: DataOffice, dataset: Dataset, { file }: FileRequest, error: unknown): Promise<never> {
  if (error instanceof RequestError) await spool.remove(dataset, file);
  throw error;
}

/** Does work that is not to be done twice at a time; throws UPLOAD_BUSY where it is under way. */
async function alone<T>(busy: Set<string>, key: string, work: () => Promise<T>): Promise<T> {
  if (busy.has(key))
    throw new RequestError('UPLOAD_BUSY', 'This file is being published right now: ask again in a second.');
  busy.add(key);
  return work().finally(() => busy.delete(key));
}
