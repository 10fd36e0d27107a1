export type Env = Readonly<Record<string, string | undefined>>;

/** Bad settings, all named together. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

/** Reads settings from `env` and collects every mistake; `done` throws them as one ConfigError. */
export interface EnvReader {
  text(name: string, fallback: string): string;
  optional(name: string): string | null;
  secret(name: string, minLength: number): string | null;
  port(name: string, fallback: number): number;
  integer(name: string, fallback: number, range: readonly [number, number]): number;
  oneOf<const T extends string>(name: string, words: readonly T[], fallback: T): T;
  list(name: string, fallback: readonly string[]): readonly string[];
  problem(text: string): void;
  done(): void;
}

export function envReader(env: Env): EnvReader {
  const problems: string[] = [];
  const problem = (text: string) => void problems.push(text);
  const given = (name: string) => env[name]?.trim() || null;

  function integer(name: string, fallback: number, [low, high]: readonly [number, number], what = 'a whole number') {
    const text = given(name);
    if (text === null) return fallback;
    const value = Number(text);
    if (Number.isInteger(value) && value >= low && value <= high) return value;
    problem(`${name} must be ${what} (${low} to ${high}); it is "${text}"`);
    return fallback;
  }

  return {
    text: (name, fallback) => given(name) ?? fallback,
    optional: given,
    secret(name, minLength) {
      const text = given(name);
      if (text !== null && text.length < minLength) problem(`${name} must have at least ${minLength} characters`);
      return text;
    },
    port: (name, fallback) => integer(name, fallback, [0, 65535], 'a port'),
    integer: (name, fallback, range) => integer(name, fallback, range),
    oneOf(name, words, fallback) {
      const text = given(name);
      const word = words.find((candidate) => candidate === text);
      if (text !== null && word === undefined) problem(`${name} must be one of ${words.join(', ')}; it is "${text}"`);
      return word ?? fallback;
    },
    list(name, fallback) {
      const text = given(name);
      return text === null
        ? fallback
        : text
            .split(',')
            .map((part) => part.trim())
            .filter(Boolean);
    },
    problem,
    done() {
      if (problems.length > 0) throw new ConfigError(problems.join('; '));
    },
  };
}
