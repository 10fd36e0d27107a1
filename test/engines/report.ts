import { printTable } from '../bench/table.js';
import { KNOWN, type Known } from './known.js';

/** Something that was looked at: where, and what was seen instead of what should be. */
export interface Finding {
  readonly check: string;
  readonly engine: string;
  readonly subject: string;
  /** Under which circumstances, where a subject is looked at under several. */
  readonly look?: string;
  readonly problem: string;
}

export interface Report {
  /** Notes one observation; the problem is empty where all is as it should be. */
  note(finding: Finding): void;
  /** Notes whether two values are the same, compared whole. */
  same(finding: Omit<Finding, 'problem'>, seen: unknown, expected: unknown): void;
  /** Prints the figures of a check. */
  figures(names: readonly string[], rows: readonly (readonly string[])[]): void;
  /** Prints what was found; the number of failures that are not known, and of known ones that no longer fail. */
  end(isWhole: boolean): number;
}

export function createReport(): Report {
  const findings: Finding[] = [];
  return {
    note: (finding) => void findings.push(finding),
    same: (finding, seen, expected) => {
      const [left, right] = [JSON.stringify(seen), JSON.stringify(expected)];
      findings.push({ ...finding, problem: left === right ? '' : `${left} instead of ${right}` });
    },
    figures: printTable,
    end: (isWhole) => {
      const failed = findings.filter(({ problem }) => problem);
      const unknown = failed.filter((finding) => !KNOWN.some((known) => isAbout(known, finding)));
      const mended = isWhole ? KNOWN.filter((known) => !failed.some((finding) => isAbout(known, finding))) : [];
      printTallies(findings);
      printList('Failures', grouped(unknown));
      printList(
        'Known failures',
        KNOWN.flatMap((known) => linesOfKnown(known, failed)),
      );
      printList(
        'Known failures that no longer happen: take them out of known.ts',
        mended.map(({ why }) => why),
      );
      return unknown.length + mended.length;
    },
  };
}

function isAbout({ check, engine, subject }: Known, finding: Finding): boolean {
  return check === finding.check && (engine?.test(finding.engine) ?? true) && subject.test(finding.subject);
}

function printTallies(findings: readonly Finding[]): void {
  const keys = [...new Set(findings.map(({ check, engine }) => `${check}\t${engine}`))];
  const rows = keys.map((key) => {
    const [check = '', engine = ''] = key.split('\t');
    const all = findings.filter((finding) => finding.check === check && finding.engine === engine);
    const failed = all.filter(({ problem }) => problem);
    const known = failed.filter((finding) => KNOWN.some((each) => isAbout(each, finding)));
    return [check, engine, all.length, failed.length - known.length, known.length].map(String);
  });
  printTable(['check', 'engine', 'looked at', 'failed', 'known'], rows);
}

function printList(title: string, lines: readonly string[]): void {
  if (lines.length > 0) process.stdout.write(`${title}:\n${lines.map((line) => `- ${line}`).join('\n')}\n\n`);
}

/** One line for all findings that differ in nothing but the engine and the look. */
function grouped(findings: readonly Finding[]): string[] {
  const keys = [...new Set(findings.map(keyOf))];
  return keys.map((key) => {
    const alike = findings.filter((finding) => keyOf(finding) === key);
    const engines = [...new Set(alike.map(({ engine }) => engine))].join(', ');
    const looks = [...new Set(alike.flatMap(({ look }) => look ?? []))].join(' | ');
    return `${key} [${engines}${looks && `; ${looks}`}]`;
  });
}

function keyOf({ check, subject, problem }: Finding): string {
  return `${check}, ${subject}: ${problem}`;
}

function linesOfKnown(known: Known, failed: readonly Finding[]): string[] {
  const about = failed.filter((finding) => isAbout(known, finding));
  return about.length > 0 ? [known.why, ...grouped(about).map((line) => `  ${line}`)] : [];
}
