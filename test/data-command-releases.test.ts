import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type CommandDesk, startCommandDesk } from './support/command-desk.js';
import { askData, tokenFor } from './support/data-client.js';
import { rowsOf } from './support/participant-file.js';
import { freePort } from './support/processes.js';

let desk: CommandDesk;

beforeAll(async () => {
  desk = await startCommandDesk();
}, 60_000);
afterAll(() => desk.world.stop());

describe('the command `data`, later', () => {
  test('schedules, moves and cancels', async () => {
    const path = await desk.makeFile('later.csv', rowsOf('2019-03', { '19.03': 1203 }));
    const { id } = JSON.parse(
      (await desk.asPublisher('publish', 'participant_count', path, '--json')).lines[0] ?? '',
    ).release;
    expect(await desk.asApprover('approve', id, '--at', '2030-01-01T08:30+07:00')).toMatchObject({
      code: 0,
      lines: [`${id} SCHEDULED, seen from 2030-01-01T01:30:00.000Z`],
    });
    expect((await desk.asApprover('move', id, '--at', '2031-01-01T08:30+07:00')).lines).toEqual([
      `${id} SCHEDULED, seen from 2031-01-01T01:30:00.000Z`,
    ]);
    expect((await desk.asPublisher('cancel', id)).lines).toEqual([`${id} CANCELLED`]);
  });

  test('exports the CSV that the hash of a release is of', async () => {
    const { lines } = await desk.run(null, ['list', 'target', '--json']);
    const [{ number, contentHash }] = JSON.parse(lines[0] ?? '').releases;
    const { output } = await desk.run(null, ['export', 'target', '--release', String(number)]);
    expect(createHash('sha256').update(output).digest('hex')).toBe(contentHash);
    expect((await desk.run(null, ['export', 'target', '--release', `target/${number}`])).output).toBe(output);
    expect(await desk.run(null, ['export', 'target', '--release', 'indicator/1'])).toMatchObject({
      code: 2,
      errors: ['"indicator/1" is no release of target: write its number, or target/7'],
    });
    const out = join(desk.folder, 'target.csv');
    const { progress } = await desk.run(null, ['export', 'target', '--out', out]);
    expect((await readFile(out, 'utf8')).split('\n')[0]).toContain('region_code,due,indicator_id');
    expect(progress).toContain('received 0.0 MB');
    expect(await desk.run(null, ['export', 'target', '--as-of', '1999-01-01'])).toMatchObject({
      code: 1,
      errors: [expect.stringContaining('asOf is older')],
    });
  });

  test('gives one JSON value to scripts, whatever happened', async () => {
    const [path, out] = [
      await desk.makeFile('json.csv', rowsOf('2017-01', { '19.03': 1203 })),
      join(desk.folder, 'o.csv'),
    ];
    const nowhere = `http://127.0.0.1:${await freePort()}`;
    const key = ['--key', 'region_code=19.03', '--reason', 'A court'];
    const said = async (token: string | null, words: readonly string[], url?: string) => {
      const { code, lines, errors } = await desk.run(token, [...words, '--json'], url);
      expect([lines.length, errors]).toEqual([1, []]);
      const { errors: refused, ...answer } = JSON.parse(lines[0] ?? '');
      return [code, refused?.[0].message ?? answer];
    };
    const { publisher } = desk.tokens;
    const check = ['check', 'participant_count'];
    expect([
      await said(null, ['list'], nowhere),
      await said(publisher, [...check, path], nowhere),
      await said(publisher, [...check, join(desk.folder, 'none.csv')]),
      await said(publisher, ['diff', 'seven']),
      await said(publisher, ['redact', 'participant_count', ...key]),
      await said(publisher, ['export', 'target']),
      await said(publisher, ['export', 'target', '--out', join(desk.folder, 'none', 'o.csv')]),
      await said(publisher, ['export', 'target', '--out', out]),
    ]).toEqual([
      [3, expect.stringContaining('did not answer')],
      [3, expect.stringContaining('did not answer')],
      [2, expect.stringContaining('that can be read')],
      [2, expect.stringContaining('"seven" is no release')],
      [2, expect.stringContaining('--yes')],
      [2, expect.stringContaining('--json needs --out')],
      [2, expect.stringContaining('cannot be written')],
      [0, { file: out, bytes: (await readFile(out)).length }],
    ]);
  });

  test('shows how far it is, as a bar where the end is known, and nothing once it answers', async () => {
    const rows = Array.from(
      { length: 9000 },
      (_, day) => `19.03,${new Date(day * 86_400_000).toISOString().slice(0, 10)}`,
    );
    const lines = rows.map((row) => `${row},PU,JHT,ACTIVE,1203,antara-babel-534790`);
    const path = await desk.makeFile('long.csv', lines);
    const { progress } = await desk.asPublisher('check', 'participant_count', path);
    expect(progress).toEqual(
      expect.arrayContaining([expect.stringMatching(/^\[#*\.*\] \d+ % checked [\d,]+ of 9,000 rows$/)]),
    );
    expect(progress).toEqual(expect.arrayContaining([expect.stringMatching(/^\[#{24}\] 100 % sent /)]));
  });

  test('redacts by the cells that name a row', async () => {
    const path = await desk.makeFile('redacted.csv', rowsOf('2019-02', { '19.03': 1204 }));
    const { lines } = await desk.asPublisher('publish', 'participant_count', path, '--json');
    await desk.approve((JSON.parse(lines[0] ?? '') as { release: { id: string } }).release.id);
    const words = ['redact', 'participant_count', '--reason', 'A court', '--key'];
    const key = ['region_code=19.03', 'date=2019-02', 'segment=PU', 'program=JHT', 'status=ACTIVE'];
    expect(await desk.asApprover(...words, ...key)).toMatchObject({
      code: 2,
      lines: [],
      errors: [expect.stringMatching(/region_code=19\.03 .* never come back.* --yes$/)],
      output: '',
    });
    expect(await desk.asApprover(...words, ...key, '--yes')).toMatchObject({
      code: 0,
      lines: [expect.stringMatching(/^participant_count 19\.03 2019-02 .* is redacted at every as-of/)],
    });
    expect((await desk.asApprover(...words, 'region_code')).code).toBe(2);
  });

  test('verifies, where none is named, the datasets that the token is for', async () => {
    const datasets = ['target', 'indicator'];
    const ofSome = await tokenFor(desk.world.office, { role: 'approver', datasets });
    const ofNone = await tokenFor(desk.world.office, { role: 'approver', datasets: ['no_such'] });
    const { code, lines } = await desk.run(ofSome, ['verify']);
    expect([code, lines.map((line) => line.split(':')[0]).sort()]).toEqual([0, [...datasets].sort()]);
    expect((await desk.run(desk.tokens.approver, ['verify'])).lines.length).toBeGreaterThan(datasets.length);
    const refused = [await desk.run(ofSome, ['verify', 'target', 'region']), await desk.run(ofNone, ['verify'])];
    expect(refused.map((ended) => [ended.code, ended.errors[0]])).toEqual(
      refused.map(() => [1, expect.stringContaining('is for the dataset')]),
    );
  });

  test('lists the datasets of the server', async () => {
    expect((await desk.run(null, ['list'])).lines).toContain(
      'participant_count  Jumlah peserta / Number of participants',
    );
  });
});

describe('a command that cannot do its work', () => {
  test('says why, and ends with what scripts can tell apart', async () => {
    const path = await desk.makeFile('any.csv', rowsOf('2019-05', { '19.03': 1205 }));
    const nowhere = `http://127.0.0.1:${await freePort()}`;
    const ended = [
      await desk.run(null, ['publish', 'participant_count', path]),
      await desk.run(desk.tokens.approver, ['publish', 'participant_count', path]),
      await desk.asPublisher('publish', 'nothing', path),
      await desk.asPublisher('load', 'participant_count', path),
      await desk.asPublisher('publish', 'participant_count', join(desk.folder, 'missing.csv')),
      await desk.asPublisher('publish', 'participant_count', desk.folder),
      await desk.asPublisher('approve', 'seven'),
      await desk.asPublisher('publish', 'participant_count', path, '--locale', 'fr'),
      await desk.run(null, ['list'], nowhere),
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
    const { code, lines, errors } = await desk.run(null, ['cancel', 'target/1', '--json']);
    expect([code, errors, JSON.parse(lines[0] ?? '')]).toEqual([
      1,
      [],
      { errors: [expect.objectContaining({ extensions: { code: 'BAD_TOKEN' } })] },
    ]);
  });
});

describe('a file that the server has let go', () => {
  test('since another sender of the same bytes had an answer, is sent again', async () => {
    const path = await desk.makeFile('twice.csv', rowsOf('2019-07', { '19.03': 1206 }));
    const file = createHash('sha256')
      .update(await readFile(path))
      .digest('hex');
    let checks = 0;
    const between = createServer((client) => {
      const server = connect(Number(new URL(desk.world.url).port), '127.0.0.1');
      client.on('data', async (bytes) => {
        const isCheck = bytes.includes('POST /data/participant_count/check');
        if (isCheck) checks += 1;
        if (isCheck && checks === 1)
          await askData(desk.world.url, 'participant_count/check', desk.tokens.publisher, { file });
        server.write(bytes);
      });
      server.pipe(client);
      client.on('close', () => server.destroy());
      for (const socket of [client, server]) socket.on('error', () => {});
    });
    await new Promise<void>((resolve) => between.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(between.address() as AddressInfo).port}`;
    const { code, lines } = await desk.run(desk.tokens.publisher, ['check', 'participant_count', path], url);
    between.close();
    expect([code, checks, lines[0]]).toEqual([0, 2, expect.stringContaining('no problem')]);
  });
});

describe('an upload whose connection breaks', () => {
  let broken: Server;
  let cuts: number;
  beforeAll(async () => {
    const port = Number(new URL(desk.world.url).port);
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
    const path = await desk.makeFile('long.csv', lines);
    const { code, lines: told } = await desk.run(
      desk.tokens.publisher,
      ['check', 'participant_count', path],
      address(),
    );
    expect([cuts, code, told[1]]).toEqual([0, 1, expect.stringContaining('long.csv:')]); // twice the same key, told by the check
  }, 30_000);
});
