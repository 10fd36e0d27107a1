import { Command } from 'commander';
import { ConfigError } from '../kit/env.js';
import { addData } from './data.js';
import { addSchema } from './schema.js';
import { addStart } from './start.js';

const program = new Command('cakupan').description(
  'Coverage and benefit figures of employment social security in Indonesia',
);
addStart(program);
addData(program);
addSchema(program);

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`cakupan: ${messageOf(error)}\n`);
  process.exit(1);
});

/** One clear line for what a person can mend; the whole of it for a bug. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'EADDRINUSE' && 'port' in error)
    return `port ${error.port} is in use: stop what listens there, or set PORT to another`;
  return error instanceof ConfigError || error.cause ? error.message : error.message || (error.stack ?? error.name);
}
