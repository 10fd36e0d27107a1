import { say } from '../../kit/bilingual.js';
import type { Report } from '../../kit/check.js';
import type { Bilingual } from '../../kit/dataset.js';
import type { ServerError } from './exit.js';
import { inOneLanguage, type Language } from './terminal.js';

/** The report that a refused file has; null where something else was refused. */
export function reportOf({ extensions }: ServerError): Report | null {
  return (extensions?.report as Report | undefined) ?? null; // what the routes send
}

/**
 * Why the server refused, in the language asked for where it is about a file; in English otherwise, as the server says it.
 * The server knows no command line: which option is meant is told here.
 */
export function refusalText(error: ServerError, lang: Language | undefined): string {
  return inOneLanguage(aboutFile(error) ?? say(error.message, error.message), lang);
}

function aboutFile(error: ServerError): Bilingual | null {
  const report = reportOf(error);
  const { code, changed } = error.extensions ?? {};
  if (report === null) return null;
  if (code === 'BAD_FILE') return say(report.counts.PERSONAL ? PERSONAL : badFile(report), error.message);
  if (code === 'WARNINGS_NOT_ACKNOWLEDGED') return unacknowledged(report, error);
  if (code !== 'REASON_MISSING') return null;
  return say(
    `${report.file} mengubah ${changed} angka yang sudah terbit: sebutkan alasannya dengan --reason, karena pembaca melihatnya, atau koreksi rilisnya (data correct).`,
    `${report.file} changes figures that are published (${changed}): say why with --reason, since readers see it, or correct the release (data correct).`,
  );
}

const PERSONAL = 'Berkas ini tampaknya memuat data orang: berkas ditolak dan isinya tidak disimpan.';

function badFile({ file, dataset, errors, problems }: Report): string {
  const first = problems.find(({ severity }) => severity === 'E');
  const where = first?.row ? `, baris ${first.row}` : '';
  return `${file} bukan berkas ${dataset} yang dapat diterbitkan: ${errors} masalah; yang pertama${where}: ${first?.message.id}.`;
}

function unacknowledged({ file, counts }: Report, { extensions }: ServerError): Bilingual {
  const missing = extensions?.missing as readonly string[]; // what the route sends
  const counted = missing.map((rule) => `${rule} (${counts[rule]})`).join(', ');
  const names = missing.join(',');
  return say(
    `${file} memiliki peringatan: ${counted}. Periksa, lalu perbaiki berkasnya atau terbitkan dengan --acknowledge ${names}.`,
    `${file} has warnings: ${counted}. Look at them, mend the file or publish it with --acknowledge ${names}.`,
  );
}
