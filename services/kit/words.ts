/** The words of the field that several subgraphs name their figures by: one list, so that their schemas compose. */

/** Whom a figure counts. Sums are words of their own; there is no bare ALL. */
export const SEGMENTS = [
  'PU',
  'BPU',
  'JAKON',
  'PMI',
  'PU_BPU',
  'PU_BPU_JAKON',
  'PU_BPU_JAKON_PMI',
  'NOT_STATED',
] as const;
export type Segment = (typeof SEGMENTS)[number];

/** What places a person in a region. */
export const BASES = ['WORKPLACE', 'RESIDENCE', 'BRANCH', 'UNKNOWN'] as const;
export type Basis = (typeof BASES)[number];

/** The word a source puts before a number. */
export const QUALIFIERS = ['ABOUT', 'ALMOST', 'MORE_THAN'] as const;
export type Qualifier = (typeof QUALIFIERS)[number];

/** SDMX CL_OBS_STATUS, the part we use. Q is withheld; W is something else. */
export const OBS_STATUSES = ['A', 'B', 'D', 'E', 'I', 'P', 'Q', 'U', 'V', 'W', 'K', 'O'] as const;

/** SDMX CL_CONF_STATUS, the part we use. */
export const CONF_STATUSES = ['F', 'A', 'S', 'D', 'G', 'N'] as const;
