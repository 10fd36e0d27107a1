import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Command } from 'commander';
import { CommandFailure } from '../services/cli/data/exit.js';
import { addData } from '../services/cli/data.js';
import { askData, tokenFor } from './support/data-client.js';
import { freshFolder } from './support/databases.js';
import { freePort } from './support/processes.js';
import { LOAD_TOKEN, type StartedWorld, startWorld } from './support/world.js';

/** Invented figures of one month, in a region each. */
const HEADER = 'region_code,date,segment,program,status,value,source_id';
const rowsOf = (month: string, values: Readonly<Record<string, number | string>>) =>
  Object.entries(values).map(([region, value]) => `${region},${month},PU,JHT,ACTIVE,${value},antara-babel-534790`);

const clock = { now: Date.parse('2026-03-01T05:00:00Z') };
let world: StartedWorld;
let folder: string;
let tokens: { readonly publisher: string; readonly approver: string };

beforeAll(async () => {
  world = await startWorld({ clock: () => clock.now });
  folder = await freshFolder();
  tokens = {
    publisher: await tokenFor(world.office, { role: 'publisher' }),
    approver: await tokenFor(world.office, { role: 'approver' }),
  };
}, 60_000);
afterAll(() => world.stop());

async function makeFile(name: string, lines: readonly string[], header = HEADER): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, `${[header, ...lines].join('\n')}\n`);
  return path;
}

interface Ended {
  readonly code: number;
  readonly lines: readonly string[];
  readonly errors: readonly string[];
  readonly output: string;
}

/** Runs the command as a person at a terminal would see it, without the progress. */
async function run(token: string | null, words: readonly string[], url = world.url, env = {}): Promise<Ended> {
  const lines: string[] = [];
  const errors: string[] = [];
  const output = new PassThrough();
  const program = new Command().exitOverride().configureOutput({ writeErr: () => {}, writeOut: () => {} });
  const terminal = {
    env: { CAKUPAN_URL: url, ...(token === null ? {} : { CAKUPAN_TOKEN: token }), ...env },
    print: (line: string) => void lines.push(line),
    printError: (line: string) => void errors.push(line),
    showProgress: null,
    readLoadToken: async () => LOAD_TOKEN,
  };
  addData(program, terminal, output);
  const code = await program.parseAsync(['data', ...words], { from: 'user' }).then(
    () => 0,
    (error: unknown) => {
      if (!(error instanceof CommandFailure))
        return String((error as { code: unknown }).code).includes('commander') ? 2 : 99;
      if (error.message !== '') errors.push(error.message);
      return error.exitCode;
    },
  );
  output.end();
  return { code, lines, errors, output: await text(output) };
}

const asPublisher = (...words: string[]) => run(tokens.publisher, words);
const asApprover = (...words: string[]) => run(tokens.approver, words);

/** Approves a release and lets its instant come. */
async function approve(id: string): Promise<void> {
  const { lines } = await asApprover('approve', id, '--json');
  const { releases } = JSON.parse(lines[0] ?? '') as { releases: { publishedAt: string }[] };
  clock.now = Date.parse(releases[0]?.publishedAt ?? '') + 1000;
  await world.poll();
}

