import type { EntityManager } from 'typeorm';
import { type Database, keyTable } from '../../services/kit/database.js';
import { OPEN } from '../../services/kit/edition.js';

/** Invented figures in the figure tables, many of them, to see how statements and plans bear a load. */

/** Months of two years. */
const DATES = Array.from(
  { length: 24 },
  (_, n) => `${2022 + Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, '0')}`,
);
/** A row that is closed, and the one that took its place. */
const VERSIONS = [
  [1, 1000],
  [1000, OPEN],
] as const;
/** Series ids of ours begin after those of the facts. */
const FIRST_SERIES = 1001;

interface Figures {
  readonly table: string;
  readonly columns: readonly string[];
  /** What each of these columns holds, with `d.code` the date. */
  readonly values: readonly string[];
  /** Dimensions of ten series, in the order of the columns of `<table>_series` after its id. */
  readonly series: readonly (readonly string[])[];
}

const INDICATORS = [
  'ucj',
  'ucj_jakon',
  'rpjmn',
  'pu_of_employees',
  'bpjs_potential',
  'bpu_jkk_jkm',
  'sdg_1_3_1_work_injury',
  'category_full',
  'share_of_target',
  'unstated',
];
const CONCEPTS = [
  'POPULATION',
  'WORKING_AGE',
  'LABOUR_FORCE',
  'UNEMPLOYED',
  'EMPLOYED',
  'EMPLOYEES',
  'FORMAL',
  'INFORMAL',
  'POTENTIAL_UCJ',
  'POTENTIAL_BPJS',
];
const PROGRAMS = ['JKK', 'JKM', 'JHT', 'JP', 'JKP'];

const FIGURES: readonly Figures[] = [
  {
    table: 'stated_coverage',
    columns: ['date', 'percent'],
    values: ['d.code', '33.1'],
    series: INDICATORS.map((id) => [id, 'PMI', 'ALL']),
  },
  {
    table: 'participant_count',
    columns: ['date', 'value'],
    values: ['d.code', '37229'],
    series: [...PROGRAMS, 'ANY'].flatMap((program) =>
      (program === 'JP' || program === 'JKP' ? ['PU'] : ['PU', 'PU_BPU']).map((segment) => [
        segment,
        program,
        'ACTIVE',
        'ALL',
        'BPJSTK',
        '',
        'WORKPLACE',
      ]),
    ),
  },
  {
    table: 'population_base',
    columns: ['date', 'value'],
    values: ['d.code', '118187'],
    series: CONCEPTS.map((concept) => [concept, 'synthetic']),
  },
  {
    table: 'disbursement',
    columns: ['period_start', 'period_end', 'amount_rupiah'],
    values: ["CONCAT(d.code, '-01')", "CONCAT(d.code, '-28')", '1814133110'],
    series: PROGRAMS.flatMap((program) =>
      ['ALL', 'RTW'].map((type) => ['MONTH', program, type, 'PU', 'WORKPLACE', 'PAID']),
    ),
  },
];

/** The tables that grow with every publication. */
export const FIGURE_TABLES: readonly string[] = FIGURES.map(({ table }) => table);

/** Ten series of 24 months, each cell in two versions, for every region; in every figure table. Gives the rows of each. */
export async function loadSynthetic(db: Database, regions: readonly string[]): Promise<number> {
  await db.write(async (tx) => {
    for (const figures of FIGURES) {
      await addSeries(tx, figures);
      for (const version of VERSIONS) await addRows(tx, db, figures, regions, version);
    }
  });
  return 10 * DATES.length * VERSIONS.length * regions.length;
}

async function addSeries(tx: EntityManager, { table, series }: Figures): Promise<void> {
  for (const [index, dimensions] of series.entries()) {
    const values = [FIRST_SERIES + index, ...dimensions];
    await tx.query(`INSERT INTO ${table}_series VALUES (${values.map(() => '?').join(', ')})`, values);
  }
}

async function addRows(
  tx: EntityManager,
  { dialect }: Database,
  { table, columns, values }: Figures,
  regions: readonly string[],
  [from, to]: readonly [number, number],
): Promise<void> {
  const sql = `INSERT INTO ${table} (series, region_code, ${columns.join(', ')}, obs_status, conf_status, source_id, published_from, published_to, release_id)
    SELECT x.id, k.code, ${values.join(', ')}, 'E', 'F', 'synthetic', ?, ?, '${table}/1'
    FROM ${keyTable(dialect, 'k')} CROSS JOIN ${keyTable(dialect, 'd')} CROSS JOIN ${table}_series x WHERE x.id >= ?`;
  await tx.query(sql, [from, to, JSON.stringify(regions), JSON.stringify(DATES), FIRST_SERIES]);
}
