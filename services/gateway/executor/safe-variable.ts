/**
 * Planners add variables for representations. One of the caller's that may have the name of such a variable is sent under
 * another.
 */
const PREFIX = 'variable_';

/** What the names of variables that planners add begin with. */
const TAKEN = ['representations', '_', PREFIX];

/** The name under which a variable of the caller's is planned and sent. */
export function sentVariable(name: string): string {
  return TAKEN.some((start) => name.startsWith(start)) ? `${PREFIX}${name}` : name;
}

/** The name that the caller gave a variable of a plan. */
export function givenVariable(name: string): string {
  return name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name;
}
