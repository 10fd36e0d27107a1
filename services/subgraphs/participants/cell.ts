/** One cell of a table of figures: the series, the date and the region, as one text that is a JSON list. */
export function cellKey(series: number, date: string, region: string): string {
  return JSON.stringify([series, date, region]);
}
