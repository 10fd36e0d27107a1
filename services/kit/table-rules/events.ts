import { visible } from '../edition.js';
import { firstDay, lastDay } from '../period.js';
import { ancestorCodes } from '../region-code.js';
import type { TableCheck } from '../table-check.js';
import type { ChangeRule } from '../table-rule.js';

/** True where something happened between two dates in a region, or in one above it, that lets figures jump. */
export type Happened = (region: string, from: string, to: string) => boolean;

/** Reads the events that readers see and a rule names; nothing has happened where it names none. */
export async function readEvents({ db, datasets, seen }: TableCheck, rule: ChangeRule): Promise<Happened> {
  if (!rule.events) return () => false;
  const { dataset: name, date } = rule.events;
  const dataset = datasets.find((one) => one.name === name);
  if (!dataset?.place) throw new Error(`a rule asks for events of ${name}, which is no dataset of places here`);
  const at = seen(name);
  const rows = await db.query(
    `SELECT ${dataset.place.region} AS region, ${date} AS date FROM ${dataset.table} p WHERE ${visible('p')}`,
    [at, at],
  );
  const dates = new Map<string, string[]>();
  for (const row of rows) {
    const region = String(row.region);
    dates.set(region, [...(dates.get(region) ?? []), String(row.date)]);
  }
  return (region, from, to) =>
    [region, ...ancestorCodes(region)].some((code) =>
      dates.get(code)?.some((day) => lastDay(day) >= firstDay(from) && firstDay(day) <= lastDay(to)),
    );
}
