import type { Command } from 'commander';
import { readConfig } from '../config.js';
import { createLog } from '../kit/log.js';
import { onStop } from '../kit/stop.js';
import { startAll } from '../main.js';
import { startGateway, startRegistry, startSubgraphs } from './programs.js';

const PROGRAMS = { all: startAll, registry: startRegistry, subgraphs: startSubgraphs, gateway: startGateway } as const;

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
      const running = await PROGRAMS[service](config, log);
      log('info', 'server.started', { service, url: running.url });
      onStop(log, ...running.stoppers);
      if (service === 'all') process.stdout.write(`Cakupan is at ${running.url}\n`);
    });
}

function isProgram(word: string): word is keyof typeof PROGRAMS {
  return Object.hasOwn(PROGRAMS, word);
}
