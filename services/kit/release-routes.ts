import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
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
    return { releases: await findFacts(db, name, caller, readFirst(request.query, 100, 1000), clock()) };
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
  demand(caller, { role: null, dataset, region: caller.region });
  await office.trail.audit(caller, verb, dataset, null, 'DONE');
  return caller;
}

/** Who acts, and on which release. Throws as `demand` does, and UNKNOWN_RELEASE for one that lies outside its region. */
export async function actor(
  office: DataOffice,
  request: ReleaseRequest,
  role: Role | null,
): Promise<{ readonly caller: Caller; readonly release: StoredRelease }> {
  const caller = await callerOf(office, request);
  demand(caller, { role, dataset: request.params.dataset, region: caller.region });
  const { db, clock } = office.loader;
  const release = await demandSeen(db, idOf(office, request), caller, clock());
  return { caller, release };
}

async function approve(office: DataOffice, request: ReleaseRequest, reply: FastifyReply) {
  const { caller, release } = await actor(office, request, 'approver');
  const { db, clock } = office.loader;
  const fields = readBody(request.body ?? {});
  const at = readInstant(fields, 'at');
  const together = [...new Set([release.id, ...readTexts(fields, 'together')])];
  const here = together.filter((id) => office.loader.datasets.some(({ name }) => id.startsWith(`${name}/`)));
  for (const id of here) {
    const one = await demandSeen(db, id, caller, clock());
    demand(caller, { role: 'approver', dataset: one.dataset, region: one.scope.region });
  }
  return answerLong(request, reply, office.writeLog, () =>
    office.trail.audited(caller, { verb: 'approve', dataset: release.dataset, release: release.id }, async () => {
      const approved = await office.publication.approve(here, actingAs(caller, 'approver'), at, together);
      return { releases: await Promise.all(approved.map((one) => factsOf(office, one, caller))) };
    }),
  );
}

async function cancel(office: DataOffice, request: ReleaseRequest) {
  const { caller, release } = await actor(office, request, null);
  demand(caller, { role: null, dataset: release.dataset, region: release.scope.region });
  return office.trail.audited(caller, { verb: 'cancel', dataset: release.dataset, release: release.id }, async () => {
    await office.publication.cancel(release.id);
    return { release: await factsOf(office, await again(office, release, caller), caller) };
  });
}

async function move(office: DataOffice, request: ReleaseRequest) {
  const { caller, release } = await actor(office, request, 'approver');
  demand(caller, { role: 'approver', dataset: release.dataset, region: release.scope.region });
  const at = readInstant(readBody(request.body), 'at');
  if (at === null)
    throw new RequestError('BAD_INSTANT', 'Name the instant it moves to, such as 2026-12-01T08:30+07:00.');
  return office.trail.audited(caller, { verb: 'move', dataset: release.dataset, release: release.id }, async () => ({
    release: await factsOf(office, await office.publication.move(release.id, at), caller),
  }));
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
