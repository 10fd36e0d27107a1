import type { Change, Diff } from '../../kit/changes.js';
import type { Difference } from '../../kit/difference.js';
import { keyText } from '../../kit/key-cells.js';
import { CommandFailure, EXIT } from './exit.js';
import { readRelease, type Session } from './session.js';
import type { CommonOptions } from './terminal.js';

export interface DiffOptions extends CommonOptions {
  readonly first: string;
  readonly order: string;
}

/** `data diff`: two releases as readers saw them; of a draft alone, what it would change of what is published. */
export async function diff(session: Session<DiffOptions>, one: string, other: string | undefined): Promise<void> {
  const { dataset, number, path } = readRelease(one);
  const { first, order } = session.options;
  const query = new URLSearchParams({ first, order });
  if (other === undefined) {
    const answer = await session.server.get<{ difference: Difference | null; changes: Change[] }>(
      `${path}/changes?${query}`,
    );
    session.answer(answer, () => answer.changes.map(lineOf));
    return;
  }
  const second = readRelease(other);
  if (second.dataset !== dataset)
    throw new CommandFailure(`${one} and ${other} are of two datasets, which cannot be compared`, EXIT.USAGE);
  const answer = await session.server.get<Diff>(`${dataset}/diff/${number}/${second.number}?${query}`);
  const { added, changed, removed } = answer;
  session.answer(answer, () => [
    `${added} added, ${changed} changed, ${removed} removed from ${one} to ${other}`,
    ...answer.rows.map(lineOf),
  ]);
}

const SIGNS = { ADDED: '+', CHANGED: '~', REMOVED: '-' } as const;

function lineOf({ key, kind, before, after, columns }: Change): string {
  const names = Object.keys(after ?? before ?? {});
  const told = kind === 'CHANGED' ? names.filter((name) => columns.includes(name)) : names;
  const cells = told
    .filter((name) => (before?.[name] ?? after?.[name] ?? null) !== null)
    .map((name) => `${name} ${[before, after].flatMap((row) => (row ? [row[name] ?? '-'] : [])).join(' -> ')}`);
  return `${SIGNS[kind]} ${keyText(key)}  ${cells.join(', ')}`;
}
