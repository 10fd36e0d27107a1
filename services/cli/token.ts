import { type Command, InvalidArgumentError, Option } from 'commander';
import { readConfig } from '../config.js';
import { findUses } from '../kit/audit.js';
import { isRole, ROLES, type Role } from '../kit/caller.js';
import type { Database } from '../kit/database.js';
import { discover } from '../kit/discover.js';
import type { Env } from '../kit/env.js';
import type { Instant } from '../kit/period.js';
import { readRegionCode } from '../kit/region-code.js';
import { createToken, findTokens, type KeptToken, readExpiry, revokeToken } from '../kit/token.js';

/** What tests replace. */
export interface TokenOptions {
  readonly env: Env;
  readonly clock: () => Instant;
  readonly print: (line: string) => void;
}

interface CreateOptions {
  readonly role: Role;
  readonly dataset?: readonly string[];
  readonly region?: string;
  readonly expires: string;
  readonly json?: boolean;
}

interface AuditOptions {
  readonly token?: string;
  readonly days: number;
  readonly limit: number;
  readonly json?: boolean;
}

const JSON_OPTION = ['--json', 'one JSON value, for scripts'] as const;

/** One token, one role: who holds both could approve what they made. */
function readRole(word: string, earlier: Role | undefined): Role {
  if (earlier !== undefined) throw new InvalidArgumentError('A token has one role: make a second one for the other.');
  if (isRole(word)) return word;
  throw new InvalidArgumentError(`Allowed choices are ${ROLES.join(', ')}.`);
}

/** The verbs by which who runs a server says who may publish. They open its database, beside the server that runs. */
export function addToken(program: Command, options: TokenOptions): void {
  const token = program.command('token').description('who may publish and approve; works on DATABASE_URL itself');
  token
    .command('create')
    .description('make a token; it is shown once')
    .addOption(new Option('--role <role>', 'what it may do').choices(ROLES).argParser(readRole).makeOptionMandatory())
    .option('--dataset <name...>', 'the datasets it is for; all when not given')
    .option('--region <code>', 'the region it is for, with all below, such as 19.03; all when not given')
    .option('--expires <when>', '90d, 12h, or the last day: 2026-12-01', '90d')
    .option(...JSON_OPTION)
    .action((given: CreateOptions) => inDatabase(options, (db) => create(db, given, options)));
  token
    .command('list')
    .description('every token there was, without its text')
    .option(...JSON_OPTION)
    .action((given: { json?: boolean }) => inDatabase(options, (db) => list(db, given, options)));
  token
    .command('revoke')
    .description('end a token at once')
    .argument('<id>', 'such as tok_ab12cd34')
    .option(...JSON_OPTION)
    .action((id: string, given: { json?: boolean }) => inDatabase(options, (db) => revoke(db, id, given, options)));
  token
    .command('audit')
    .description('what tokens and JWTs were used for, the newest first')
    .option('--token <id>', 'of one only')
    .option('--days <number>', 'how far back', readCount, 30)
    .option('--limit <number>', 'how many at most', readCount, 1000)
    .option(...JSON_OPTION)
    .action((given: AuditOptions) => inDatabase(options, (db) => audit(db, given, options)));
}

async function create(db: Database, given: CreateOptions, { clock, print }: TokenOptions): Promise<void> {
  const { role, dataset, region, expires, json } = given;
  const now = clock();
  const grant = {
    role,
    datasets: dataset ? await readDatasets(dataset) : null,
    region: region === undefined ? null : readRegionCode(region),
    expiresAt: readExpiry(expires, now),
  };
  const { id, text } = await createToken(db, grant, now);
  if (json) return print(JSON.stringify({ id, token: text, ...grant, expiresAt: timeOf(grant.expiresAt) }));
  print(text);
  print(
    `${id} is ${scopeText(grant)}, until ${timeOf(grant.expiresAt)}. It is shown this once: keep it like a password.`,
  );
}

async function list(db: Database, { json }: { json?: boolean }, { clock, print }: TokenOptions): Promise<void> {
  const tokens = await findTokens(db);
  if (json) return print(JSON.stringify(tokens.map(tokenFacts)));
  for (const token of tokens)
    print([token.id, stateText(token, clock()), scopeText(token), lastUseText(token)].join('  '));
}

async function revoke(
  db: Database,
  id: string,
  { json }: { json?: boolean },
  { clock, print }: TokenOptions,
): Promise<void> {
  if (!(await revokeToken(db, id, clock())))
    throw new Error(`there is no token "${id.slice(0, 12)}": \`cakupan token list\` has their ids`);
  print(json ? JSON.stringify({ id, state: 'revoked' }) : `${id} is good no more`);
}

async function audit(db: Database, given: AuditOptions, { clock, print }: TokenOptions): Promise<void> {
  const { token = null, days, limit, json } = given;
  const uses = await findUses(db, { caller: token, since: clock() - days * 24 * 60 * 60 * 1000, limit });
  if (json) return print(JSON.stringify(uses.map((use) => ({ ...use, usedAt: timeOf(use.usedAt) }))));
  for (const { usedAt, caller, verb, dataset, release, outcome } of uses)
    print([timeOf(usedAt), caller, verb, release ?? dataset ?? '-', outcome].join('  '));
}

async function inDatabase({ env }: TokenOptions, work: (db: Database) => Promise<void>): Promise<void> {
  const { openSubgraphDatabase } = await import('../kit/subgraph-database.js'); // the other verbs need no database
  const db = await openSubgraphDatabase({ url: readConfig(env).databaseUrl, subgraphs: [] });
  await work(db).finally(() => db.close());
}

/** The names as given; throws for one that no subgraph declares. */
async function readDatasets(names: readonly string[]): Promise<readonly string[]> {
  const known = (await discover()).flatMap(({ datasets }) => datasets.map(({ name }) => name));
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length === 0) return [...new Set(names)];
  throw new Error(`there is no dataset "${unknown.join('", "')}": choose among ${known.join(', ')}`);
}

function readCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= 100_000) return count;
  throw new Error(`"${text}" must be a whole number from 1 to 100000`);
}

function scopeText({ role, datasets, region }: Pick<KeptToken, 'role' | 'datasets' | 'region'>): string {
  return `${role} of ${datasets?.join(', ') ?? 'every dataset'} in ${region ?? 'every region'}`;
}

function stateText({ expiresAt, revokedAt }: KeptToken, now: Instant): string {
  if (revokedAt !== null) return `revoked ${timeOf(revokedAt)}`;
  return `${now < expiresAt ? 'good until' : 'expired'} ${timeOf(expiresAt)}`;
}

function lastUseText({ usedAt }: KeptToken): string {
  return usedAt === null ? 'never used' : `last used ${timeOf(usedAt)}`;
}

function tokenFacts(token: KeptToken): object {
  const { createdAt, expiresAt, revokedAt, usedAt } = token;
  const times = { createdAt: timeOf(createdAt), expiresAt: timeOf(expiresAt) };
  return { ...token, ...times, revokedAt: revokedAt && timeOf(revokedAt), usedAt: usedAt && timeOf(usedAt) };
}

function timeOf(instant: Instant): string {
  return new Date(instant).toISOString();
}
