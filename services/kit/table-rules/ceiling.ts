import { visible } from '../edition.js';
import { readSeries } from '../series.js';
import type { TableCheck } from '../table-check.js';
import type { CeilingRule } from '../table-rule.js';
import { type Figure, readFigure, textSql } from './figure.js';
import { isMeant } from './group.js';
import { dayNumber } from './point.js';
import type { Watch } from './walk.js';

interface Ceiling {
  readonly date: string;
  readonly day: number;
  readonly figure: Figure;
}

/** Tells of figures above the newest one of their region, not later than they are, in another dataset. */
export async function watchCeiling(check: TableCheck, rule: CeilingRule): Promise<Watch> {
  const { dataset, series } = check.stage;
  const isOurs = [...check.present].some((id) => isMeant(dataset, series?.all().get(id) ?? {}, rule.where));
  const ceilings = isOurs ? await readCeilings(check, rule) : new Map<string, Ceiling[]>();
  const columns = rule.values.map((value) => check.names.indexOf(value));
  return {
    open(dimensions) {
      if (ceilings.size === 0 || !isMeant(dataset, dimensions, rule.where)) return null;
      return {
        take(point) {
          const known = point.line === null ? undefined : ceilings.get(point.region);
          if (!known) return;
          const ceiling = known.find((one) => one.day <= point.period.day);
          for (const [index, column] of columns.entries()) {
            const now = point.figures[column] ?? null;
            if (ceiling && now !== null && now > ceiling.figure)
              check.problems.add(rule.name, messageOf(rule, now, ceiling), {
                row: point.line ?? 0,
                column: rule.values[index] ?? '',
                raw: String(now),
                suggestion: SUGGESTION,
              });
          }
        },
      };
    },
  };
}

const SUGGESTION = {
  id: 'periksa satuan dan kode wilayahnya; peserta dapat dihitung di tempat kerja di luar tempat tinggalnya',
  en: 'look at the unit and the region code; participants may be counted where they work and not where they live',
};

function messageOf({ of }: CeilingRule, now: Figure, { figure, date }: Ceiling) {
  const words = Object.values(of.where).flat().join(', ');
  return {
    id: `${now} melebihi ${words} ${figure} (${of.dataset}, ${date})`,
    en: `${now} is more than ${words} ${figure} (${of.dataset}, ${date})`,
  };
}

/** By region, the newest first. */
async function readCeilings({ db, datasets, seen }: TableCheck, { of }: CeilingRule): Promise<Map<string, Ceiling[]>> {
  const other = datasets.find(({ name }) => name === of.dataset);
  const series = other ? await readSeries(db, other) : null;
  if (!other?.place?.date || !series)
    throw new Error(`a rule compares with ${of.dataset}, which is no dataset of series here`);
  const ids = [...series.all()].filter(([, dimensions]) => isMeant(other, dimensions, of.where)).map(([id]) => id);
  const found = new Map<string, Ceiling[]>();
  const at = seen(other.name);
  for (const id of ids) {
    const rows = await db.query(
      `SELECT ${other.place.region} AS region, ${other.place.date} AS date, ${textSql(of.value)} AS figure
        FROM ${other.table} p WHERE series = ? AND ${visible('p')} AND ${of.value} IS NOT NULL`,
      [id, at, at],
    );
    for (const row of rows) {
      const [region, date, figure] = [String(row.region), String(row.date), readFigure(row.figure)];
      if (figure === null) continue;
      found.set(region, [...(found.get(region) ?? []), { date, day: dayNumber(date), figure }]);
    }
  }
  for (const list of found.values()) list.sort((left, right) => right.day - left.day);
  return found;
}
