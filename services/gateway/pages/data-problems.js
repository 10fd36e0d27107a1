import { tilesOf } from './data-changes.js';
import { download, reportAsCsv } from './data-download.js';
import { createLines } from './data-lines.js';
import { filled, number } from './data-words.js';
import { both, button, element } from './element.js';

/** The problems of a file: how many, which, and each at its cell. */

const PAGE = 100;

const HEADS = [
  { id: 'Baris', en: 'Line' },
  { id: 'Kolom', en: 'Column' },
  { id: 'Tertulis', en: 'It says' },
  { id: 'Aturan', en: 'Rule' },
  { id: 'Masalah dan saran', en: 'Problem and suggestion' },
];

/**
 * Shows a report in a section, with what the file would change where that is known; `local` is the file it is about, and
 * `separator` stands between its cells.
 */
export function showReport(section, report, difference, local, separator) {
  const view = { rule: null, shown: PAGE, line: null };
  const table = element('div');
  const lines = element('div', { class: 'lines' });
  const drawLines = createLines(lines, local, separator);
  const chips = element('div', { class: 'chips', role: 'group', 'aria-labelledby': 'result-title' });
  const chosen = () => report.problems.filter(({ rule }) => view.rule === null || rule === view.rule);

  const draw = () => {
    chips.replaceChildren(...chipsOf(report, view, choose));
    table.replaceChildren(...tableOf(report, chosen(), view, { more, look }));
    void drawLines(chosen(), view.line);
  };
  const choose = (rule) => {
    Object.assign(view, { rule, shown: PAGE, line: null });
    draw();
    chips.querySelector('[aria-pressed="true"]').focus();
  };
  const more = () => {
    const next = view.shown;
    view.shown += PAGE;
    draw();
    table.querySelectorAll('[data-line]')[next]?.focus();
  };
  const look = async (row) => {
    view.line = row;
    await drawLines(chosen(), row);
    lines.querySelector(`[data-row="${row}"]`)?.focus();
  };

  const hasProblems = report.problems.length > 0;
  section.replaceChildren(
    summaryOf(report),
    ...changesOf(difference),
    ...(hasProblems ? [chips, lines, table, downloadsOf(report)] : []),
  );
  section.hidden = false;
  if (hasProblems) draw();
  section.querySelector('h2').focus();
}

const NOT_KEPT = {
  id: 'Tampaknya memuat data orang: isinya tidak disimpan.',
  en: 'It seems to tell of persons: nothing of it is kept.',
};

const WITHHELD = {
  id: '# baris ditahan: jumlah di bawah # terbit tanpa angkanya',
  en: '# [row is|rows are] withheld: counts below # appear without their figures',
};

function summaryOf({ file, rows, errors, warnings, withheld, threshold, counts }) {
  const [tone, title] = verdictOf(errors, warnings);
  const counted = {
    id: '# · # baris terbaca · # kesalahan · # peringatan',
    en: '# · # [row|rows] read · # [error|errors] · # [warning|warnings]',
  };
  return element(
    'div',
    { class: `summary ${tone}` },
    element('h2', { id: 'result-title', tabindex: '-1' }, both(title)),
    element('p', { class: 'file-name' }, both(filled(counted, file, rows, errors, warnings))),
    counts.PERSONAL > 0 && element('p', { class: 'not-kept' }, both(NOT_KEPT)),
    withheld > 0 && element('p', { class: 'withheld' }, both(filled(WITHHELD, withheld, threshold))),
  );
}

const NEEDS_REASON = {
  id: 'Berkas ini mengubah # angka yang sudah terbit: sebutkan alasannya di bawah, pembaca melihatnya.',
  en: 'This file changes # published [figure|figures]: say why below, readers see it.',
};

function changesOf(difference) {
  if (difference === null) return [];
  const { changed } = difference;
  const reason = changed > 0 ? [element('p', { class: 'needs-reason' }, both(filled(NEEDS_REASON, changed)))] : [];
  return [tilesOf(difference), ...reason];
}

