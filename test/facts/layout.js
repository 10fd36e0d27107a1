// The columns of the data files and what each cell may hold; check.mjs beside it reads the files by it.

export const REGIONS = 'services/subgraphs/regions/data';
export const PARTICIPANTS = 'services/subgraphs/participants/data';
export const BENEFITS = 'services/subgraphs/benefits/data';

const TEXT = /^.*$/;
const BLANK = /^$/;
const REGION = /^\d\d(\.\d\d(\.\d\d(\.\d{4})?)?)?$/;
const DATE = /^\d{4}(-\d\d(-\d\d)?)?$/;
const DAY = /^\d{4}-\d\d-\d\d$/;
const COUNT = /^\d+$/;
const DECIMAL = /^\d+(\.\d+)?$/;
const STEP = /^(10*|0\.0*1)$/;
const SOURCES = /^[a-z0-9-]{1,40}( [a-z0-9-]{1,40})*$/;
const QUALIFIER = /^(ABOUT|ALMOST|MORE_THAN)?$/;
const CATEGORY =
  /^(ALL|PNS|PPPK|PHL|APARATUR_DESA|APARATUR_KELURAHAN|RT_RW_LKD|BPD|ADHOC_PEMILU|PEKERJA_PERUSAHAAN|PEKERJA_RENTAN(\.(NELAYAN|PETANI|BURUH|SAWIT|UMKM|KEAGAMAAN|OTHER))?)$/;
const SEGMENT = /^(PU|BPU|JAKON|PMI|PU_BPU|PU_BPU_JAKON|PU_BPU_JAKON_PMI|NOT_STATED)$/;
const CONCEPT =
  /^(POPULATION|WORKING_AGE|LABOUR_FORCE|UNEMPLOYED|EMPLOYED|EMPLOYEES|FORMAL|INFORMAL|POTENTIAL_UCJ|POTENTIAL_BPJS|CATEGORY:[A-Z_.]+)$/;
const PROGRAM = /^(JKK|JKM|JHT|JP|JKP|JKK_JKM|ANY)$/;
const BASIS = /^(WORKPLACE|RESIDENCE|BRANCH|UNKNOWN)$/;
const OBS = /^[A-Z]$/;

const optional = (pattern) => new RegExp(`${BLANK.source}|${pattern.source}`);

/** Column names in their order with what each may hold, from [names, pattern] pairs. */
const columns = (...pairs) => Object.fromEntries(pairs.flatMap(([names, is]) => names.split(',').map((n) => [n, is])));

/**
 * The datasets: `key` tells rows apart, `path` is what a detail of where.csv spells out (left to right, the rest default),
 * `when` is the date of a row as where.csv gives it, `value` the column meant when a detail names none, `numbers` are the
 * cells that must come from a fact.
 */
