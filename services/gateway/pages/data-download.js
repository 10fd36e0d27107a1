import { element } from './element.js';

/** Gives the reader a file made on this page. */
export function download(name, type, text) {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = element('a', { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** A report as CSV. What a spreadsheet would take for a formula begins with an apostrophe. */
export function reportAsCsv({ problems }) {
  const heads = [
    'file',
    'row',
    'column',
    'raw',
    'rule',
    'severity',
    'message_id',
    'message_en',
    'suggestion_id',
    'suggestion_en',
  ];
  const rows = problems.map(({ file, row, column, raw, rule, severity, message, suggestion }) =>
    [file, row, column, raw, rule, severity, message.id, message.en, suggestion?.id, suggestion?.en]
      .map(quoted)
      .join(','),
  );
  return `${[heads.join(','), ...rows].join('\r\n')}\r\n`;
}

function quoted(value) {
  if (value === null || value === undefined) return '';
  const text = /^[=+\-@\t\r]/.test(String(value)) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
