import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Every label is one of few words of ours: no text that a caller made becomes one. */
export type Labels = Readonly<Record<string, string>>;
export type Sample = readonly [labels: Labels, value: number];
export type Read<Sources> = (sources: Sources) => readonly Sample[];

/**
 * The metrics of one program, in the text format of Prometheus. Counts and gauges are numbers of the program itself, read
 * from the sources when somebody asks; only what is measured one by one is told at once.
 */
export interface Meter<Sources> {
  counts(name: string, help: string, read: Read<Sources>, labelNames?: readonly string[]): void;
  gauges(name: string, help: string, read: Read<Sources>, labelNames?: readonly string[]): void;
  /** A histogram of milliseconds, told in seconds. */
  times(name: string, help: string, labelNames?: readonly string[]): (ms: number, labels?: Labels) => void;
  text(sources: Sources): Promise<string>;
  readonly contentType: string;
  stop(): void;
}

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** A meter that tells of the process already. The only file that knows prom-client. */
export function createMeter<Sources>(): Meter<Sources> {
  const registry = new Registry();
  const readers: ((sources: Sources) => void)[] = [];
  const add =
    (Kind: typeof Counter | typeof Gauge) =>
    (name: string, help: string, read: Read<Sources>, labelNames: readonly string[] = []) => {
      const metric = new Kind({ name, help, labelNames: [...labelNames], registers: [registry] });
      readers.push((sources) => {
        metric.reset();
        for (const [labels, value] of read(sources)) metric.inc(labels, value);
      });
    };
  const [counts, gauges] = [add(Counter), add(Gauge)];
  const stop = watchProcess({ counts, gauges });
  return {
    counts,
    gauges,
    times(name, help, labelNames = []) {
      const metric = new Histogram({
        name,
        help,
        labelNames: [...labelNames],
        buckets: SECONDS,
        registers: [registry],
      });
      return (ms, labels = {}) => metric.observe(labels, ms / 1000);
    },
    text(sources) {
      for (const read of readers) read(sources);
      return registry.metrics();
    },
    contentType: registry.contentType,
    stop,
  };
}

/** The one sample of a metric without labels. */
export function one(value: number): readonly Sample[] {
  return [[{}, value]];
}

const LOOP_RESOLUTION_MS = 20;

function watchProcess({ counts, gauges }: Pick<Meter<unknown>, 'counts' | 'gauges'>): () => void {
  const loop = monitorEventLoopDelay({ resolution: LOOP_RESOLUTION_MS });
  loop.enable();
  const seconds = (ns: number) => Math.max(0, ns / 1e9 - LOOP_RESOLUTION_MS / 1000) || 0;
  gauges(
    'cakupan_event_loop_delay_seconds',
    'How late the event loop was since the metrics were asked for last.',
    () => {
      const samples: Sample[] = [
        [{ quantile: '0.5' }, seconds(loop.percentile(50))],
        [{ quantile: '0.99' }, seconds(loop.percentile(99))],
        [{ quantile: '1' }, seconds(loop.max)],
      ];
      loop.reset();
      return samples;
    },
    ['quantile'],
  );
  counts('process_cpu_seconds_total', 'CPU time of the process.', () => {
    const { user, system } = process.cpuUsage();
    return one((user + system) / 1e6);
  });
  gauges('process_resident_memory_bytes', 'Memory of the process.', () => one(process.memoryUsage.rss()));
  return () => loop.disable();
}
