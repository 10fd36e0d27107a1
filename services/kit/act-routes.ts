import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { actingAs } from './caller.js';
import type { DataOffice } from './data-office.js';
import { callerOf, demandReason, findDataset, readBody } from './data-request.js';
import type { Dataset, Row } from './dataset.js';
import { RequestError } from './errors.js';
import { answerLong } from './ndjson.js';
import { demand, demandScope } from './permission.js';
import { type Redaction, redact } from './redaction.js';
import { actor, factsOf, type OfDataset, type OfRelease, type ReleaseRequest } from './release-routes.js';
import { draftWithdrawal } from './withdrawal.js';

/** The routes by which what is published is taken back: a withdrawal, which is a draft like any other, and a redaction, which is at once. */
export function addActRoutes(app: FastifyInstance, office: DataOffice): void {
  app.post<OfRelease>('/data/:dataset/releases/:number/withdraw', { compress: false }, (request, reply) =>
    withdraw(office, request, reply),
  );
  app.post<OfDataset>('/data/:dataset/redactions', (request) => redactFigure(office, request));
}

async function withdraw(office: DataOffice, request: ReleaseRequest, reply: FastifyReply) {
  const { caller, release, act } = await actor(office, request, 'withdraw', 'publisher');
  const dataset = findDataset(office, release.dataset);
  return answerLong(request, reply, office.writeLog, () =>
    office.trail.audited(caller, act, async (name) => {
      const scope = demandScope(caller, 'publisher', dataset, null);
      const reason = demandReason(readBody(request.body ?? {}));
      const createdBy = actingAs(caller, 'publisher');
      const draft = await draftWithdrawal(office.loader, dataset, release.id, { reason, createdBy, scope });
      name(draft.id);
      return { release: await factsOf(office, draft, caller) };
    }),
  );
}

async function redactFigure(office: DataOffice, request: FastifyRequest<OfDataset>) {
  const caller = await callerOf(office, request);
  const name = request.params.dataset;
  return office.trail.audited(caller, { verb: 'redact', dataset: name, release: null }, async () => {
    demand(caller, { role: 'approver', dataset: name, region: caller.region });
    const dataset = findDataset(office, name);
    const fields = readBody(request.body);
    const key = readKey(dataset, fields.key);
    demand(caller, { role: 'approver', dataset: name, region: regionOf(dataset, key) });
    const made = await redact(office.loader, dataset, key, demandReason(fields), actingAs(caller, 'approver'));
    return { redaction: redactionFacts(made) };
  });
}

/** The cells that name a row; throws BAD_ARGUMENT for columns that are not of the key. */
function readKey({ key, name }: Dataset, given: unknown): Row {
  const fields = readBody(given ?? {});
  const others = Object.keys(fields).filter((column) => !key.includes(column));
  if (others.length > 0 || Object.values(fields).some((cell) => typeof cell !== 'string'))
    throw new RequestError('BAD_ARGUMENT', `key must have texts of ${key.join(', ')}: these name a row of ${name}.`);
  return Object.fromEntries(key.map((column) => [column, String(fields[column] ?? '') || null]));
}

function regionOf({ place }: Dataset, key: Row): string | null {
  const code = place ? (key[place.region] ?? null) : null;
  return code === null ? null : String(code);
}

function redactionFacts({ rowKey, redactedAt, ...facts }: Redaction) {
  return { ...facts, rowKey: JSON.parse(rowKey), redactedAt: new Date(redactedAt).toISOString() };
}
