import { parse } from 'yaml';
import { freePort, type Program, type Running, startProcess } from './processes.js';
import { readText } from './sources.js';

/** docker-compose.yml, run as local processes: the same commands and settings, other addresses. */

export type Settings = Readonly<Record<string, string>>;

export interface Service {
  readonly build?: string;
  readonly command?: readonly string[];
  readonly environment?: Settings;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly ports?: readonly string[];
}

export interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly configs: Readonly<Record<string, { readonly content: string }>>;
}

/** Where a service listens in the file, as `registry:4002`, and where it does on this machine. */
export type Addresses = ReadonlyMap<string, string>;

const FILE = 'docker-compose.yml';
const VARIABLE = /\$(?:\$|\{(\w+)(?:(:[?-])([^}]*))?\})/g;

/** The file as Compose reads it in the operator's environment. Throws where a value that must be set is not. */
export function readCompose(operator: Settings): Compose {
  return parse(interpolate(readText(FILE), operator), { merge: true });
}

/** The names that must be set in the operator's environment, sorted. */
export function demandedNames(): string[] {
  const found = [...readText(FILE).matchAll(VARIABLE)].filter(([, , kind]) => kind === ':?');
  return [...new Set(found.map(([, name = '']) => name))].sort();
}

/** The services that run our own image, by name. */
export function programsOf({ services }: Compose): [string, Service][] {
  return Object.entries(services).filter(([, { build }]) => build !== undefined);
}

/** A free port of this machine for each program that listens. */
export async function findAddresses(compose: Compose): Promise<Map<string, string>> {
  const addresses = new Map<string, string>();
  for (const [name, { environment }] of programsOf(compose)) {
    addresses.set(`${name}:${environment?.PORT}`, `127.0.0.1:${await freePort()}`);
  }
  return addresses;
}

/** The text with every address of the file replaced by that on this machine. */
export function relocate(text: string, addresses: Addresses): string {
  return [...addresses].reduce((moved, [from, to]) => moved.replaceAll(from, to), text);
}

/** A program as a process of this machine; it is ready when its health check would pass. */
export function startService(compose: Compose, name: string, addresses: Addresses): Promise<Running> {
  const { args, env } = localProgram(compose, name, addresses);
  return startProcess({ args, env, ready: `http://127.0.0.1:${env.PORT}/readyz`, readyMs: 30_000 });
}

/** Runs the health check of a service as the container would; 0 says healthy. */
export async function checkHealth(compose: Compose, name: string, addresses: Addresses): Promise<number | null> {
  const [, , ...args] = compose.services[name]?.healthcheck?.test ?? []; // after CMD and node
  const running = await startProcess({ args, env: localProgram(compose, name, addresses).env });
  return (await running.exited).code;
}

/** Starts the programs in the order that `depends_on` allows, each when those it needs are ready. */
export async function startServices(compose: Compose, addresses: Addresses): Promise<Map<string, Running>> {
  const starting = new Map<string, Promise<Running>>();
  const start = (name: string): Promise<Running> => {
    const known = starting.get(name) ?? startAfter(name);
    starting.set(name, known);
    return known;
  };
  const startAfter = async (name: string) => {
    await Promise.all(neededBy(compose, name).map(start));
    return startService(compose, name, addresses);
  };
  const names = programsOf(compose).map(([name]) => name);
  const running = await Promise.all(names.map(start));
  return new Map(names.map((name, index) => [name, running[index] as Running] as const)); // one for each name
}

function neededBy({ services }: Compose, name: string): string[] {
  return Object.keys(services[name]?.depends_on ?? {}).filter((needed) => services[needed]?.build !== undefined);
}

function localProgram({ services }: Compose, name: string, addresses: Addresses): LocalProgram {
  const { command = [], environment = {} } = services[name] ?? {};
  const [, port = ''] = (addresses.get(`${name}:${environment.PORT}`) ?? '').split(':');
  const moved = Object.entries(environment).map(([key, value]) => [key, relocate(value, addresses)] as const);
  return {
    args: ['--disable-warning=ExperimentalWarning', ...entrypoint(), ...command],
    env: { ...Object.fromEntries(moved), HOST: '127.0.0.1', PORT: port },
  };
}

type LocalProgram = Required<Pick<Program, 'args' | 'env'>>;

/** What the image runs, without its Node. */
function entrypoint(): string[] {
  const [, words = '[]'] = /^ENTRYPOINT (\[.*\])$/m.exec(readText('Dockerfile')) ?? [];
  return (JSON.parse(words) as string[]).slice(1); // the exec form is a list of words
}

/** As Compose does: `${NAME}`, `${NAME:-otherwise}`, `${NAME:?complaint}`, and `$$` for a dollar sign. */
function interpolate(text: string, operator: Settings): string {
  return text.replace(VARIABLE, (whole, name?: string, kind?: string, rest = '') => {
    if (whole === '$$') return '$';
    const value = operator[name ?? ''];
    if (kind === ':?' && !value) throw new Error(`${FILE} needs ${name}: ${rest}`);
    return value || (kind === ':-' ? rest : '');
  });
}
