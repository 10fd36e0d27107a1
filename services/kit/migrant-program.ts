import { say } from './bilingual.js';
import type { Rule } from './dataset.js';

/** Pensions and unemployment: as far as is known, nobody insures migrant workers against these. */
const UNHEARD_OF = ['JP', 'JKP'];

/**
 * W17, for datasets with a segment and a program. No law or table that we have says which programmes migrant workers
 * (PMI) have, so that what seems impossible of them is only warned of.
 */
export const migrantProgram: Rule = {
  name: 'W17',
  columns: ['program', 'segment'],
  check: ({ segment, program }) =>
    segment === 'PMI' && UNHEARD_OF.includes(String(program))
      ? { ...unheardOf(String(program)), suggestion: SUGGESTION }
      : null,
};

const unheardOf = (program: string) =>
  say(`sejauh diketahui program ${program} tidak ada bagi PMI`, `as far as is known, PMI have no programme ${program}`);

const SUGGESTION = say(
  'periksa kolom program dan segment, atau akui W17 bila sumbernya memang menyebut demikian',
  'look at the programme and at the segment, or acknowledge W17 where the source does say so',
);
