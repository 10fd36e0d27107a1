import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Act } from './audit.js';
import { actingAs, type Caller, type Role } from './caller.js';
import type { DataOffice } from './data-office.js';
import { callerOf, type Fields, findDataset, readBody, readFirst, readInstant, readTexts } from './data-request.js';
import { RequestError } from './errors.js';
import { answerLong } from './ndjson.js';
import { demand } from './permission.js';
import type { StoredRelease } from './release.js';
import { demandSeen, factsOfRelease, findFacts } from './release-facts.js';

export interface OfDataset {
  readonly Params: { readonly dataset: string };
  readonly Querystring: Fields;
}

export interface OfRelease {
  readonly Params: { readonly dataset: string; readonly number: string };
}

export type ReleaseRequest = FastifyRequest<OfRelease>;

/** The routes by which releases are looked at, let out and held back. */
export function addReleaseRoutes(app: FastifyInstance, office: DataOffice): void {
  const { db, clock } = office.loader;
  const act = (verb: string, work: (request: ReleaseRequest, reply: FastifyReply) => Promise<unknown>) =>
    app.post<OfRelease>(`/data/:dataset/releases/:number/${verb}`, { compress: false }, work);

  app.get<OfDataset>('/data/:dataset/releases', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const caller = await reader(office, request, request.params.dataset, 'list');
    const { name } = findDataset(office, request.params.dataset);
    const releases = await findFacts(db, name, caller, readFirst(request.query, 100, 1000), clock());
    return { releases, ...(caller ? { caller } : {}) };
  });
  app.get<OfRelease>('/data/:dataset/releases/:number', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const caller = await reader(office, request, request.params.dataset, 'list');
    return { release: await factsOf(office, await demandSeen(db, idOf(office, request), caller, clock()), caller) };
  });
  act('approve', (request, reply) => approve(office, request, reply));
  act('cancel', (request) => cancel(office, request));
  act('move', (request) => move(office, request));
}

/** Who looks, where that is said; null for everybody. Throws BAD_TOKEN or NOT_ALLOWED. */
export async function reader(
  office: DataOffice,
  request: FastifyRequest,
  dataset: string,
  verb: string,
): Promise<Caller | null> {
  if (request.headers.authorization === undefined) return null;
  const caller = await callerOf(office, request);
  await office.trail.tried(caller, { verb, dataset, release: null }, () =>
    demand(caller, { role: null, dataset, region: caller.region }),
  );
  await office.trail.audit(caller, verb, dataset, null, 'DONE');
  return caller;
}

/** Who acts, on which release, and both as the trail of uses has them. */
export interface Actor {
  readonly caller: Caller;
  readonly release: StoredRelease;
  readonly act: Act;
}

/** Throws as `demand` does, and UNKNOWN_RELEASE for a release that lies outside the region of who acts. */
export async function actor(
  office: DataOffice,
  request: ReleaseRequest,
  verb: string,
  role: Role | null,
): Promise<Actor> {
  const caller = await callerOf(office, request);
  const { dataset, number } = request.params;
  const release = await office.trail.tried(caller, { verb, dataset, release: `${dataset}/${number}` }, () => {
    demand(caller, { role, dataset, region: caller.region });
    return demandSeen(office.loader.db, idOf(office, request), caller, office.loader.clock());
  });
  return { caller, release, act: { verb, dataset: release.dataset, release: release.id } };
}

async function approve(office: DataOffice, request: ReleaseRequest, reply: FastifyReply) {
  const { caller, release, act } = await actor(office, request, 'approve', 'approver');
  const { at, here, together } = await office.trail.tried(caller, act, async () => {
    const fields = readBody(request.body ?? {});
    const all = [...new Set([release.id, ...readTexts(fields, 'together')])];
    return { at: readInstant(fields, 'at'), here: await demandHere(office, caller, all), together: all };
  });
  return answerLong(request, reply, office.writeLog, () =>
    office.trail.audited(caller, act, async () => {
      const approved = await office.publication.approve(here, actingAs(caller, 'approver'), at, together);
      return { releases: await Promise.all(approved.map((one) => factsOf(office, one, caller))) };
    }),
  );
}

/** Those of the releases that this host keeps. Throws where the caller may not approve one of them. */
async function demandHere(
  { loader: { db, clock, datasets } }: DataOffice,
  caller: Caller,
  all: readonly string[],
): Promise<string[]> {
  const here = all.filter((id) => datasets.some(({ name }) => id.startsWith(`${name}/`)));
  for (const id of here) {
    const { dataset, scope } = await demandSeen(db, id, caller, clock());
    demand(caller, { role: 'approver', dataset, region: scope.region });
  }
  return here;
}

async function cancel(office: DataOffice, request: ReleaseRequest) {
  const { caller, release, act } = await actor(office, request, 'cancel', null);
  return office.trail.audited(caller, act, async () => {
    demand(caller, { role: null, dataset: release.dataset, region: release.scope.region });
    await office.publication.cancel(release.id);
    return { release: await factsOf(office, await again(office, release, caller), caller) };
  });
}

async function move(office: DataOffice, request: ReleaseRequest) {
  const { caller, release, act } = await actor(office, request, 'move', 'approver');
  return office.trail.audited(caller, act, async () => {
    demand(caller, { role: 'approver', dataset: release.dataset, region: release.scope.region });
    const at = readInstant(readBody(request.body), 'at');
    if (at === null)
      throw new RequestError('BAD_INSTANT', 'Name the instant it moves to, such as 2026-12-01T08:30+07:00.');
    return { release: await factsOf(office, await office.publication.move(release.id, at), caller) };
  });
}

function again({ loader: { db, clock } }: DataOffice, { id }: StoredRelease, caller: Caller): Promise<StoredRelease> {
  return demandSeen(db, id, caller, clock());
}

/** A release as this caller may know it. */
export function factsOf({ loader: { db, clock } }: DataOffice, release: StoredRelease, caller: Caller | null) {
  return factsOfRelease(db, release, caller, clock());
}

/** `participant_count/7`. The dataset is looked up, so that an unknown one is told as that. */
function idOf(office: DataOffice, { params: { dataset, number } }: FastifyRequest<OfRelease>): string {
  return `${findDataset(office, dataset).name}/${/^\d{1,9}$/.test(number) ? Number(number) : '?'}`;
}
