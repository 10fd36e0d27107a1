import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type CommandDesk, startCommandDesk } from './support/command-desk.js';
import { HEADER, rowsOf } from './support/participant-file.js';

let desk: CommandDesk;

beforeAll(async () => {
  desk = await startCommandDesk();
}, 60_000);
afterAll(() => desk.world.stop());

describe('the command `data`', () => {
  test('checks a file and tells every problem by its place, in the language asked for', async () => {
    const path = await desk.makeFile('wrong.csv', rowsOf('2019-01', { '1903': 5, '19.05': '1,2' }));
    const { code, lines, errors } = await desk.asPublisher('check', 'participant_count', path, '--lang', 'en');
    expect([code, lines[0], errors]).toEqual([
      1,
      expect.stringMatching(/^wrong\.csv: \d rows, \d errors and 0 warnings/),
      [],
    ]);
    expect(lines[1]).toMatch(/^ {2}wrong\.csv:2:region_code E2 {2}.*"1903" is not/);
    expect(lines.join('\n')).not.toContain(' / ');
    const both = await desk.asPublisher('check', 'participant_count', path);
    expect(both.lines[1]).toMatch(/"1903" bukan .* \/ .*"1903" is not/);
  });

  test('keeps a report in one piece: that of a check is its answer, that of a refusal is an error', async () => {
    const [wrong, person] = [
      await desk.makeFile('wrong.csv', rowsOf('2019-01', { '1903': 5 })),
      await desk.makeFile('person.csv', ['19.03,2019-01,PU,JHT,ACTIVE,10,x,1903990000000001'], `${HEADER},nik`),
    ];
    const ended = [
      await desk.asPublisher('check', 'participant_count', wrong),
      await desk.asPublisher('check', 'participant_count', person), // refused while it is sent
      await desk.asPublisher('publish', 'participant_count', wrong),
      await desk.asPublisher('publish', 'participant_count', person),
    ];
    expect(ended.map(({ code, lines, errors }) => [code, lines.length > 1, errors.length > 1])).toEqual([
      [1, true, false],
      [1, true, false],
      [1, false, true],
      [1, false, true],
    ]);
    expect([ended[1]?.lines[0], ended[3]?.errors]).toEqual([
      'person.csv seems to tell of persons: it is refused, and nothing of it is kept',
      [
        'cakupan: The file seems to tell of persons: it is refused, and nothing of it is kept.',
        expect.stringMatching(
          /^ {2}person\.csv:nik PERSONAL {2}.* \/ column "nik" seems to hold national identity [a-z ]+$/,
        ),
        expect.stringMatching(/^ {6}-> .* \/ delete that column/),
      ],
    ]);
    const { lines } = await desk.asPublisher('check', 'participant_count', person, '--json');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      report: { file: 'person.csv', counts: { PERSONAL: 1 }, problems: [{ file: 'person.csv' }] },
      difference: null,
    });
  });

  test('speaks Indonesian where that is asked for, also of what is refused', async () => {
    const say = async (verb: string, path: string, ...more: string[]) => {
      const { lines, errors } = await desk.asPublisher(verb, 'participant_count', path, '--lang', 'id', ...more);
      return [...lines, ...errors];
    };
    const good = await desk.makeFile('baik.csv', rowsOf('2018-07', { '19.03': 1200, '19.05': 4 }));
    expect(await say('check', good)).toEqual([
      'baik.csv: 2 baris, tidak ada masalah',
      'akan menerbitkan 2 ditambah, 0 diubah, 0 dihapus, 0 tetap',
      '1 baris ditahan: jumlah di bawah 5',
    ]);
    const [made = '', next, withheld] = await say('publish', good);
    const id = made.split(' ')[0] ?? '';
    expect([made, next, withheld]).toEqual([
      `${id} DRAFT, 2 ditambah, 0 diubah, 0 dihapus, 0 tetap`,
      `Orang lain menyetujuinya: data approve ${id}`,
      '1 baris ditahan: jumlah di bawah 5',
    ]);
    await desk.approve(id);
    expect(await say('publish', good)).toEqual([`tidak ada yang baru: ${id} menerbitkan berkas ini`]);
    const bad = await desk.makeFile('buruk.csv', rowsOf('2018-07', { '1903': 1200 }));
    const shorter = await desk.makeFile('pendek.csv', rowsOf('2018-07', { '19.03': 1210 }));
    const person = await desk.makeFile(
      'orang.csv',
      ['19.03,2018-07,PU,JHT,ACTIVE,9,x,1903990000000001'],
      `${HEADER},nik`,
    );
    const refused = [
      await say('check', bad),
      await say('publish', bad),
      await say('publish', shorter),
      await say('publish', shorter, '--acknowledge', 'VANISHED'),
      await say('publish', person),
    ];
    expect(refused.map(([first]) => first)).toEqual([
      'buruk.csv: 1 baris, 1 kesalahan dan 0 peringatan: tidak dapat diterbitkan seperti ini',
      'cakupan: buruk.csv bukan berkas participant_count yang dapat diterbitkan: 1 masalah; yang pertama, baris 2: region_code "1903" bukan kode wilayah Kemendagri bertitik.',
      'cakupan: pendek.csv memiliki peringatan: VANISHED (1). Periksa, lalu perbaiki berkasnya atau terbitkan dengan --acknowledge VANISHED.',
      'cakupan: pendek.csv mengubah 1 angka yang sudah terbit: sebutkan alasannya dengan --reason, karena pembaca melihatnya, atau koreksi rilisnya (data correct).',
      'cakupan: Berkas ini tampaknya memuat data orang: berkas ditolak dan isinya tidak disimpan.',
    ]);
  });

  test('counts every row that it read, and one as one', async () => {
    const [one, two] = [rowsOf('2019-01', { '1903': 5 }), rowsOf('2019-01', { '1903': 5, '1905': 6 })];
    const said = async (lines: readonly string[]) =>
      (await desk.asPublisher('check', 'participant_count', await desk.makeFile('some.csv', lines))).lines[0];
    expect([await said(one), await said(two)]).toEqual([
      'some.csv: 1 row, 1 error and 0 warnings: it cannot be published as it is',
      'some.csv: 2 rows, 2 errors and 0 warnings: it cannot be published as it is',
    ]);
  });

  test('says of a file how many of its rows are withheld, before it is published and then', async () => {
    const path = await desk.makeFile('few.csv', rowsOf('2018-05', { '19.01': 1, '19.03': 4, '19.05': 5 }));
    const one = await desk.makeFile('fewer.csv', rowsOf('2018-05', { '19.03': 4 }));
    const told = [
      await desk.asPublisher('check', 'participant_count', path),
      await desk.asPublisher('check', 'participant_count', one),
      await desk.asPublisher('publish', 'participant_count', path),
    ];
    expect(told.map(({ lines }) => lines.filter((line) => line.includes('withheld')))).toEqual([
      ['2 rows are withheld: counts below 5'],
      ['1 row is withheld: counts below 5'],
      ['2 rows are withheld: counts below 5'],
    ]);
  });

  test('holds a file against the descriptor that came with it', async () => {
    const path = await desk.makeFile('described.csv', rowsOf('2019-01', { '19.03': 1200 }));
    const descriptor = join(desk.folder, 'datapackage.json');
    const hash = `sha256:${'0'.repeat(64)}`;
    await writeFile(descriptor, JSON.stringify({ name: 'x', resources: [{ name: 'x', path: 'described.csv', hash }] }));
    const { code, lines } = await desk.asPublisher('check', 'participant_count', path, '--descriptor', descriptor);
    expect([code, lines.join('\n')]).toEqual([1, expect.stringMatching(/described\.csv FILE .*datapackage/)]);
  });

  test('publishes, shows what would change, approves, lists, compares, corrects, withdraws and verifies', async () => {
    const first = await desk.makeFile('first.csv', rowsOf('2019-01', { '19.03': 1200, '19.05': 800 }));
    const made = await desk.asPublisher('publish', 'participant_count', first);
    const [, id = ''] =
      /^(participant_count\/\d+) DRAFT, 2 added, 0 changed, 0 removed, 0 the same$/.exec(made.lines[0] ?? '') ?? [];
    expect(made).toMatchObject({
      code: 0,
      lines: [expect.any(String), `Another person approves it: data approve ${id}`],
      errors: [],
      output: '',
    });
    expect((await desk.asPublisher('diff', id)).lines).toEqual([
      expect.stringMatching(/^\+ 19\.03 2019-01 .* value 1200/),
      expect.stringMatching(/^\+ 19\.05 2019-01 .* value 800/),
    ]);
    await desk.approve(id);

    const second = await desk.makeFile('second.csv', rowsOf('2019-01', { '19.03': 1209, '19.05': 800 }));
    const corrected = await desk.asPublisher(
      ...['correct', 'participant_count', second, '--supersedes', id.split('/')[1] ?? ''],
      ...['--reason', 'Wrong column', '--json'],
    );
    const correction = JSON.parse(corrected.lines[0] ?? '').release.id as string;
    await desk.approve(correction);
    expect((await desk.run(null, ['list', 'participant_count', '--first', '2'])).lines).toEqual([
      expect.stringMatching(`^${correction}  PUBLISHED  CORRECTION  .*  of ${id}  "Wrong column"$`),
      expect.stringMatching(`^${id}  PUBLISHED  REGULAR`),
    ]);
    expect((await desk.run(null, ['diff', id, correction])).lines).toEqual([
      `0 added, 1 changed, 0 removed from ${id} to ${correction}`,
      expect.stringMatching(/^~ 19\.03 2019-01 .* value 1200 -> 1209$/),
    ]);
    const withdrawn = await desk.asPublisher('withdraw', correction, '--reason', 'The source took it back', '--json');
    await desk.approve(JSON.parse(withdrawn.lines[0] ?? '').release.id);
    expect((await desk.run(null, ['list', 'participant_count'])).lines[1]).toMatch(`${correction}  WITHDRAWN`);
    expect(await desk.asApprover('verify', 'participant_count', 'target')).toMatchObject({
      code: 0,
      lines: [
        expect.stringMatching(/^participant_count: \d+ releases, \d+ rows, as they were sealed$/),
        expect.stringMatching(/^target: /),
      ],
    });
  });

  test('says that nothing is new, and ends with 4', async () => {
    const path = await desk.makeFile('same.csv', rowsOf('2019-02', { '19.03': 1201 }));
    const made = await desk.asPublisher('publish', 'participant_count', path, '--json');
    const { id } = JSON.parse(made.lines[0] ?? '').release;
    const again = await desk.asPublisher('publish', 'participant_count', path);
    expect([again.code, again.lines[0]]).toEqual([0, expect.stringMatching(`^${id} is there already: DRAFT`)]);
    await desk.approve(id);
    expect(await desk.asPublisher('publish', 'participant_count', path)).toMatchObject({
      code: 4,
      lines: [`nothing new: ${id} published this very file`],
    });
    const other = await desk.makeFile('other.csv', rowsOf('2019-02', { '19.03': 1207 }));
    expect((await desk.asPublisher('check', 'participant_count', other)).lines).toEqual([
      'other.csv: 1 row, no problem',
      'it would publish 0 added, 1 changed, 0 removed, 0 the same',
      'it changes 1 published figure: publish it with --reason',
    ]);
    const why = ['--reason', 'counted anew'];
    const next = await desk.asPublisher('publish', 'participant_count', other, '--json', ...why);
    await desk.approve(JSON.parse(next.lines[0] ?? '').release.id);
    const back = await desk.asPublisher('publish', 'participant_count', path, ...why); // the same bytes, and others since
    expect([back.code, back.lines[0]]).toEqual([0, expect.stringContaining('0 added, 1 changed, 0 removed')]);
  });

  test('names the warnings to acknowledge, and takes them', async () => {
    const path = await desk.makeFile('shorter.csv', rowsOf('2019-02', { '19.05': 801 }));
    const warned = await desk.asPublisher('publish', 'participant_count', path);
    expect([warned.code, warned.errors]).toEqual([
      1,
      [
        expect.stringContaining('--acknowledge VANISHED'),
        expect.stringMatching(
          /^ {2}shorter\.csv VANISHED .* the published figure 19\.03 2019-02 PU JHT ACTIVE ALL .* is not/,
        ),
        expect.stringMatching(/^ {6}-> .*--keep-missing/),
      ],
    ]);
    const done = await desk.asPublisher('publish', 'participant_count', path, '--acknowledge', 'VANISHED');
    expect([done.code, done.lines[0]]).toEqual([0, expect.stringContaining('1 added, 0 changed, 1 removed')]);
  });
});
