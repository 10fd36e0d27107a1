import { groupBy } from '../../kit/batch.js';
import { type DbRow, keyTable } from '../../kit/database.js';
import { visible } from '../../kit/edition.js';
import type { Release, Revision, Source } from '../../kit/observation.js';
import { PLANS } from '../../kit/plan.js';
import type { Reader } from '../../kit/reader.js';
import { findWithdrawn, RELEASE_COLUMNS, readRelease } from '../../kit/release-row.js';
import { everVisible, readRevision } from '../../kit/revision.js';
import { findSources, numberOrNull, sourcesOf, textOrNull } from '../../kit/source.js';
import type { Validity } from './benefit-rule.js';
import type { Interval } from './interval.js';
import { BENEFIT_RULE, DISBURSEMENT, DISBURSEMENT_BY_REGION, SOURCE } from './tables.js';
import type { Part } from './total.js';
import type { BenefitProgram, BenefitType, PeriodKind, Qualifier, RuleUnit, Segment } from './words.js';

/** Which disbursements are asked for; null for all. */
export interface DisbursementFilter {
  /** Those whose own interval lies within. */
  readonly within: Interval | null;
  readonly periodKind: PeriodKind | null;
  readonly program: BenefitProgram | null;
  readonly benefitType: BenefitType | null;
}

/** Where a figure comes from. */
interface Origin {
  readonly sources: Source[];
  readonly release: Release;
  readonly fileRow: number | null;
  readonly note: string | null;
}

/** A disbursement as published at one instant. */
export interface FoundDisbursement extends Part, Origin {
  readonly regionCode: string;
  readonly payments: number | null;
  readonly recipients: number | null;
  readonly beneficiaries: number | null;
  readonly asPrinted: string | null;
  readonly qualifier: Qualifier | null;
}

/**
 * What was disbursed in these regions, by region, as of the reader's instant: the newest period first, then by kind,
 * programme and the other dimensions.
 */
export async function findDisbursements(
  reader: Reader,
  codes: readonly string[],
  filter: DisbursementFilter,
): Promise<Map<string, FoundDisbursement[]>> {
  if (!reader.keeps(DISBURSEMENT)) return new Map();
  const order = `d.period_end DESC, d.period_start DESC, ${SERIES_ORDER}`;
  const { sql, values } = disbursementStatement(reader, codes, filter, visible('d'), order);
  const [rows, readOrigin] = await Promise.all([
    reader.query(sql, [...values, reader.asOf, reader.asOf]),
    originReader(reader),
  ]);
  const found = rows.map((row) => readDisbursement(row, readOrigin(row)));
  return groupBy(found, ({ regionCode }) => regionCode);
}

/** A disbursement with the time it was what we said. */
export interface FoundRevision extends FoundDisbursement, Revision {}

/**
 * Every disbursement that was ever published of these regions, by region, up to the reader's instant: the oldest period
 * first, then by kind, programme and the other dimensions, then by the instant it was seen from.
 */
export async function findDisbursementHistory(
  reader: Reader,
  codes: readonly string[],
  filter: DisbursementFilter,
): Promise<Map<string, FoundRevision[]>> {
  if (!reader.keeps(DISBURSEMENT)) return new Map();
  const order = `d.period_end, d.period_start, ${SERIES_ORDER}, d.published_from`;
  const { sql, values } = disbursementStatement(reader, codes, filter, everVisible('d'), order);
  const [rows, readOrigin] = await Promise.all([reader.query(sql, [...values, reader.asOf]), originReader(reader)]);
  const found = rows.map((row) =>
    Object.assign(readDisbursement(row, readOrigin(row)), readRevision(row, reader.asOf)),
  );
  return groupBy(found, ({ regionCode }) => regionCode);
}

/** A rule of contributions or benefits as published at one instant. */
export interface FoundRule extends Validity, Origin {
  readonly program: BenefitProgram;
  readonly segment: Segment | null; // null: every segment
  readonly parameter: string;
  readonly value: number;
  readonly unit: RuleUnit;
  readonly asPrinted: string | null;
  readonly legalBasis: string | null;
}