export const DATASETS = {
  stated_coverage: {
    folder: PARTICIPANTS,
    columns: columns(
      ['region_code', REGION],
      ['date', DATE],
      ['indicator_id', /^[a-z0-9_]+$/],
      ['segment', optional(SEGMENT)],
      ['category', CATEGORY],
      ['percent', DECIMAL],
      ['as_printed', TEXT],
      ['rounded_to', STEP],
      ['qualifier', QUALIFIER],
      ['numerator,denominator', optional(COUNT)],
      ['obs_status,conf_status', OBS],
      ['source_id', SOURCES],
      ['note', TEXT],
    ),
    key: ['region_code', 'date', 'indicator_id', 'segment', 'category'],
    path: { indicator_id: null, segment: '', category: 'ALL' },
    when: (row) => row.date,
    value: 'percent',
    numbers: ['percent', 'numerator', 'denominator'],
  },
  participant_count: {
    folder: PARTICIPANTS,
    columns: columns(
      ['region_code', REGION],
      ['date', DATE],
      ['segment', SEGMENT],
      ['program', PROGRAM],
      ['status', /^(ACTIVE|REGISTERED|NOT_STATED)$/],
      ['category', CATEGORY],
      ['administrator', /^BPJSTK$/],
      ['payer', /^(SELF|EMPLOYER|APBD|APBDES|DBH_SAWIT|CSR|CENTRAL)?$/],
      ['basis', BASIS],
      ['value', COUNT],
      ['as_printed', TEXT],
      ['rounded_to', STEP],
      ['qualifier', QUALIFIER],
      ['obs_status,conf_status', OBS],
      ['subsidy_end', optional(DAY)],
      ['source_id', SOURCES],
      ['note', TEXT],
    ),
    key: ['region_code', 'date', 'segment', 'program', 'status', 'category', 'administrator', 'payer', 'basis'],
    path: { segment: null, program: null, status: null, category: 'ALL', payer: '' },
    when: (row) => row.date,
    value: 'value',
    numbers: ['value', 'subsidy_end'],
  },
  population_base: {
    folder: PARTICIPANTS,
    columns: columns(
      ['region_code', REGION],
      ['date', DATE],
      ['concept', CONCEPT],
      ['value', COUNT],
      ['as_printed', TEXT],
      ['rounded_to', STEP],
      ['qualifier', QUALIFIER],
      ['age_floor,rse', optional(DECIMAL)],
      ['survey_round', /^(SAKERNAS-\d{4}-(02|08))?$/],
      ['vintage,exclusions', TEXT],
      ['obs_status,conf_status', OBS],
      ['source_id', SOURCES],
      ['note', TEXT],
    ),
    key: ['region_code', 'date', 'concept', 'vintage'],
    path: { concept: null },
    when: (row) => row.date,
    value: 'value',
    numbers: ['value'],
  },
  target: {
    folder: PARTICIPANTS,
    columns: columns(
      ['region_code', REGION],
      ['due', DATE],
      ['indicator_id', /^[a-z0-9_]+$/],
      ['percent', optional(DECIMAL)],
      ['persons', optional(COUNT)],
      ['as_printed', TEXT],
      ['rounded_to', STEP],
      ['qualifier', QUALIFIER],
      ['legal_basis', TEXT],
      ['source_id', SOURCES],
      ['note', TEXT],
    ),
    key: ['region_code', 'due', 'indicator_id', 'source_id'],
    path: { indicator_id: null },
    when: (row) => row.due,
    value: 'percent',
    numbers: ['percent', 'persons'],
  },
  series_event: {
    folder: PARTICIPANTS,
    columns: columns(
      ['region_code', REGION],
      ['date', DATE],
      [
        'kind',
        /^(ADHOC_ELECTION|SUBSIDY_START|SUBSIDY_END|RULE_CHANGE|DENOMINATOR_REBASE|DEFINITION_CHANGE|BOUNDARY_CHANGE)$/,
      ],
      ['note_id,note_en', /./],
      ['source_id', SOURCES],
    ),
    key: ['region_code', 'date', 'kind'],
    path: { kind: null },
    when: (row) => row.date,
    value: null,
    numbers: [],
  },
  disbursement: {
    folder: BENEFITS,
    columns: columns(
      ['region_code', REGION],
      ['period_start,period_end', DAY],
      ['period_kind', /^(MONTH|QUARTER|YEAR|YTD)$/],
      ['program', /^(JKK|JKM|JHT|JP|JKP|JKK_JKM|ALL)$/],
      ['benefit_type', /^(ALL|SCHOLARSHIP|RTW)$/],
      ['segment', SEGMENT],
      ['cases,payments,recipients,beneficiaries,amount_rupiah', optional(COUNT)],
      ['as_printed', TEXT],
      ['rounded_to', optional(STEP)],
      ['qualifier', QUALIFIER],
      ['basis', BASIS],
      ['date_basis', /^(PAID|APPROVED|EVENT)?$/],
      ['obs_status,conf_status', OBS],
      ['source_id', SOURCES],
      ['note', TEXT],
    ),
    key: 'region_code,period_start,period_end,period_kind,program,benefit_type,segment,basis,date_basis'.split(','),
    path: { program: null, benefit_type: null },
    when: (row) => `${row.period_start}/${row.period_end}`,
    value: 'amount_rupiah',
    numbers: ['cases', 'payments', 'recipients', 'beneficiaries', 'amount_rupiah'],
  },
  benefit_rule: {
    folder: BENEFITS,
    columns: columns(
      ['program', PROGRAM],
      ['segment', /^(PU|BPU|JAKON|PMI|ALL)$/],
      ['parameter', /^[a-z0-9_]+$/],
      ['value', DECIMAL],
      ['unit', /^(RUPIAH|RUPIAH_PER_MONTH|MONTHS|PERCENT_OF_WAGE|PERCENT_OF_CONTRACT)$/],
      ['as_printed,legal_basis', TEXT],
      ['valid_from', DATE],
      ['valid_to', optional(DATE)],
      ['source_id', SOURCES],
      ['note', TEXT],
    ),
    key: ['program', 'segment', 'parameter', 'valid_from'],
    path: { program: null, segment: null, parameter: null },
    when: (row) => row.valid_from,
    value: 'value',
    numbers: ['value'],
  },
};

/** The files that are no datasets of figures. */
export const SOURCE_COLUMNS = columns(
  ['id', /^[a-z0-9-]{1,40}$/],
  ['publisher', /./],
  ['title', TEXT],
  ['url', /^(https:\/\/\S+)?$/],
  ['published_on,retrieved_on', optional(DATE)],
  ['licence', TEXT],
  ['evidence', /./],
);
const TEXTS = 'name,short,numerator,denominator'.split(',').flatMap((n) => [`${n}_id`, `${n}_en`]);
export const INDICATOR_COLUMNS = columns(
  ['id', /^[a-z0-9_]+$/],
  [TEXTS.join(','), /./],
  ['numerator_selector', /^(segment=\w+;program=\w+;status=\w+)?$/],
  ['denominator_selector', /^(concept=\w+)?$/],
  ['includes_jakon', /^(true|false)?$/],
  ['comparability_group', TEXT],
  ['unit', /^PERCENT$/],
  ['default_rank', optional(COUNT)],
  ['same_as,legal_basis,note_id,note_en', TEXT],
);
export const NOT_SERVED_COLUMNS = columns(
  ['fact_id', /^F\d{3}$/],
  ['topic', /./],
  ['region_code', REGION],
  ['reason', /./],
);
export const WHERE_COLUMNS = columns(
  ['fact_id', /^F\d{3}$/],
  ['dataset', new RegExp(`^(${Object.keys(DATASETS).join('|')})?$`)],
  ['region_code', REGION],
  ['date,detail,reason', TEXT],
);
export const REGION_COLUMNS = columns(
  ['code', REGION],
  ['level', /^(COUNTRY|PROVINCE|REGENCY|DISTRICT|VILLAGE)$/],
  ['kind', /^(NEGARA|PROVINSI|KABUPATEN|KOTA|UNALLOCATED|KECAMATAN|DESA|KELURAHAN|DESA_ADAT)$/],
  ['name', /^\S+( \S+)*$/],
  ['aliases', TEXT],
  ['parent_code', optional(REGION)],
  ['bps_code', /^(\d\d(\d\d)?)?$/],
  ['valid_from,valid_to', optional(DATE)],
  ['successors,decree', TEXT],
  ['tile_column,tile_row', optional(COUNT)],
);
