/** Invented figures: every region of the list in every month has the number of the round. */

/** The dataset they are of. */
export const DATASET = 'participant_count';

const REGIONS = [
  ...Array.from({ length: 18 }, (_, n) => `11.${two(n + 1)}`),
  ...Array.from({ length: 25 }, (_, n) => `12.${two(n + 1)}`),
  ...Array.from({ length: 12 }, (_, n) => `13.${two(n + 1)}`),
  ...Array.from({ length: 25 }, (_, n) => `33.${two(n + 1)}`),
];
const MONTHS = [2016, 2017, 2018].flatMap((year) => Array.from({ length: 12 }, (_, n) => `${year}-${two(n + 1)}`));

/** How many figures a round has. */
export const FIGURES = REGIONS.length * MONTHS.length;

/** What a reader of the subgraph asks to see all of them. */
export const QUERY = `{ _entities(representations: [${REGIONS.map((code) => `{ __typename: "Region", code: "${code}" }`)}])
  { ... on Region { participants(segment: PU, program: JHT, first: 1000) { date value } } } }`;

/** The file of a round. */
export function fileOf(round: number): string {
  const rows = MONTHS.flatMap((month) =>
    REGIONS.map((region) => `${region},${month},PU,JHT,ACTIVE,${figureOf(round)},antara-babel-534790`),
  );
  return `region_code,date,segment,program,status,value,source_id\n${rows.join('\n')}\n`;
}

/** What a reader of the CSV sees: the rounds, with how many figures are of each. */
export function roundsInCsv(lines: Iterable<string>): Record<number, number> {
  const rounds: Record<number, number> = {};
  for (const line of lines) {
    const [region = '', month = '', segment, program, status, , , , , value] = line.split(',');
    if (
      REGIONS.includes(region) &&
      MONTHS.includes(month) &&
      segment === 'PU' &&
      program === 'JHT' &&
      status === 'ACTIVE'
    )
      count(rounds, Number(value));
  }
  return rounds;
}

/** The same for a reader of the answer to `QUERY`. */
export function roundsInAnswer(data: unknown): Record<number, number> {
  const { _entities } = data as { _entities: { participants: { date: string; value: number }[] }[] }; // as asked
  const rounds: Record<number, number> = {};
  for (const { participants } of _entities)
    for (const { date, value } of participants) if (MONTHS.includes(date)) count(rounds, value);
  return rounds;
}

/** All figures are of this round; of none before the first. */
export function whole(round: number): Record<number, number> {
  return round === 0 ? {} : { [round]: FIGURES };
}

const BASE = 100_000;

function figureOf(round: number): number {
  return BASE + round;
}

function count(rounds: Record<number, number>, value: number): void {
  const round = value - BASE;
  rounds[round] = (rounds[round] ?? 0) + 1;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
