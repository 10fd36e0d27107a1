/** Invented figures of participants: the columns they need, and a source that is there. */
export const HEADER = 'region_code,date,segment,program,status,value,source_id';
export const SOURCE = 'antara-babel-534790';

/** The rows of one month, with a figure for each region. */
export function rowsOf(month: string, values: Readonly<Record<string, number | string>>): string[] {
  return Object.entries(values).map(([region, value]) => `${region},${month},PU,JHT,ACTIVE,${value},${SOURCE}`);
}

/** The same as a file. */
export function monthFile(month: string, values: Readonly<Record<string, number>>): string {
  return `${[HEADER, ...rowsOf(month, values)].join('\n')}\n`;
}
