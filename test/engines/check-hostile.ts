import type { Bench } from './bench.js';
import type { Engine, Scheme } from './engine.js';
import { type HostilePage, hostilePages } from './hostile-pages.js';
import { until } from './wait.js';

const TAG = '<coverage-widget region="19.03" heading-level="2"></coverage-widget>';
const FIGURE = /21%.*12 Okt 2024/;

/** What a look at a page gives. */
interface Seen {
  readonly text: string;
  readonly links: readonly string[];
  readonly violations: readonly string[];
  readonly errors: readonly string[];
  /** Sizes of the letters of the card and of its number, in pixels. */
  readonly letters: readonly number[];
  readonly share: number | null;
}

const LOOK = `({ text: probe.text(), links: probe.links(), violations: probe.violations, errors: probe.errors,
  letters: ['card', 'number'].map((part) => parseFloat(probe.style(part, 'fontSize'))), share: probe.bars()[0]?.share ?? null })`;

/** Pages whose policy, styles or direction work against the tag, and pages whose scheme is not the system's. */
export async function checkHostile(bench: Bench): Promise<void> {
  await bench.inEach('light', async (engine) => {
    for (const page of hostilePages(bench.site, bench.policies)) await lookAt(bench, engine, page);
    for (const scheme of ['light', 'dark'] as const) await lookAtScheme(bench, engine, scheme, 'light');
  });
  await bench.inEach('dark', async (engine) => {
    for (const scheme of ['light', 'dark'] as const) await lookAtScheme(bench, engine, scheme, 'dark');
  });
}

async function lookAt({ site, report, folder }: Bench, engine: Engine, page: HostilePage): Promise<void> {
  await engine.open(site.show(page));
  const seen = await until(
    () => engine.evaluate<Seen>(LOOK),
    ({ text }) => FIGURE.test(text),
    4_000,
  );
  const also = page.also ? await engine.evaluate<string>(page.also) : '';
  const problem = [
    ...(page.wants === 'plain' ? plainProblems(seen) : dressedProblems(seen, page.letters)),
    also,
  ].filter(Boolean);
  report.note({ check: 'hostile page', engine: engine.name, subject: page.name, problem: problem.join('; ') });
  if (problem.length > 0)
    await engine.screenshot?.(`${folder}/hostile-${`${page.name} ${engine.name}`.replace(/\W+/g, '-')}.png`);
}

function plainProblems({ text, links }: Seen): string[] {
  return [FIGURE.test(text) ? '' : `shows "${text}"`, links.length > 0 ? '' : 'no link'];
}

function dressedProblems({ text, violations, errors, letters, share }: Seen, size = 15): string[] {
  const [card = 0, number = 0] = letters;
  return [
    FIGURE.test(text) ? '' : `shows "${text}"`,
    ...violations.map((violation) => `violates ${violation}`),
    ...errors,
    card === size && number > 2 * card ? '' : `letters of ${card} px, the number of ${number} px`,
    share !== null && Math.abs(share - 21) < 0.5 ? '' : `a bar of ${share} percent`,
  ];
}

/** The tag is as light or dark as its page, whatever the system prefers. */
async function lookAtScheme({ site, report }: Bench, engine: Engine, scheme: Scheme, system: Scheme): Promise<void> {
  await engine.open(site.show({ body: TAG, head: `<style>:root{color-scheme:${scheme}}</style>` }));
  await until(
    () => engine.evaluate<string>('probe.text()'),
    (text) => FIGURE.test(text),
  );
  const paper = await engine.evaluate<string>(`probe.style('card', 'backgroundColor')`);
  const brightness = Math.max(...(paper.match(/\d+(\.\d+)?/g) ?? []).slice(0, 3).map(Number));
  const seen = brightness > 127 ? 'light' : 'dark';
  const subject = `a ${scheme} page on a ${system} system`;
  report.same({ check: 'scheme', engine: engine.name, subject }, seen, scheme);
}
