import { say } from './bilingual.js';
import type { Bilingual, Row, Rule } from './dataset.js';
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
  const checking = (tell: (percent: number) => Bilingual | null) => (row: Row) => {
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

function tellOver(percent: number): Bilingual {
  return say(
    `${percent} persen melebihi 100; benar bila peserta dihitung di tempat kerja dan penyebutnya di tempat tinggal`,
    `${percent} percent is above 100; right if persons are insured where they work and counted where they live`,
  );
}

function tellFraction(percent: number): Bilingual {
  const hundredfold = timesTen(String(percent), 2);
  return say(
    `${percent} persen kurang dari 1; bila itu pecahan, tulis ${hundredfold}`,
    `${percent} percent is below 1; if it is a fraction, write ${hundredfold}`,
  );
}

function tellImpossible(percent: number): Bilingual {
  if (/^9+$/.test(String(percent)))
    return say(
      `${percent} bukan persen; bila berarti tidak ada, kosongkan dengan obs_status O atau Q`,
      `${percent} is no percent; if it means that there is none, leave it blank with obs_status O or Q`,
    );
  return say(
    `${percent} bukan persen; tanda desimalnya mungkin hilang, atau terbaca sebagai pemisah ribuan`,
    `${percent} is no percent; its decimal sign may have been lost, or read as one between thousands`,
  );
}
