import { say } from './bilingual.js';
import type { Remark } from './dataset.js';

/** E4: that a segment has other programmes than the one a row names. */
export function noSuchProgram(program: string, segment: string, programs: readonly string[]): Remark {
  const existing = programs.join(', ');
  return {
    ...say(
      `program ${program} tidak ada pada segmen ${segment}`,
      `programme ${program} does not exist in segment ${segment}`,
    ),
    suggestion: say(
      `${segment} hanya mengenal ${existing}: periksa kolom program dan segment`,
      `${segment} has ${existing} only: look at the programme and at the segment`,
    ),
  };
}