function verdictOf(errors, warnings) {
  if (errors > 0)
    return ['bad', filled({ id: '# kesalahan: berkas ditolak', en: '# [error|errors]: the file is refused' }, errors)];
  if (warnings > 0)
    return [
      'warn',
      filled(
        { id: 'Dapat diterbitkan, dengan # peringatan', en: 'It may be published, with # [warning|warnings]' },
        warnings,
      ),
    ];
  return ['good', { id: 'Tidak ada masalah', en: 'No problem was found' }];
}

function chipsOf({ counts, errors, warnings }, { rule }, choose) {
  const chip = (name, text, count) =>
    element(
      'button',
      { type: 'button', class: 'chip', 'aria-pressed': String(rule === name), click: () => choose(name) },
      text,
      ' ',
      element('b', {}, both(number(count))),
    );
  const all = chip(null, both({ id: 'Semua', en: 'All' }), errors + warnings);
  return [all, ...Object.entries(counts).map(([name, count]) => chip(name, name, count))];
}

function tableOf(report, problems, { shown }, { more, look }) {
  const head = element(
    'tr',
    { role: 'row' },
    HEADS.map((text) => element('th', { role: 'columnheader', scope: 'col' }, both(text))),
  );
  const rows = problems.slice(0, shown).map((problem) => rowOf(problem, look));
  return [
    element(
      'table',
      { class: 'problems', role: 'table', 'aria-labelledby': 'result-title' },
      element('thead', { role: 'rowgroup' }, head),
      element('tbody', { role: 'rowgroup' }, rows),
    ),
    problems.length > shown
      ? element(
          'p',
          { class: 'acts' },
          button(filled({ id: 'Tampilkan lagi (masih #)', en: 'Show more (# left)' }, problems.length - shown), more),
        )
      : '',
    ...unshownOf(report),
  ].filter(Boolean);
}

/** A report names at most some of each rule, and counts the rest. */
function unshownOf({ problems, counts }) {
  return Object.entries(counts).flatMap(([rule, count]) => {
    const kept = problems.filter((problem) => problem.rule === rule).length;
    if (kept === count) return [];
    return element(
      'p',
      { class: 'hint' },
      both(
        filled(
          {
            id: '#: # dari # disebut satu per satu; sisanya hanya dihitung.',
            en: '#: # of # are named one by one; the rest are only counted.',
          },
          rule,
          kept,
          count,
        ),
      ),
    );
  });
}

function rowOf({ row, column, raw, rule, severity, message, suggestion }, look) {
  const cells = [
    row === null ? both({ id: 'berkas', en: 'file' }) : lineButton(row, look),
    column === null ? '' : element('code', {}, column),
    raw === null ? '' : element('code', { class: 'raw' }, raw),
    element('span', { class: severity === 'E' ? 'tag bad' : 'tag warn' }, rule),
    [
      element('span', { class: 'message' }, both(message)),
      suggestion && element('span', { class: 'suggestion' }, both(suggestion)),
    ],
  ];
  return element(
    'tr',
    { role: 'row' },
    cells.map((cell, index) => cellOf(cell, index)),
  );
}

/** On a narrow screen the table is a list, and each cell says what it is; to others the heads of the columns do. */
function cellOf(cell, index) {
  return element(
    'td',
    { role: 'cell', class: `c${index}` },
    element('span', { class: 'cell-name', 'aria-hidden': 'true' }, both(HEADS[index])),
    element('span', { class: 'cell' }, cell),
  );
}

function lineButton(row, look) {
  return element(
    'button',
    { type: 'button', class: 'line', 'data-line': row, click: () => look(row) },
    both(number(row)),
  );
}

function downloadsOf(report) {
  const name = report.file.replace(/\.csv$/i, '');
  return element(
    'p',
    { class: 'acts' },
    button({ id: 'Unduh laporan CSV', en: 'Download the report as CSV' }, () =>
      download(`${name}-report.csv`, 'text/csv', reportAsCsv(report)),
    ),
    button({ id: 'Unduh laporan JSON', en: 'Download the report as JSON' }, () =>
      download(`${name}-report.json`, 'application/json', `${JSON.stringify(report, null, 2)}\n`),
    ),
  );
}
