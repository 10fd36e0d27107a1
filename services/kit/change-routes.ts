import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type ChangeList, type Diff, diffInstants, listChanges } from './changes.js';
import type { DataOffice } from './data-office.js';
import { callerOf, type Fields, findDataset, readFirst } from './data-request.js';
import type { Dataset } from './dataset.js';
import { RequestError } from './errors.js';
import { answerLong } from './ndjson.js';
import { type Instant, readAsOf } from './period.js';
import { demand } from './permission.js';
import { demandSeen } from './release-facts.js';
import { actor, type OfDataset, type OfRelease, type ReleaseRequest, reader } from './release-routes.js';
import { createSeals, type Seals } from './seals.js';
import { findSeen } from './seen.js';
import { openStage } from './stage.js';
import { verify } from './verify.js';

interface OfTwo {
  readonly Params: { readonly dataset: string; readonly a: string; readonly b: string };
  readonly Querystring: Fields;
}

/**
 * The routes that compare: a draft with what is published, two states that readers saw, and every row with the hashes
 * it was sealed under.
 */
export function addChangeRoutes(app: FastifyInstance, office: DataOffice): void {
  const { db, clock, datasets } = office.loader;
  const names = datasets.map(({ name }) => name);
  const seals = createSeals(db, names, clock);
  app.get<OfRelease>('/data/:dataset/releases/:number/changes', (request, reply) => changes(office, request, reply));
  app.get<OfTwo>('/data/:dataset/diff/:a/:b', (request, reply) => diff(office, seals, request, reply));
  app.get<OfDataset>('/data/:dataset/verify', { compress: false }, (request, reply) =>
    verification(office, request, reply),
  );
}

async function changes(office: DataOffice, request: ReleaseRequest, reply: FastifyReply) {
  const { caller, release, act } = await actor(office, request, 'changes', null);
  reply.header('cache-control', 'no-store');
  const dataset = findDataset(office, release.dataset);
  return office.trail.audited(caller, act, async () => {
    const list = readList(request.query as Fields); // fastify parses the query string to an object
    if (release.stage === null)
      throw new RequestError(
        'RELEASE_NOT_READY',
        `${release.id} waits for nothing: what is published is compared by /data/${dataset.name}/diff.`,
      );
    const { db, clock } = office.loader;
    const stage = await openStage(db, dataset, release.stage);
    const at = (await findSeen(db, clock()))(dataset.name);
    return { difference: release.difference, changes: await listChanges(db, stage, at, list) };
  });
}

async function diff(
  office: DataOffice,
  seals: Seals,
  request: FastifyRequest<OfTwo>,
  reply: FastifyReply,
): Promise<Diff> {
  reply.header('cache-control', 'no-store');
  const { params, query } = request;
  const dataset = findDataset(office, params.dataset);
  const from = await readState(office, seals, dataset, params.a, request);
  const to = await readState(office, seals, dataset, params.b, request);
  return diffInstants(office.loader.db, dataset, from, to, readList(query));
}

/** The instant of a state that readers saw: by the number of a release, a day, or an instant with its zone. */
async function readState(
  office: DataOffice,
  seals: Seals,
  { name }: Dataset,
  text: string,
  request: FastifyRequest<OfTwo>,
): Promise<Instant> {
  const { db, clock } = office.loader;
  if (/^\d{1,9}$/.test(text)) {
    const id = `${name}/${Number(text)}`;
    const release = await demandSeen(db, id, null, clock()).catch((error) => explainUnseen(office, request, id, error));
    return release.instant ?? 0;
  }
  const instant = await seals.pick(name, readAsOf(text, clock()));
  if (instant !== null) return instant;
  throw new RequestError('NOT_YET_KEPT', `${name} has nothing from ${text} or before: name a later day.`);
}

/** Readers have not seen the release: whoever may know of it is told how it is looked at, others that there is none. */
async function explainUnseen(
  office: DataOffice,
  request: FastifyRequest<OfTwo>,
  id: string,
  error: unknown,
): Promise<never> {
  const { db, clock } = office.loader;
  const caller = await reader(office, request, request.params.dataset, 'diff');
  if (caller === null) throw error;
  const { stage } = await demandSeen(db, id, caller, clock());
  const alone = `what it would change is looked at alone, by /data/${id.replace('/', '/releases/')}/changes or \`data diff ${id}\``;
  const help = stage === null ? 'readers saw nothing of it to compare' : alone;
  throw new RequestError('RELEASE_NOT_READY', `${id} is not published: ${help}.`);
}

function readList(fields: Fields): ChangeList {
  const order = (['key', 'largest'] as const).find((one) => one === (fields.order ?? 'key'));
  if (order) return { first: readFirst(fields, 100, 1000), order };
  throw new RequestError('BAD_ARGUMENT', 'order must be key or largest.');
}

async function verification(office: DataOffice, request: FastifyRequest<OfDataset>, reply: FastifyReply) {
  const caller = await callerOf(office, request);
  const act = { verb: 'verify', dataset: request.params.dataset, release: null };
  const dataset = await office.trail.tried(caller, act, () => {
    demand(caller, { role: null, dataset: act.dataset, region: caller.region });
    return findDataset(office, act.dataset);
  });
  return answerLong(request, reply, office.writeLog, () =>
    office.trail.audited(caller, act, async () => {
      for await (const verified of verify(office.loader, [dataset])) return verified;
      throw new Error(`${dataset.name} was not verified`);
    }),
  );
}
