import { mkdir } from 'node:fs/promises';
import { ENGINES, type Engine, type Scheme } from './engine.js';
import { createReport, type Report } from './report.js';
import { type Site, startSite } from './site.js';

/** What every check works with. */
export interface Bench {
  readonly site: Site;
  readonly report: Report;
  /** Short names of the engines to look at. */
  readonly engines: readonly string[];
  /** Runs in each engine whose system can prefer the scheme, one after the other. */
  inEach(scheme: Scheme, run: (engine: Engine) => Promise<void>): Promise<void>;
  /** Where screenshots go. */
  readonly folder: string;
}

export async function startBench(engines: readonly string[], folder: string): Promise<Bench> {
  await mkdir(folder, { recursive: true });
  const site = await startSite();
  return {
    site,
    report: createReport(),
    engines,
    folder,
    inEach: async (scheme, run) => {
      for (const name of engines) {
        const engine = await ENGINES[name]?.(scheme);
        if (!engine) continue;
        try {
          await run(engine);
        } finally {
          await engine.close();
        }
      }
    },
  };
}
