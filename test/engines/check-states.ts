import { readFileSync } from 'node:fs';
import type { Bench } from './bench.js';
import type { Engine, Scheme } from './engine.js';
import { type Language, STATES, tagOf } from './states.js';
import { until } from './wait.js';

/** Each theme of the tag, under a system that prefers this scheme. */
const LOOKS: readonly (readonly [string, Scheme])[] = [
  ['light', 'light'],
  ['dark', 'light'],
  ['auto', 'light'],
  ['light', 'dark'],
  ['auto', 'dark'],
];
const WIDTHS = [280, 320, 768, 1440];
const AXE = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

interface Bar {
  readonly share: number | null;
  readonly fill: string | null;
  readonly track: string;
}

/** Every state in every theme and language: its words, the length and colours of its bar, its width, what axe finds. */
export async function checkStates(bench: Bench): Promise<void> {
  for (const scheme of ['light', 'dark'] as const) {
    await bench.inEach(scheme, async (engine) => {
      for (const language of ['id', 'en'] as const) {
        for (const [theme] of LOOKS.filter(([, each]) => each === scheme)) {
          await lookAt(bench, engine, language, theme, scheme);
        }
        if (scheme === 'light') await measureAt(bench, engine, language);
      }
    });
  }
}

async function lookAt(bench: Bench, engine: Engine, language: Language, theme: string, scheme: Scheme): Promise<void> {
  const { site, report, folder } = bench;
  const look = `${theme} on ${scheme}, ${language}`;
  const note = (check: string, subject: string, problem: string) =>
    report.note({ check, engine: engine.name, subject, look, problem });
  await engine.open(site.show({ body: allTags(bench, language, theme) }));
  const texts = await textsOf(engine, language);
  const bars = await engine.evaluate<(Bar | null)[]>('probe.bars()');
  for (const [index, state] of STATES.entries()) {
    note('words', state.name, wordsProblem(state.words[language], texts[index] ?? ''));
    note('bar', state.name, barProblem(state.bar, bars[index] ?? null));
  }
  await engine.evaluate(`(() => { ${AXE} })()`);
  note('axe', 'all states', (await engine.evaluate<string[]>('probe.axe()')).join('; '));
  note('errors of the page', 'all states', (await engine.evaluate<string[]>('probe.errors')).join('; '));
  await engine.screenshot?.(`${folder}/states-${`${engine.name} ${look}`.replace(/\W+/g, '-')}.png`);
}

/** All widths side by side, each a window of its own in a frame: not every engine can resize the one it has. */
async function measureAt(bench: Bench, engine: Engine, language: Language): Promise<void> {
  const address = bench.site.show({ body: allTags(bench, language, 'light') });
  const frame = (width: number) => `<iframe width="${width}" height="600" src="${address}" title="${width}"></iframe>`;
  await engine.open(bench.site.show({ body: WIDTHS.map(frame).join('') }));
  for (const [index, width] of WIDTHS.entries()) {
    await textsOf(engine, language, `frames[${index}].`);
    const problem = await engine.evaluate<string>(`frames[${index}].probe.overrun()`);
    bench.report.note({ check: 'width', engine: engine.name, subject: `${width} px`, look: language, problem });
  }
}

function allTags({ site }: Bench, language: Language, theme: string): string {
  return STATES.map((state) => tagOf(state, language, theme, site)).join('');
}

/** The texts of all tags, once each says what it should, or after ten seconds. */
function textsOf(engine: Engine, language: Language, view = ''): Promise<string[]> {
  const isThere = (texts: readonly string[]) =>
    STATES.every(({ words }, index) => words[language].every((each) => each.test(texts[index] ?? '')));
  return until(() => engine.evaluate<string[]>(`${view}probe.texts()`), isThere);
}

function wordsProblem(words: readonly RegExp[], text: string): string {
  const missing = words.filter((each) => !each.test(text));
  return missing.length > 0 ? `lacks ${missing.join(' ')} in "${text}"` : '';
}

function barProblem(expected: number | null | undefined, bar: Bar | null): string {
  if (expected === undefined) return bar ? `a bar of ${bar.share} percent where nothing is drawn` : '';
  if (!bar) return 'no bar';
  const { share, fill, track } = bar;
  if (expected === null) return share && share < 99.5 ? `${share} percent long, which gives the figure away` : '';
  if (share === null || Math.abs(share - expected) > 0.5) return `${share} percent long instead of ${expected}`;
  if (fill === track || isClear(track)) return `filled with ${fill} on ${track}`;
  return '';
}

function isClear(color: string): boolean {
  return /^(none|transparent|rgba\(.*, 0\))$/.test(color);
}
