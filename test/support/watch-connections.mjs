/**
 * Loaded before a program (`node --import`): writes down whom it turns to, one line each, into the file CONNECTIONS:
 * connections opened, names looked up, datagrams sent. What it listens on is not one of them.
 */
import childProcess from 'node:child_process';
import dgram from 'node:dgram';
import dns from 'node:dns';
import { appendFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { isIP, Socket } from 'node:net';

const write = (line) => appendFileSync(process.env.CONNECTIONS, `${line}\n`);

/** Has `tell` called with the arguments of a method, before it does what it always did. */
function watch(owner, name, tell) {
  const original = owner[name];
  owner[name] = function (...args) {
    tell(...args);
    return original.apply(this, args);
  };
}

watch(Socket.prototype, 'connect', (...args) => {
  const [first, second] = Array.isArray(args[0]) ? args[0] : args; // node itself passes what it has normalized, as one
  if (typeof first !== 'object') write(`connect ${typeof second === 'string' ? second : 'localhost'}:${first}`);
  else write(`connect ${first.path ?? `${first.host ?? 'localhost'}:${first.port}`}`);
});
for (const name of ['connect', 'send'])
  watch(dgram.Socket.prototype, name, (...args) => {
    const [port, address] =
      name === 'connect' ? args : args.filter((arg) => /^(number|string)$/.test(typeof arg)).slice(-2);
    write(`datagram ${address ?? 'localhost'}:${port}`);
  });
const asked = (name) => /^(lookup|lookupService|resolve\w*|reverse)$/.test(name);
for (const owner of [dns, dns.promises, dns.Resolver.prototype, dns.promises.Resolver.prototype])
  for (const name of Object.getOwnPropertyNames(owner).filter(asked))
    watch(owner, name, (host) => {
      if (name !== 'lookup' || isIP(host) === 0) write(`look up ${host}`); // an address needs no question
    });
for (const name of ['spawn', 'spawnSync', 'fork', 'exec', 'execSync', 'execFile', 'execFileSync'])
  watch(childProcess, name, (command) => write(`start ${command}`));
syncBuiltinESMExports();
