import type { Terminal } from './terminal.js';

/** Tells a person how far a step is; tells scripts nothing. */
export interface Progress {
  /** A step with a known end, in bytes. */
  bytes(step: string, done: number, all: number): void;
  /** A step in rows; null where nobody knows how many there are. */
  rows(step: string, done: number, all: number | null): void;
  /** A step in bytes whose end nobody knows. */
  received(step: string, done: number): void;
  /** What is waited for, where nothing can be counted. */
  waiting(text: string): void;
  /** Takes the line away. */
  end(): void;
}

const WIDTH = 24;

export function createProgress({ showProgress }: Terminal): Progress {
  const show = showProgress ?? (() => {});
  return {
    bytes: (step, done, all) => show(`${bar(done, all)} ${step} ${megabytes(done)} of ${megabytes(all)} MB`),
    rows: (step, done, all) =>
      show(
        all === null
          ? `${step} ${counted(done)} rows`
          : `${bar(Math.min(done, all), all)} ${step} ${counted(done)} of ${counted(all)} rows`,
      ),
    received: (step, done) => show(`${step} ${megabytes(done)} MB`),
    waiting: show,
    end: () => show(''),
  };
}

function bar(done: number, all: number): string {
  const filled = all === 0 ? WIDTH : Math.floor((WIDTH * done) / all);
  return `[${'#'.repeat(filled)}${'.'.repeat(WIDTH - filled)}] ${all === 0 ? 100 : Math.floor((100 * done) / all)} %`;
}

function counted(rows: number): string {
  return rows.toLocaleString('en');
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1);
}
