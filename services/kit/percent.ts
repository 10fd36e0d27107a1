import { say } from './bilingual.js';
import type { Remark, Row, Rule } from './dataset.js';
import { timesTen } from './number.js';

/** Some systems write 999 where they know nothing, and no coverage is ten times what it is a share of. */
const IMPOSSIBLE = 999;

/**
 * What may be wrong with a percent that is a number: E3 from 999 on, which is a mark for "nothing" or 21.00 without its
 * point; W3 above 100, which is real where people are insured where they work and counted where they live; W5 below 1,
 * which may be a fraction. Zero and null are neither.
 */
export function percentRules(column: string): readonly Rule[] {
  const columns = [column];
  const checking = (tell: (percent: number) => Remark | null) => (row: Row) => {
    const percent = row[column];
    return typeof percent === 'number' ? tell(percent) : null;
  };
  return [
    { name: 'E3', columns, check: checking((percent) => (percent >= IMPOSSIBLE ? tellImpossible(percent) : null)) },
    {
      name: 'W3',
      columns,
      check: checking((percent) => (percent > 100 && percent < IMPOSSIBLE ? tellOver(percent) : null)),
    },
    { name: 'W5', columns, check: checking((percent) => (percent > 0 && percent < 1 ? tellFraction(percent) : null)) },
  ];
}

function tellOver(percent: number): Remark {
  const suggestion = say(
    'benar bila peserta dihitung di tempat kerja dan penyebutnya di tempat tinggal; selain itu periksa kedua angkanya',
    'right if persons are insured where they work and counted where they live; otherwise look at both figures',
  );
  return { ...say(`${percent} persen melebihi 100`, `${percent} percent is above 100`), suggestion };
}

function tellFraction(percent: number): Remark {
  const hundredfold = timesTen(String(percent), 2);
  const suggestion = say(`bila itu pecahan, tulis ${hundredfold}`, `if it is a fraction, write ${hundredfold}`);
  return { ...say(`${percent} persen kurang dari 1`, `${percent} percent is below 1`), suggestion };
}

function tellImpossible(percent: number): Remark {
  const isMark = /^9+$/.test(String(percent));
  const suggestion = isMark
    ? say(
        'bila berarti tidak ada, kosongkan dengan obs_status O atau Q',
        'if it means that there is none, leave it blank with obs_status O or Q',
      )
    : say(
        'tanda desimalnya mungkin hilang, atau terbaca sebagai pemisah ribuan: periksa dengan sumbernya',
        'its decimal sign may have been lost, or read as one between thousands: compare it with the source',
      );
  return { ...say(`${percent} bukan persen`, `${percent} is no percent`), suggestion };
}
