import { Readable } from 'node:stream';
import type { Dataset, Row } from '../../services/kit/dataset.js';
import { exportCsv } from '../../services/kit/export.js';
import { type Drafted, draftFile, type Loader } from '../../services/kit/load.js';
import type { StoredRelease } from '../../services/kit/release.js';
import { draftRows, type TestDraft } from './publish.js';
import { createWorld, type World } from './world.js';

/** An office on an empty database, whose clock is moved by what is published. */
export interface Desk {
  readonly world: World;
  readonly loader: Loader;
  readonly now: () => number;
  /** Publishes rows and waits, in no time, until readers see them. */
  publish(dataset: Dataset, rows: readonly Row[], facts?: Partial<TestDraft>): Promise<Published>;
  /** Publishes what figures refer to, by the name of its dataset. */
  know(dataset: string, row: Row): Promise<void>;
  draft(dataset: Dataset, rows: readonly Row[], facts?: Partial<TestDraft>): Promise<StoredRelease>;
  draftCsv(dataset: Dataset, csv: string, facts?: Partial<Parameters<typeof draftFile>[2]>): Promise<Drafted>;
  /** Approves a draft; `at` schedules it, and then nobody waits. */
  approve(id: string, at?: number): Promise<Published>;
  /** The CSV that everybody sees at an instant, without its header. */
  read(dataset: Dataset, asOf: number): Promise<string[]>;
}

export type Published = StoredRelease & { readonly instant: number };

const START = Date.parse('2026-03-02T05:00:00Z');
const SOMEBODY = { kind: 'REGULAR', reason: null, createdBy: 'tok_1 publisher', approvedBy: 'tok_2 approver' } as const;

export async function openDesk(url: string, load = false): Promise<Desk> {
  let now = START;
  const world = await createWorld({ url, clock: () => now, load });
  // every region there is: what a test publishes need not be in the list of regions
  const everywhere = async (codes: readonly string[]) =>
    new Map(codes.map((code) => [code, { validFrom: null, validTo: null }]));
  const loader = { ...world.loader, regions: everywhere };
  const draft: Desk['draft'] = (dataset, rows, facts = {}) =>
    draftRows(loader, { ...SOMEBODY, dataset, rows, ...facts });
  const approve: Desk['approve'] = async (id, at) => {
    const [release] = await world.office.publication.approve([id], SOMEBODY.approvedBy, at ?? null);
    if (at === undefined) now = (release?.instant ?? now) + 1000;
    return release as Published; // approved, so armed for an instant, or tests fail on null
  };
  const publish: Desk['publish'] = async (dataset, rows, facts) => approve((await draft(dataset, rows, facts)).id);
  return {
    world,
    loader,
    now: () => now,
    draft,
    approve,
    publish,
    async know(name, row) {
      const dataset = loader.datasets.find((one) => one.name === name);
      if (!dataset) throw new Error(`no dataset ${name}`);
      await publish(dataset, [row]);
    },
    draftCsv: (dataset, csv, facts = {}) =>
      draftFile(
        loader,
        dataset,
        { ...SOMEBODY, name: dataset.file, supersedes: null, acknowledged: [], keepsMissing: true, ...facts },
        Readable.from([Buffer.from(csv)]),
      ),
    async read(dataset, asOf) {
      const pieces: string[] = [];
      for await (const piece of exportCsv(world.db, dataset, { asOf })) pieces.push(piece);
      return pieces.join('').split('\n').slice(1, -1);
    },
  };
}

/** What a file's words are when nothing is said: figures of one invented source. */
const COMMON = { obs_status: 'A', conf_status: 'F', source_id: 'invented' } as const;

/** A count of participants of a region at the end of 2025, in one series. */
export function count(region: string, value: number | null, cells: Row = {}): Row {
  const series = {
    segment: 'PU',
    program: 'JHT',
    status: 'ACTIVE',
    category: 'ALL',
    administrator: 'BPJSTK',
    basis: 'WORKPLACE',
  };
  return { region_code: region, date: '2025-12', ...series, value, ...COMMON, ...cells };
}
/** Claims of a region in 2025. */
export function claims(region: string, cells: Row): Row {
  const series = { period_kind: 'YEAR', program: 'JHT', benefit_type: 'ALL', segment: 'NOT_STATED', basis: 'BRANCH' };
  return { region_code: region, period_start: '2025-01-01', period_end: '2025-12-31', ...series, ...COMMON, ...cells };
}

/** The source that those rows name. */
export const INVENTED_SOURCE: Row = { id: 'invented', publisher: 'An invented office', title: 'Invented figures' };

/** An indicator of which only its id is known. */
export const INVENTED_INDICATOR: Row = { id: 'ucj' };
