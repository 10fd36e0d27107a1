import '../gateway/telemetry.js';
import { Command, type CommanderError } from 'commander';
import { ConfigError } from '../kit/env.js';
import { readLocalLoadToken } from '../load-token.js';
import { CommandFailure, EXIT } from './data/exit.js';
import { addData } from './data.js';
import { addSchema } from './schema.js';
import { addStart } from './start.js';
import { addToken } from './token.js';

process.stdout.on('error', ({ code }: NodeJS.ErrnoException) =>
  process.exit(code === 'EPIPE' ? EXIT.DONE : EXIT.REFUSED),
); // `| head` has read enough
const print = (line: string) => void process.stdout.write(`${line}\n`);
const terminal = {
  env: process.env,
  print,
  printError: (line: string) => void process.stderr.write(`${line}\n`),
  showProgress: process.stderr.isTTY ? (text: string) => void process.stderr.write(`\r\u001b[K${text}`) : null,
  readLoadToken: readLocalLoadToken,
};

const program = new Command('cakupan')
  .description('Coverage and benefit figures of employment social security in Indonesia')
  .exitOverride(({ exitCode }: CommanderError) => process.exit(exitCode === 0 ? EXIT.DONE : EXIT.USAGE)); // help ends with 0
addStart(program);
addData(program, terminal, process.stdout);
addSchema(program);
addToken(program, { env: process.env, clock: Date.now, print });

program.parseAsync().catch((error: unknown) => {
  const message = messageOf(error);
  if (message !== '') process.stderr.write(`cakupan: ${message}\n`);
  process.exit(error instanceof CommandFailure ? error.exitCode : EXIT.REFUSED);
});

/** One clear line for what a person can mend; the whole of it for a bug. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'EADDRINUSE' && 'port' in error)
    return `port ${error.port} is in use: stop what listens there, or set PORT to another`;
  if (error instanceof ConfigError || error instanceof CommandFailure || error.cause) return error.message;
  return error.message || (error.stack ?? error.name);
}
