import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Browser, BrowserContext } from 'playwright-core';
import { median } from '../bench/table.js';
import { openChromium } from '../support/chromium.js';
import type { Bench } from './bench.js';
import { well } from './site.js';
import { STATES } from './states.js';

const MOST_RATIO = 1.1;
const TAGS = 20;
const MOST = { requests: 2, bytes: 12_000, taskMs: 50 };
const DOCUMENT = createHash('sha256').update(readFileSync('schema/operations/coverage-card.graphql')).digest('hex');

/** What the network and the processor of a reader give. */
interface Profile {
  readonly name: string;
  readonly slowdown: number;
  readonly network: { latency: number; downloadThroughput: number; uploadThroughput: number } | null;
}
const PROFILES: readonly Profile[] = [
  { name: 'this machine', slowdown: 1, network: null },
  {
    name: 'slow 4G, 4 x CPU',
    slowdown: 4,
    network: { latency: 150, downloadThroughput: 1638 * 128, uploadThroughput: 96_000 },
  },
];

/** Time to the first number beside that of an element by hand, and what twenty tags of a page cost, in Chromium. */
export async function checkSpeed(bench: Bench): Promise<void> {
  const browser = await openChromium();
  bench.site.behave(well);
  try {
    await compare(bench, browser);
    await countTwenty(bench, browser);
  } finally {
    await browser.close();
  }
}

/** Rounds in turn, so that whatever else the machine does falls on both alike. */
async function compare({ site, report, rounds }: Bench, browser: Browser): Promise<void> {
  const pages = {
    'the tag': site.show({ body: '<coverage-widget region="19.03"></coverage-widget>' }),
    'an element by hand': site.show({
      bare: true,
      head: `<script src="${site.cdn}/page/probe.js"></script><script type="module" src="${site.cdn}/page/plain-element.js"></script>`,
      body: `<plain-figure region="19.03" document="${DOCUMENT}"></plain-figure>`,
    }),
  };
  const rows: string[][] = [];
  for (const profile of PROFILES) {
    const times = new Map(Object.keys(pages).map((name) => [name, [] as number[]]));
    for (let round = 0; round < rounds; round += 1) {
      for (const [name, url] of Object.entries(pages)) times.get(name)?.push(await firstNumber(browser, url, profile));
    }
    const [ours = [], theirs = []] = [...times.values()];
    const ratio = median(ours) / median(theirs);
    for (const [name, list] of times) {
      rows.push([
        name,
        profile.name,
        median(list).toFixed(0),
        Math.min(...list).toFixed(0),
        (median(list) / median(theirs)).toFixed(2),
      ]);
    }
    const problem = ratio > MOST_RATIO ? `${ratio.toFixed(2)} times the element by hand` : '';
    report.note({ check: 'first number', engine: 'Chromium', subject: profile.name, problem });
  }
  report.figures([`first number, ${rounds} rounds in turn`, 'profile', 'median, ms', 'min, ms', 'ratio'], rows);
}

async function firstNumber(browser: Browser, url: string, profile: Profile): Promise<number> {
  const context = await browser.newContext();
  try {
    const page = await throttledPage(context, profile);
    await page.goto(url);
    return Number(await page.evaluate('probe.first'));
  } finally {
    await context.close();
  }
}

async function countTwenty({ site, report }: Bench, browser: Browser): Promise<void> {
  const codes = STATES.flatMap(({ attributes }) => /^region="([\d.]+)"$/.exec(attributes)?.[1] ?? []);
  const tags = Array.from(
    { length: TAGS },
    (_, index) => `<coverage-widget region="${codes[index % codes.length]}"></coverage-widget>`,
  );
  const context = await browser.newContext();
  try {
    const page = await throttledPage(context, { name: '', slowdown: 4, network: null });
    const from = site.asked.length;
    await page.goto(site.show({ body: tags.join('') }));
    await page.waitForTimeout(4_000);
    const asked = site.asked.slice(from).filter(({ path }) => !/probe|^\/p\d|favicon/.test(path));
    const seen = {
      requests: asked.length,
      bytes: asked.reduce((sum, { bytes }) => sum + bytes, 0),
      taskMs: Math.round(Number(await page.evaluate('Math.max(0, ...probe.tasks)'))),
    };
    report.figures(
      ['20 tags', 'seen', 'at most'],
      Object.entries(seen).map(([name, value]) => [name, String(value), String(MOST[name as keyof typeof MOST])]), // the same names
    );
    for (const [name, value] of Object.entries(seen)) {
      const most = MOST[name as keyof typeof MOST]; // the same names
      report.note({
        check: '20 tags',
        engine: 'Chromium',
        subject: name,
        problem: value > most ? `${value} instead of ${most}` : '',
      });
    }
  } finally {
    await context.close();
  }
}

async function throttledPage(context: BrowserContext, { slowdown, network }: Profile) {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  if (network) await session.send('Network.emulateNetworkConditions', { offline: false, ...network });
  return page;
}
