/** What the invented figures are: the series of each table, and how a figure is made of its month and its region. */
export interface Figures {
  readonly table: (typeof TABLES)[number];
  /** Dimensions of each series, in the order of the columns of `<table>_series` after its id. */
  readonly series: readonly (readonly string[])[];
  /** The columns of the figure and what they hold, of month `m` and version `v`. */
  readonly values: Readonly<Record<string, string>>;
}

/** The tables a card reads. */
export const TABLES = ['stated_coverage', 'participant_count', 'population_base'] as const;

/** The figures of these tables. A card asks for the first three series of each; all others are of branches of industry. */
export function figuresOf(seriesOfEach: number): readonly Figures[] {
  const branches = Array.from({ length: seriesOfEach - 3 }, (_, index) => `BRANCH${index + 1}`);
  const count = (segment: string, program: string, category: string) =>
    [segment, program, 'ACTIVE', category, 'BPJSTK', '', 'WORKPLACE'] as const;
  return [
    {
      table: 'stated_coverage',
      series: [
        ['ucj', '', 'ALL'],
        ['ucj_jakon', '', 'ALL'],
        ['pu_of_employees', 'PU', 'ALL'],
        ...branches.map((branch) => ['category_full', '', branch]),
      ],
      values: { percent: '20 + ((m.n * 37 + v.seed * 11) % 600) / 10.0' },
    },
    {
      table: 'participant_count',
      series: [
        count('PU_BPU', 'ANY', 'ALL'),
        count('PU_BPU_JAKON', 'ANY', 'ALL'),
        count('PU', 'JKK', 'ALL'),
        ...branches.map((branch) => count('PU', 'JKK', branch)),
      ],
      values: { value: '1000 + (m.n * 37 + v.seed * 211) % 40000' },
    },
    {
      table: 'population_base',
      series: ['POTENTIAL_UCJ', 'EMPLOYEES', 'EMPLOYED', ...branches.map((branch) => `CATEGORY:${branch}`)].map(
        (concept) => [concept, 'bench'],
      ),
      values: { value: '50000 + (m.n * 41 + v.seed * 307) % 90000' },
    },
  ];
}
