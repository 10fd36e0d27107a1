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
  /** Names of the Trusted Types policies that the tag makes, as a policy lists them. */
  readonly policies: string;
  /** How often what is timed is done. */
  readonly rounds: number;
  /** How often a tag is put into a page and taken out. */
  readonly mounts: number;
  /** Whether files that are compared are written anew. */
  readonly isUpdating: boolean;
  /** Where screenshots go. */
  readonly folder: string;
}

export type Options = Pick<Bench, 'engines' | 'policies' | 'rounds' | 'mounts' | 'isUpdating' | 'folder'>;

export async function startBench(options: Options): Promise<Bench> {
  await mkdir(options.folder, { recursive: true });
  const site = await startSite();
  const report = createReport();
  return {
    site,
    report,
    ...options,
    inEach: async (scheme, run) => {
      for (const name of options.engines) {
        const engine = await ENGINES[name]?.(scheme);
        if (!engine) continue;
        try {
          await run(engine);
        } catch (error) {
          report.note({
            check: 'engine',
            engine: engine.name,
            subject: 'a look that broke off',
            problem: String(error),
          });
        } finally {
          await engine.close();
        }
      }
    },
  };
}
