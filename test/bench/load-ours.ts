import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { createDataOffice, type DataOffice } from '../../services/kit/data-office.js';
import { discover } from '../../services/kit/discover.js';
import { loadFirst } from '../../services/kit/first-load.js';
import { loadEmptyDatasets } from '../../services/kit/first-start.js';
import { hostSubgraph } from '../../services/kit/host.js';
import { type Drafted, draftFile } from '../../services/kit/load.js';
import { silent } from '../../services/kit/log.js';
import { findRelease } from '../../services/kit/release.js';
import { findSameFile } from '../../services/kit/same-file.js';
import { createSpool } from '../../services/kit/spool.js';
import { openSubgraphDatabase } from '../../services/kit/subgraph-database.js';
import { createEditionLog } from '../../services/registry/log.js';
import { REGISTRY_MIGRATIONS } from '../../services/registry/registry.js';
import { participantCount } from '../../services/subgraphs/participants/datasets.js';

export interface Step {
  readonly name: string;
  readonly ms: number;
}

const SOURCES = 'id,publisher,title,url,published_on,retrieved_on,licence,evidence\nsynthetic,A bench,,,,,,\n';

/** The whole way of a file: every check, the stage, the comparison, the draft; then arming and sealing. */
export async function loadOurs(url: string, path: string, turnedPath: string): Promise<readonly Step[]> {
  const { office, close } = await openOffice(url);
  const steps: Step[] = [];
  const timed = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const startedAt = performance.now();
    const result = await work();
    steps.push({ name, ms: performance.now() - startedAt });
    return result;
  };
  const id = await timed('ours: check and publish', async () => {
    const { release } = await timed('  check, stage and draft', () => draftBench(office, path));
    const made = release?.id ?? '';
    await timed('  approve: arm and seal', () => approveBench(office, made));
    return made;
  });
  await dueInstant(office, id); // until then the same figures are those of another release that waits
  await timed('ours: the same bytes again', async () => {
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(path)) hash.update(chunk);
    const scope = { region: null, keepsMissing: false, locale: 'C' as const };
    const wanted = { fileHash: hash.digest('hex'), scope, kind: 'REGULAR' as const, reason: null, supersedes: null };
    if (!(await findSameFile(office.loader.db, participantCount, wanted)))
      throw new Error('the file is not known again');
  });
  await timed('ours: the same figures again, rows in another order', async () => {
    const { release } = await draftBench(office, turnedPath);
    if (release !== null) throw new Error('the same figures made a release');
  });
  await close();
  return [...steps.filter(({ name }) => name.startsWith('ours')), ...steps.filter(({ name }) => name.startsWith(' '))];
}

/** Checks a file of `makeFile` and makes a draft of it. */
export function draftBench({ loader }: DataOffice, file: string): Promise<Drafted> {
  const facts = {
    name: 'participant_count.csv',
    kind: 'REGULAR',
    reason: null,
    supersedes: null,
    acknowledged: ['W2', 'W5', 'W6', 'W7'],
    keepsMissing: false,
    createdBy: 'tok_bench001 publisher',
  } as const;
  return draftFile(loader, participantCount, facts, createReadStream(file));
}

/** How often a release is tried again whose arming took longer than it was given: the next time is longer. */
const TRIES = 3;

/** Arms a draft, and seals it. */
export async function approveBench({ publication, loader }: DataOffice, id: string): Promise<void> {
  await publication.approve([id], 'tok_bench002 approver', null);
  for (let left = TRIES; left > 0; left -= 1) {
    if ((await findRelease(loader.db, id))?.state === 'SEALED') return;
    await publication.tick();
  }
  throw new Error(`${id} was not sealed`);
}

/** Waits until readers see a release. */
async function dueInstant({ loader: { db, clock } }: DataOffice, id: string): Promise<void> {
  const { instant } = (await findRelease(db, id)) ?? {};
  await wait(Math.max(0, (instant ?? 0) - clock() + 1));
}

/** An office on an empty database that knows the regions, and the source that the files of `makeFile` name. */
export async function openOffice(url: string): Promise<{ office: DataOffice; close: () => Promise<void> }> {
  const subgraphs = await discover(['regions', 'participants']);
  const db = await openSubgraphDatabase({ url, subgraphs, migrations: REGISTRY_MIGRATIONS });
  const hosted = await Promise.all(subgraphs.map((one) => hostSubgraph(one, { db, log: silent, clock: Date.now })));
  const regions = hosted.find(({ name }) => name === 'regions');
  const office = createDataOffice({
    db,
    editionLog: createEditionLog(db, Date.now),
    clock: Date.now,
    subgraphs,
    askRegions: async (request) => (regions ? (await regions.execute(request, null)).result : { data: null }),
    identity: null,
    spool: createSpool({ folder: '.data/spool', maxBytes: 0, clock: Date.now }),
    writeLog: silent,
  });
  await loadEmptyDatasets(
    office.loader,
    subgraphs.filter(({ name }) => name === 'regions'),
    silent,
  );
  const sources = office.loader.datasets.find(({ name }) => name === 'participants_source');
  if (sources) await loadFirst(office.loader, sources, { name: 'source.csv' }, Readable.from([SOURCES]));
  return { office, close: db.close };
}
