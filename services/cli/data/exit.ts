/** How the command ends, for scripts; docs/contracts/0004-data.md promises these. */
export const EXIT = {
  DONE: 0,
  /** The server refused the file or the request, or found something wrong. */
  REFUSED: 1,
  /** The command was not written as it should be, or its file cannot be read. */
  USAGE: 2,
  /** The server did not answer, or failed. */
  UNREACHABLE: 3,
  /** The file says nothing that is not published, or waiting, already. */
  NOTHING_NEW: 4,
} as const;

/** Ends the command with one line, or none, and this exit code. */
export class CommandFailure extends Error {
  constructor(
    message: string,
    readonly exitCode: number,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'CommandFailure';
  }
}

/** The server refused: what it said, as GraphQL shapes errors. */
export class Refusal extends Error {
  constructor(readonly errors: readonly ServerError[]) {
    super(errors.map(({ message }) => message).join('; '));
    this.name = 'Refusal';
  }

  /** The code of the first error; null where it gave none. */
  get code(): string | null {
    return this.errors[0]?.extensions?.code ?? null;
  }
}

export interface ServerError {
  readonly message: string;
  readonly extensions?: Readonly<Record<string, unknown>> & { readonly code?: string };
}
