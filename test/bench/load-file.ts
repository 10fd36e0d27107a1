import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { ROOT } from '../../services/kit/root.js';
import { participantCount } from '../../services/subgraphs/participants/datasets.js';

/** Invented counts in the layout of participant_count, region by region as an office would send them. */

const SEGMENTS = ['PU', 'BPU', 'PU_BPU', 'PU_BPU_JAKON'] as const;
const PROGRAMS = ['JKK', 'JKM', 'JHT', 'ANY'] as const;
const BASES = ['WORKPLACE', 'RESIDENCE'] as const;

interface OneSeries {
  readonly cells: string;
  readonly segment: (typeof SEGMENTS)[number];
  readonly program: (typeof PROGRAMS)[number];
}

const SERIES: readonly OneSeries[] = SEGMENTS.flatMap((segment) =>
  PROGRAMS.filter((program) => program !== 'JHT' || segment !== 'PU_BPU_JAKON').flatMap((program) =>
    BASES.map((basis) => ({ segment, program, cells: `${segment},${program},ACTIVE,ALL,BPJSTK,,${basis}` })),
  ),
);

export interface Made {
  readonly rows: number;
  readonly bytes: number;
}

/**
 * Writes at least so many rows, all months of a region together; `last` turns the order of the regions round, and every
 * row has the note.
 */
export async function makeFile(path: string, atLeast: number, last = false, note = ''): Promise<Made> {
  const text = await readFile(join(ROOT, 'services/subgraphs/regions/data/region.csv'), 'utf8');
  const regions = text
    .split('\n')
    .slice(1)
    .flatMap((line) => line.split(',')[0] || []);
  const codes = regions.filter((code) => code.length > 2 && code !== '19.00');
  const months = Math.ceil(atLeast / (codes.length * SERIES.length));
  const out = createWriteStream(path);
  let made = { rows: 0, bytes: 0 };
  const write = async (chunk: string, rows: number) => {
    made = { rows: made.rows + rows, bytes: made.bytes + chunk.length };
    if (!out.write(chunk)) await once(out, 'drain');
  };
  await write(`${participantCount.columns.map(({ name }) => name).join(',')}\n`, 0);
  for (const code of last ? codes.reverse() : codes) {
    let chunk = '';
    for (let month = 0; month < months; month += 1) {
      const date = monthOf(month);
      for (const series of SERIES)
        chunk += `${code},${date},${series.cells},${countOf(code, month, series)},,,,E,F,,synthetic,${note}\n`;
    }
    await write(chunk, months * SERIES.length);
  }
  await finished(out.end());
  return made;
}

/** Months backwards from September 2026. */
function monthOf(month: number): string {
  const index = 2026 * 12 + 8 - month;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
}

/** Sums are the sums of their parts, programmes lie within one another, and months change a little and always. */
function countOf(code: string, month: number, { segment, program }: OneSeries): number {
  const size = 2000 + (Number(code.replaceAll('.', '')) % 40_000) - month * 3 + (month % 2);
  const own = { PU: size, BPU: Math.floor(size / 2) - month };
  const lessJht = program === 'JHT' ? 100 : 0;
  if (segment === 'PU' || segment === 'BPU') return own[segment] - lessJht;
  return own.PU + own.BPU - 2 * lessJht + (segment === 'PU_BPU' ? 0 : 137 + month * 2);
}
