import { type Fetched, type Verdict, verdictOf } from './source-list.js';

/** What a page needs its policy for. */
export const PURPOSES = ['script', 'data', 'trusted-types', 'frame', 'image'] as const;
export type Purpose = (typeof PURPOSES)[number];

/** What a policy says to one of our forms, and where it would have to be said. */
export interface Finding {
  readonly purpose: Purpose;
  /** The directive to write it in: `connect-src`. */
  readonly directive: string;
  readonly verdict: Verdict;
  /** What to write there. */
  readonly source: string;
}

export interface PolicyCheck {
  readonly findings: readonly Finding[];
  /** The policy with everything added; what a nonce alone can mend is left. */
  readonly mended: string;
}

/** Our addresses as a partner's page uses them; each purpose may need several. */
export type Addresses = Readonly<Record<'script' | 'data' | 'frame' | 'image', readonly string[]>>;

/** The name under which the tag writes markup where a page enforces Trusted Types. */
export const TRUSTED_TYPES_NAME = 'cakupan-widget';

/** The directives that hold for a purpose, the nearest first; the first one to add to is the last with its name. */
const DIRECTIVES: Readonly<Record<keyof Addresses, readonly string[]>> = {
  script: ['script-src-elem', 'script-src', 'default-src'],
  data: ['connect-src', 'default-src'],
  frame: ['frame-src', 'child-src', 'default-src'],
  image: ['img-src', 'default-src'],
};

/** Where a purpose is written when only what it falls back to is there. */
const OWN: Readonly<Record<keyof Addresses, string>> = {
  script: 'script-src',
  data: 'connect-src',
  frame: 'frame-src',
  image: 'img-src',
};

/** A policy by its directives, in the order they came; of two of a name the first holds. */
type Policy = Map<string, readonly string[]>;

/** Reads a Content-Security-Policy, with or without the name of the header, and says what our forms still need of it. */
export function checkPolicy(text: string, addresses: Addresses): PolicyCheck {
  const policies = readPolicies(text);
  const findings = PURPOSES.map((purpose) => worst(policies.map((policy) => findingOf(policy, purpose, addresses))));
  const told = findings.filter((finding) => finding !== null);
  return { findings: told, mended: policies.map((policy) => textOf(mend(policy, addresses))).join(', ') };
}

/** Several policies, with commas between, must each allow what is to be. */
function readPolicies(text: string): Policy[] {
  const value = text.replace(/^\s*content-security-policy(-report-only)?\s*:/i, '');
  return value
    .split(',')
    .map(readPolicy)
    .filter(({ size }) => size > 0);
}

function readPolicy(text: string): Policy {
  const policy: Policy = new Map();
  for (const part of text.split(';')) {
    const [name = '', ...sources] = part.trim().split(/\s+/);
    if (name !== '' && !policy.has(name.toLowerCase())) policy.set(name.toLowerCase(), sources);
  }
  return policy;
}

/** Null where a purpose needs nothing: nobody who writes no Trusted Types has to allow a name. */
function findingOf(policy: Policy, purpose: Purpose, addresses: Addresses): Finding | null {
  if (purpose === 'trusted-types') return trustedTypesOf(policy);
  const [source = ''] = addresses[purpose].map((address) => new URL(address).origin);
  const directive = DIRECTIVES[purpose].find((name) => policy.has(name));
  if (directive === undefined) return { purpose, directive: OWN[purpose], verdict: 'allowed', source };
  const sources = policy.get(directive) ?? [];
  const verdicts = addresses[purpose].map((address) => verdictOf(sources, fetched(address, purpose)));
  const verdict = verdicts.find((one) => one !== 'allowed') ?? 'allowed';
  return { purpose, directive: directive.startsWith('script-src') ? directive : OWN[purpose], verdict, source };
}

function fetched(address: string, purpose: Purpose): Fetched {
  return { url: new URL(address), isScript: purpose === 'script' };
}

/** A list of names, or their absence beside `require-trusted-types-for`, which lets every name be. */
function trustedTypesOf(policy: Policy): Finding | null {
  const names = policy.get('trusted-types');
  if (names === undefined && !policy.has('require-trusted-types-for')) return null;
  const isAllowed = names === undefined || names.includes('*') || names.includes(TRUSTED_TYPES_NAME);
  const verdict = isAllowed ? 'allowed' : 'refused';
  return { purpose: 'trusted-types', directive: 'trusted-types', verdict, source: TRUSTED_TYPES_NAME };
}

/** The one to act on; what no policy says anything about stays null. */
function worst(findings: readonly (Finding | null)[]): Finding | null {
  const order: readonly (Verdict | undefined)[] = ['nonce', 'refused', 'allowed'];
  return order.map((verdict) => findings.find((one) => one?.verdict === verdict)).find(Boolean) ?? null;
}

/** A directive that fell back to another begins with what that one allows, so that nothing else changes. */
function mend(policy: Policy, addresses: Addresses): Policy {
  const mended: Policy = new Map(policy);
  for (const purpose of PURPOSES) {
    const finding = findingOf(policy, purpose, addresses);
    if (finding?.verdict !== 'refused') continue;
    const { directive, source } = finding;
    const before = mended.get(directive) ?? fallbackOf(policy, purpose);
    mended.set(directive, [...before.filter((one) => one.toLowerCase() !== "'none'"), source]);
  }
  return mended;
}

function fallbackOf(policy: Policy, purpose: Purpose): readonly string[] {
  if (purpose === 'trusted-types') return [];
  const directive = DIRECTIVES[purpose].find((name) => policy.has(name));
  return (directive && policy.get(directive)) || [];
}

function textOf(policy: Policy): string {
  return [...policy].map(([name, sources]) => [name, ...sources].join(' ')).join('; ');
}