describe('the command `data`', () => {
  test('checks a file and tells every problem by its place, in the language asked for', async () => {
    const path = await makeFile('wrong.csv', rowsOf('2019-01', { '1903': 5, '19.05': '1,2' }));
    const { code, lines, errors } = await asPublisher('check', 'participant_count', path, '--lang', 'en');
    expect([code, lines[0], errors]).toEqual([
      1,
      expect.stringMatching(/^wrong\.csv: \d rows, \d errors and 0 warnings/),
      [],
    ]);
    expect(lines[1]).toMatch(/^ {2}wrong\.csv:2:region_code E2 {2}.*"1903" is not/);
    expect(lines.join('\n')).not.toContain(' / ');
    const both = await asPublisher('check', 'participant_count', path);
    expect(both.lines[1]).toMatch(/"1903" bukan .* \/ .*"1903" is not/);
  });

  test('keeps a report in one piece: that of a check is its answer, that of a refusal is an error', async () => {
    const [wrong, person] = [
      await makeFile('wrong.csv', rowsOf('2019-01', { '1903': 5 })),
      await makeFile('person.csv', ['19.03,2019-01,PU,JHT,ACTIVE,10,x,1903990000000001'], `${HEADER},nik`),
    ];
    const ended = [
      await asPublisher('check', 'participant_count', wrong),
      await asPublisher('check', 'participant_count', person), // refused while it is sent
      await asPublisher('publish', 'participant_count', wrong),
      await asPublisher('publish', 'participant_count', person),
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
    const { lines } = await asPublisher('check', 'participant_count', person, '--json');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      report: { file: 'person.csv', counts: { PERSONAL: 1 }, problems: [{ file: 'person.csv' }] },
      difference: null,
    });
  });

  test('speaks Indonesian where that is asked for, also of what is refused', async () => {
    const say = async (verb: string, path: string, ...more: string[]) => {
      const { lines, errors } = await asPublisher(verb, 'participant_count', path, '--lang', 'id', ...more);
      return [...lines, ...errors];
    };
    const good = await makeFile('baik.csv', rowsOf('2018-07', { '19.03': 1200, '19.05': 4 }));
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
    await approve(id);
    expect(await say('publish', good)).toEqual([`tidak ada yang baru: ${id} menerbitkan berkas ini`]);
    const bad = await makeFile('buruk.csv', rowsOf('2018-07', { '1903': 1200 }));
    const shorter = await makeFile('pendek.csv', rowsOf('2018-07', { '19.03': 1210 }));
    const person = await makeFile('orang.csv', ['19.03,2018-07,PU,JHT,ACTIVE,9,x,1903990000000001'], `${HEADER},nik`);
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
      (await asPublisher('check', 'participant_count', await makeFile('some.csv', lines))).lines[0];
    expect([await said(one), await said(two)]).toEqual([
      'some.csv: 1 row, 1 error and 0 warnings: it cannot be published as it is',
      'some.csv: 2 rows, 2 errors and 0 warnings: it cannot be published as it is',
    ]);
  });

  test('says of a file how many of its rows are withheld, before it is published and then', async () => {
    const path = await makeFile('few.csv', rowsOf('2018-05', { '19.01': 1, '19.03': 4, '19.05': 5 }));
    const one = await makeFile('fewer.csv', rowsOf('2018-05', { '19.03': 4 }));
    const told = [
      await asPublisher('check', 'participant_count', path),
      await asPublisher('check', 'participant_count', one),
      await asPublisher('publish', 'participant_count', path),
    ];
    expect(told.map(({ lines }) => lines.filter((line) => line.includes('withheld')))).toEqual([
      ['2 rows are withheld: counts below 5'],
      ['1 row is withheld: counts below 5'],
      ['2 rows are withheld: counts below 5'],
    ]);
  });

  test('holds a file against the descriptor that came with it', async () => {
    const path = await makeFile('described.csv', rowsOf('2019-01', { '19.03': 1200 }));
    const descriptor = join(folder, 'datapackage.json');
    const hash = `sha256:${'0'.repeat(64)}`;
    await writeFile(descriptor, JSON.stringify({ name: 'x', resources: [{ name: 'x', path: 'described.csv', hash }] }));
    const { code, lines } = await asPublisher('check', 'participant_count', path, '--descriptor', descriptor);
    expect([code, lines.join('\n')]).toEqual([1, expect.stringMatching(/described\.csv FILE .*datapackage/)]);
  });

  test('publishes, shows what would change, approves, lists, compares, corrects, withdraws and verifies', async () => {
    const first = await makeFile('first.csv', rowsOf('2019-01', { '19.03': 1200, '19.05': 800 }));
    const made = await asPublisher('publish', 'participant_count', first);
    const [, id = ''] =
      /^(participant_count\/\d+) DRAFT, 2 added, 0 changed, 0 removed, 0 the same$/.exec(made.lines[0] ?? '') ?? [];
    expect(made).toEqual({
      code: 0,
      lines: [expect.any(String), `Another person approves it: data approve ${id}`],
      errors: [],
      output: '',
    });
    expect((await asPublisher('diff', id)).lines).toEqual([
      expect.stringMatching(/^\+ 19\.03 2019-01 .* value 1200/),
      expect.stringMatching(/^\+ 19\.05 2019-01 .* value 800/),
    ]);
    await approve(id);

    const second = await makeFile('second.csv', rowsOf('2019-01', { '19.03': 1209, '19.05': 800 }));
    const corrected = await asPublisher(
      ...['correct', 'participant_count', second, '--supersedes', id.split('/')[1] ?? ''],
      ...['--reason', 'Wrong column', '--json'],
    );
    const correction = JSON.parse(corrected.lines[0] ?? '').release.id as string;
    await approve(correction);
    expect((await run(null, ['list', 'participant_count', '--first', '2'])).lines).toEqual([
      expect.stringMatching(`^${correction}  PUBLISHED  CORRECTION  .*  of ${id}  "Wrong column"$`),
      expect.stringMatching(`^${id}  PUBLISHED  REGULAR`),
    ]);
    expect((await run(null, ['diff', id, correction])).lines).toEqual([
      `0 added, 1 changed, 0 removed from ${id} to ${correction}`,
      expect.stringMatching(/^~ 19\.03 2019-01 .* value 1200 -> 1209$/),
    ]);
    const withdrawn = await asPublisher('withdraw', correction, '--reason', 'The source took it back', '--json');
    await approve(JSON.parse(withdrawn.lines[0] ?? '').release.id);
    expect((await run(null, ['list', 'participant_count'])).lines[1]).toMatch(`${correction}  WITHDRAWN`);
    expect(await asApprover('verify', 'participant_count', 'target')).toMatchObject({
      code: 0,
      lines: [
        expect.stringMatching(/^participant_count: \d+ releases, \d+ rows, as they were sealed$/),
        expect.stringMatching(/^target: /),
      ],
    });
  });

  test('says that nothing is new, and ends with 4', async () => {
    const path = await makeFile('same.csv', rowsOf('2019-02', { '19.03': 1201 }));
    const made = await asPublisher('publish', 'participant_count', path, '--json');
    const { id } = JSON.parse(made.lines[0] ?? '').release;
    const again = await asPublisher('publish', 'participant_count', path);
    expect([again.code, again.lines[0]]).toEqual([0, expect.stringMatching(`^${id} is there already: DRAFT`)]);
    await approve(id);
    expect(await asPublisher('publish', 'participant_count', path)).toMatchObject({
      code: 4,
      lines: [`nothing new: ${id} published this very file`],
    });
    const other = await makeFile('other.csv', rowsOf('2019-02', { '19.03': 1207 }));
    expect((await asPublisher('check', 'participant_count', other)).lines).toEqual([
      'other.csv: 1 row, no problem',
      'it would publish 0 added, 1 changed, 0 removed, 0 the same',
      'it changes 1 published figure: publish it with --reason',
    ]);
    const why = ['--reason', 'counted anew'];
    const next = await asPublisher('publish', 'participant_count', other, '--json', ...why);
    await approve(JSON.parse(next.lines[0] ?? '').release.id);
    const back = await asPublisher('publish', 'participant_count', path, ...why); // the same bytes, and others since
    expect([back.code, back.lines[0]]).toEqual([0, expect.stringContaining('0 added, 1 changed, 0 removed')]);
  });

  test('names the warnings to acknowledge, and takes them', async () => {
    const path = await makeFile('shorter.csv', rowsOf('2019-02', { '19.05': 801 }));
    const warned = await asPublisher('publish', 'participant_count', path);
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
    const done = await asPublisher('publish', 'participant_count', path, '--acknowledge', 'VANISHED');
    expect([done.code, done.lines[0]]).toEqual([0, expect.stringContaining('1 added, 0 changed, 1 removed')]);
  });

  test('schedules, moves and cancels', async () => {
    const path = await makeFile('later.csv', rowsOf('2019-03', { '19.03': 1203 }));
    const { id } = JSON.parse(
      (await asPublisher('publish', 'participant_count', path, '--json')).lines[0] ?? '',
    ).release;
    expect(await asApprover('approve', id, '--at', '2030-01-01T08:30+07:00')).toMatchObject({
      code: 0,
      lines: [`${id} SCHEDULED, seen from 2030-01-01T01:30:00.000Z`],
    });
    expect((await asApprover('move', id, '--at', '2031-01-01T08:30+07:00')).lines).toEqual([
      `${id} SCHEDULED, seen from 2031-01-01T01:30:00.000Z`,
    ]);
    expect((await asPublisher('cancel', id)).lines).toEqual([`${id} CANCELLED`]);
  });

  test('exports the CSV that the hash of a release is of', async () => {
    const { lines } = await run(null, ['list', 'target', '--json']);
    const [{ number, contentHash }] = JSON.parse(lines[0] ?? '').releases;
    const { output } = await run(null, ['export', 'target', '--release', String(number)]);
    expect(createHash('sha256').update(output).digest('hex')).toBe(contentHash);
    expect((await run(null, ['export', 'target', '--release', `target/${number}`])).output).toBe(output);
    expect(await run(null, ['export', 'target', '--release', 'indicator/1'])).toMatchObject({
      code: 2,
      errors: ['"indicator/1" is no release of target: write its number, or target/7'],
    });
    const out = join(folder, 'target.csv');
    await run(null, ['export', 'target', '--out', out]);
    expect((await readFile(out, 'utf8')).split('\n')[0]).toContain('region_code,due,indicator_id');
    expect(await run(null, ['export', 'target', '--as-of', '1999-01-01'])).toMatchObject({
      code: 1,
      errors: [expect.stringContaining('asOf is older')],
    });
  });

  test('redacts by the cells that name a row', async () => {
    const words = ['redact', 'participant_count', '--reason', 'A court', '--key'];
    const key = ['region_code=19.03', 'date=2019-02', 'segment=PU', 'program=JHT', 'status=ACTIVE'];
    expect(await asApprover(...words, ...key)).toMatchObject({
      code: 0,
      lines: [expect.stringMatching(/^participant_count 19\.03 2019-02 .* is redacted at every as-of/)],
    });
    expect((await asApprover(...words, 'region_code')).code).toBe(2);
  });

  test('verifies, where none is named, the datasets that the token is for', async () => {
    const datasets = ['target', 'indicator'];
    const ofSome = await tokenFor(world.office, { role: 'approver', datasets });
    const ofNone = await tokenFor(world.office, { role: 'approver', datasets: ['no_such'] });
    const { code, lines } = await run(ofSome, ['verify']);
    expect([code, lines.map((line) => line.split(':')[0]).sort()]).toEqual([0, [...datasets].sort()]);
    expect((await run(tokens.approver, ['verify'])).lines.length).toBeGreaterThan(datasets.length);
    const refused = [await run(ofSome, ['verify', 'target', 'region']), await run(ofNone, ['verify'])];
    expect(refused.map((ended) => [ended.code, ended.errors[0]])).toEqual(
      refused.map(() => [1, expect.stringContaining('is for the dataset')]),
    );
  });

  test('lists the datasets of the server', async () => {
    expect((await run(null, ['list'])).lines).toContain('participant_count  Jumlah peserta / Number of participants');
  });
});

