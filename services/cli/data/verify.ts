import { counted } from '../../kit/bilingual.js';
import type { DatasetFacts } from '../../kit/dataset-facts.js';
import type { Verification } from '../../kit/verify.js';
import { CommandFailure, EXIT, Refusal } from './exit.js';
import type { Session } from './session.js';
import { inLanguage } from './terminal.js';

/**
 * `data verify`: holds what is published against the hashes it was sealed under, of the datasets named, or of all that the
 * token is for.
 */
export async function verify(session: Session, datasets: readonly string[]): Promise<void> {
  const { server, options } = session;
  const names =
    datasets.length > 0
      ? datasets
      : (await server.get<{ datasets: DatasetFacts[] }>('')).datasets.map(({ name }) => name);
  const verified: Verification[] = [];
  let refusal: Refusal | null = null;
  for (const name of names) {
    session.progress.waiting(`verifying ${name}`);
    const one = await server.get<Verification>(`${encodeURIComponent(name)}/verify`).catch((error: unknown) => {
      if (datasets.length > 0 || !(error instanceof Refusal) || error.code !== 'NOT_ALLOWED') throw error;
      refusal = error; // the token is for others
      return null;
    });
    if (one) verified.push(one);
  }
  if (verified.length === 0 && refusal) throw refusal;
  session.answer({ verified }, () => verified.flatMap((one) => linesOf(one, options.lang)));
  if (verified.some(({ problems }) => problems.length > 0)) throw new CommandFailure('', EXIT.REFUSED);
}

function linesOf({ dataset, releases, rows, problems }: Verification, lang: 'id' | 'en' | undefined): string[] {
  if (problems.length === 0)
    return [`${dataset}: ${counted(releases, 'release')}, ${counted(rows, 'row')}, as they were sealed`];
  return problems.map(({ release, what }) => `${release ?? dataset}: ${inLanguage(what, lang)}`);
}
