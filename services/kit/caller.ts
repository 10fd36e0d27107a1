/** What a caller may be: a publisher makes releases, an approver lets them out. */
export const ROLES = ['publisher', 'approver'] as const;
export type Role = (typeof ROLES)[number];

/** Who asks, after the credential was found to be good, and what it is good for. */
export interface Caller {
  /** Public, and no person's name: `tok_ab12cd34` of a token, `jwt_` and 16 hexadecimal digits of a JWT. */
  readonly id: string;
  readonly roles: readonly Role[];
  /** Names of the datasets it is for; null for all. */
  readonly datasets: readonly string[] | null;
  /** The region it is for, with everything below; null for all. */
  readonly region: string | null;
}

export function isRole(word: unknown): word is Role {
  return ROLES.some((role) => role === word);
}

/** The text that a release keeps of who made or approved it: `tok_ab12cd34 publisher`. */
export function actingAs({ id }: Caller, role: Role): string {
  return `${id} ${role}`;
}

/** True when both are of one credential, each given as an id or as `actingAs` says it: the role makes no other caller. */
export function isSameCaller(one: string, other: string): boolean {
  return one.split(' ')[0] === other.split(' ')[0];
}