describe('a command that cannot do its work', () => {
  test('says why, and ends with what scripts can tell apart', async () => {
    const path = await makeFile('any.csv', rowsOf('2019-05', { '19.03': 1205 }));
    const nowhere = `http://127.0.0.1:${await freePort()}`;
    const ended = [
      await run(null, ['publish', 'participant_count', path]),
      await run(tokens.approver, ['publish', 'participant_count', path]),
      await asPublisher('publish', 'nothing', path),
      await asPublisher('load', 'participant_count', path),
      await asPublisher('publish', 'participant_count', join(folder, 'missing.csv')),
      await asPublisher('publish', 'participant_count', folder),
      await asPublisher('approve', 'seven'),
      await asPublisher('publish', 'participant_count', path, '--locale', 'fr'),
      await run(null, ['list'], nowhere),
    ];
    expect(ended.map(({ code, errors }) => [code, errors.join('\n').slice(0, 100)])).toEqual([
      [1, expect.stringContaining('This needs a token')],
      [1, expect.stringContaining('needs publisher')],
      [1, expect.stringContaining('There is no dataset "nothing"')],
      [1, expect.stringContaining('has releases already')],
      [2, expect.stringContaining('there is no file')],
      [2, expect.stringContaining('is a folder')],
      [2, expect.stringContaining('"seven" is no release')],
      [2, ''],
      [3, expect.stringContaining('did not answer')],
    ]);
  });

  test('gives scripts the errors as JSON', async () => {
    const { code, lines, errors } = await run(null, ['cancel', 'target/1', '--json']);
    expect([code, errors, JSON.parse(lines[0] ?? '')]).toEqual([
      1,
      [],
      { errors: [expect.objectContaining({ extensions: { code: 'BAD_TOKEN' } })] },
    ]);
  });
});