/** Every rule as of the reader's instant, whenever it holds; found once per edition, for there are few. */
export function findRules(reader: Reader): Promise<readonly FoundRule[]> {
  return reader.remember(BENEFIT_RULE, async () => {
    if (!reader.keeps(BENEFIT_RULE)) return [];
    const sql = `SELECT b.*, ${RELEASE_COLUMNS} FROM ${BENEFIT_RULE} b JOIN data_release r ON r.id = b.release_id
      WHERE ${visible('b')} ORDER BY b.program, b.segment, b.parameter, b.valid_from`;
    const [rows, readOrigin] = await Promise.all([reader.query(sql, [reader.asOf, reader.asOf]), originReader(reader)]);
    return rows.map((row) => readRule(row, readOrigin(row)));
  });
}

const SERIES_ORDER = 's.period_kind, s.program, s.benefit_type, s.segment, s.basis, s.date_basis';

/** The statement for disbursements that fit; the parameters of `when`, which says which rows are seen, follow its values. */
function disbursementStatement(
  { dialect }: Reader,
  codes: readonly string[],
  filter: DisbursementFilter,
  when: string,
  order: string,
) {
  const { where, values } = conditionsOf(filter);
  const { next, by } = PLANS[dialect];
  const sql = `SELECT d.*, s.*, CAST(d.amount_rupiah AS CHAR) AS exact_rupiah, ${RELEASE_COLUMNS}
    FROM ${keyTable(dialect, 'k')}
    ${next} ${DISBURSEMENT}_series s
    ${next} ${DISBURSEMENT} d ${by(DISBURSEMENT_BY_REGION)} ON d.series = s.id AND d.region_code = k.code
    ${next} data_release r ON r.id = d.release_id
    WHERE ${[...where, when].join(' AND ')} ORDER BY ${order}`;
  return { sql, values: [JSON.stringify(codes), ...values] };
}

function conditionsOf({ within, periodKind, program, benefitType }: DisbursementFilter) {
  const conditions = [
    ['d.period_start >= ?', within?.start],
    ['d.period_end <= ?', within?.end],
    ['s.period_kind = ?', periodKind],
    ['s.program = ?', program],
    ['s.benefit_type = ?', benefitType],
  ] as const;
  const given = conditions.filter(([, value]) => value !== null && value !== undefined);
  return { where: given.map(([text]) => text), values: given.map(([, value]) => value) };
}

/** The casts below: each word was checked against its list when the row was loaded. */
function readDisbursement(row: DbRow, origin: Origin): FoundDisbursement {
  return {
    regionCode: String(row.region_code),
    periodStart: String(row.period_start),
    periodEnd: String(row.period_end),
    periodKind: String(row.period_kind) as PeriodKind,
    program: String(row.program) as BenefitProgram,
    benefitType: String(row.benefit_type) as BenefitType,
    segment: String(row.segment) as Segment,
    basis: String(row.basis) as FoundDisbursement['basis'],
    dateBasis: textOrNull(row.date_basis) as FoundDisbursement['dateBasis'],
    cases: numberOrNull(row.cases),
    payments: numberOrNull(row.payments),
    recipients: numberOrNull(row.recipients),
    beneficiaries: numberOrNull(row.beneficiaries),
    amountRupiah: textOrNull(row.exact_rupiah),
    asPrinted: textOrNull(row.as_printed),
    roundedTo: numberOrNull(row.rounded_to),
    qualifier: textOrNull(row.qualifier) as Qualifier | null,
    obsStatus: String(row.obs_status),
    confStatus: String(row.conf_status),
    ...origin,
  };
}

function readRule(row: DbRow, origin: Origin): FoundRule {
  return {
    program: String(row.program) as BenefitProgram,
    segment: row.segment === 'ALL' ? null : (String(row.segment) as Segment),
    parameter: String(row.parameter),
    value: Number(row.value),
    unit: String(row.unit) as RuleUnit,
    asPrinted: textOrNull(row.as_printed),
    legalBasis: textOrNull(row.legal_basis),
    validFrom: String(row.valid_from),
    validTo: textOrNull(row.valid_to),
    ...origin,
  };
}

async function originReader(reader: Reader): Promise<(row: DbRow) => Origin> {
  const [sources, withdrawn] = await Promise.all([findSources(reader, SOURCE), findWithdrawn(reader)]);
  return (row) => ({
    sources: sourcesOf(textOrNull(row.source_id) ?? '', sources),
    release: readRelease(row, withdrawn),
    fileRow: numberOrNull(row.file_row),
    note: textOrNull(row.note),
  });
}
