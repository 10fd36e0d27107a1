import { RequestError } from '../kit/errors.js';

/** How deep the values of variables may be nested, how many there may be, and how many characters of text. */
const DEEPEST = 20;
const MOST_VALUES = 10_000;
const MOST_CHARACTERS = 100_000;

/** Throws QUERY_TOO_COSTLY for variables that are too many, too long or too deep for anything asked here. */
export function demandPlainVariables(variables: Readonly<Record<string, unknown>>): void {
  const waiting: { readonly value: unknown; readonly depth: number }[] = [{ value: variables, depth: 0 }];
  let [values, characters] = [0, 0];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { value, depth } = next;
    values += 1;
    if (typeof value === 'string') characters += value.length;
    else if (typeof value === 'object' && value !== null) {
      const inner = Object.values(value);
      if (!Array.isArray(value)) for (const name of Object.keys(value)) characters += name.length;
      if (depth >= DEEPEST) throw tooMuch('nested deeper', 'depth', depth + 1, DEEPEST);
      if (values + inner.length > MOST_VALUES)
        throw tooMuch('more values', 'values', values + inner.length, MOST_VALUES);
      for (const one of inner) waiting.push({ value: one, depth: depth + 1 });
    }
    if (characters > MOST_CHARACTERS) throw tooMuch('longer', 'characters', characters, MOST_CHARACTERS);
  }
}

function tooMuch(how: string, of: string, measured: number, limit: number): RequestError {
  const text = `The variables are ${how} than anything asked here (${measured}; at most ${limit}): ask for less at once.`;
  return new RequestError('QUERY_TOO_COSTLY', text, { measured: { [of]: measured }, limits: { [of]: limit } });
}
