import type { Command } from 'commander';
import { readConfig } from '../config.js';
import { createLog } from '../kit/log.js';
import { onStop } from '../kit/stop.js';

/** Loaded when started: the other verbs need none of it. */
const PROGRAMS = {
  all: async () => (await import('../main.js')).startAll,
  registry: async () => (await import('./programs.js')).startRegistry,
  subgraphs: async () => (await import('./programs.js')).startSubgraphs,
  gateway: async () => (await import('./programs.js')).startGateway,
} as const;

export function addStart(program: Command): void {
  program
    .command('start')
    .description('start every service in one process, or one of them: registry, subgraphs, gateway')
    .argument('[service]', Object.keys(PROGRAMS).join(', '), 'all')
    .action(async (service: string) => {
      if (!isProgram(service))
        throw new Error(`there is no service "${service}": choose one of ${Object.keys(PROGRAMS).join(', ')}`);
      const config = readConfig(process.env);
      const log = createLog(config.logLevel);
      const start = await PROGRAMS[service]();
      const running = await start(config, log);
      log('info', 'server.started', { service, url: running.url });
      onStop(log, ...running.stoppers);
      if (service === 'all') process.stdout.write(`Cakupan is at ${running.url}\n`);
    });
}

function isProgram(word: string): word is keyof typeof PROGRAMS {
  return Object.hasOwn(PROGRAMS, word);
}