describe('a file that the server has let go', () => {
  test('since another sender of the same bytes had an answer, is sent again', async () => {
    const path = await makeFile('twice.csv', rowsOf('2019-07', { '19.03': 1206 }));
    const file = createHash('sha256')
      .update(await readFile(path))
      .digest('hex');
    let checks = 0;
    const between = createServer((client) => {
      const server = connect(Number(new URL(world.url).port), '127.0.0.1');
      client.on('data', async (bytes) => {
        const isCheck = bytes.includes('POST /data/participant_count/check');
        if (isCheck) checks += 1;
        if (isCheck && checks === 1) await askData(world.url, 'participant_count/check', tokens.publisher, { file });
        server.write(bytes);
      });
      server.pipe(client);
      client.on('close', () => server.destroy());
      for (const socket of [client, server]) socket.on('error', () => {});
    });
    await new Promise<void>((resolve) => between.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(between.address() as AddressInfo).port}`;
    const { code, lines } = await run(tokens.publisher, ['check', 'participant_count', path], url);
    between.close();
    expect([code, checks, lines[0]]).toEqual([0, 2, expect.stringContaining('no problem')]);
  });
});

describe('an upload whose connection breaks', () => {
  let broken: Server;
  let cuts: number;
  beforeAll(async () => {
    const port = Number(new URL(world.url).port);
    broken = createServer((client) => {
      const server = connect(port, '127.0.0.1');
      let bytes = 0;
      client.on('data', (chunk) => {
        bytes += chunk.length;
        if (cuts === 0 || bytes < 300_000) return;
        cuts -= 1;
        server.end();
        client.destroy();
      });
      client.pipe(server).pipe(client);
      for (const socket of [client, server]) socket.on('error', () => {});
    });
    await new Promise<void>((resolve) => broken.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => void broken.close());
  const address = () => `http://127.0.0.1:${(broken.address() as AddressInfo).port}`;

  test('goes on where it broke', async () => {
    cuts = 2;
    const lines = Array.from({ length: 20_000 }, () => rowsOf('2019-06', { '19.03': 1206 })[0] ?? '');
    const path = await makeFile('long.csv', lines);
    const { code, lines: told } = await run(tokens.publisher, ['check', 'participant_count', path], address());
    expect([cuts, code, told[1]]).toEqual([0, 1, expect.stringContaining('long.csv:')]); // twice the same key, told by the check
  }, 30_000);
});
