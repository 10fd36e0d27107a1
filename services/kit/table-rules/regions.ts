import { say } from '../bilingual.js';
import { COUNTRY_CODE } from '../region-code.js';
import type { TableCheck } from '../table-check.js';
import type { RegionsRule } from '../table-rule.js';
import { addFigures, differenceOf, type Figure } from './figure.js';
import { isMeant } from './group.js';
import { marginOf, type Point, partsOfKey } from './point.js';
import type { Walk, Watch } from './walk.js';

/**
 * Tells of provinces that are not the sum of their regencies in the file. Regencies that make more than their province
 * are wrong however many are missing; when they make less, some are missing or the rest needs its own row, unless one of
 * them is withheld or not stated. Not looked at in a file with lines that were refused: they may be the missing ones.
 * Throws for a dataset whose rows are told apart by more than series, dates and region.
 */
export function watchRegions(check: TableCheck, rule: RegionsRule): Watch {
  const { dataset } = check.stage;
  if (partsOfKey(dataset).rest.join() !== dataset.place?.region)
    throw new Error(`a rule adds the regions of ${dataset.name}, whose rows have more beside series and dates`);
  const columns = rule.values.map((value) => check.names.indexOf(value));
  return {
    open(dimensions) {
      if (!check.isWhole || !isMeant(dataset, dimensions, rule.where)) return null;
      const walks = columns.map((column, index) => createWalk(check, rule.name, rule.values[index] ?? '', column));
      return {
        take(point) {
          for (const walk of walks) walk.take(point);
        },
        end() {
          for (const walk of walks) walk.end?.();
        },
      };
    },
  };
}

/** How long the codes are: `19`, `19.03`. */
const PROVINCE = 2;
const REGENCY = 5;

function isProvince(code: string): boolean {
  return code.length === PROVINCE && code !== COUNTRY_CODE;
}

/** A province on one date, and what its regencies make so far. */
interface Province {
  readonly dates: string;
  readonly point: Point;
  readonly figure: Figure;
  sum: Figure;
  regencies: number;
  /** How many of them state the figure. */
  known: number;
  margin: number;
  isExact: boolean;
}

/** A province comes right before its regencies: its code is how theirs begin. */
function createWalk(check: TableCheck, name: string, value: string, column: number): Walk {
  let province: Province | null = null;
  const close = () => {
    if (province && isWrong(province)) tell(check, name, value, province);
    province = null;
  };
  return {
    end: close,
    take(point) {
      if (point.line === null) return;
      if (province && (province.dates !== point.period.dates || !point.region.startsWith(province.point.region)))
        close();
      const figure = point.figures[column] ?? null;
      if (isProvince(point.region)) province = figure === null ? null : begin(check, point, figure, column);
      if (point.region.length !== REGENCY || !province) return;
      province.regencies += 1;
      if (figure === null) return;
      province.known += 1;
      province.sum = addFigures(province.sum, figure);
      province.margin += marginOf(check, point, column);
      province.isExact &&= point.isExact;
    },
  };
}

function begin(check: TableCheck, point: Point, figure: Figure, column: number): Province {
  const margin = marginOf(check, point, column);
  const { isExact, period } = point;
  return { dates: period.dates, point, figure, sum: 0, regencies: 0, known: 0, margin, isExact };
}

function isWrong({ figure, sum, margin, known, regencies, isExact }: Province): boolean {
  if (known === 0 || !isExact) return false;
  const more = Number(differenceOf(sum, figure));
  return more > margin || (-more > margin && known === regencies);
}

function tell(check: TableCheck, name: string, column: string, { point, figure, sum, regencies }: Province): void {
  const { region: code, line } = point;
  const isMore = sum > figure;
  const rest = isMore ? differenceOf(sum, figure) : differenceOf(figure, sum);
  const message = say(
    `provinsi ${code} ${figure}, padahal ${regencies} kabupaten/kota di berkas ini berjumlah ${sum}`,
    `province ${code} is ${figure} where its ${regencies} regencies in this file make ${sum}`,
  );
  const suggestion = isMore
    ? say(
        `kabupaten/kota lebih ${rest}: periksa angka yang dobel atau provinsi yang belum diperbarui`,
        `the regencies make ${rest} more: look for one counted twice, or a province not brought up to date`,
      )
    : say(
        `tambahkan kabupaten/kota yang belum ada, atau sisanya (${rest}) sebagai baris ${code}.00 "tidak teralokasi"`,
        `add the missing regencies, or what is left (${rest}) as a row ${code}.00 "unallocated"`,
      );
  check.problems.add(name, message, { row: line ?? 0, column, raw: String(figure), suggestion });
}
