import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DbRow } from '../services/kit/database.js';
import type { Dataset, Row } from '../services/kit/dataset.js';
import type { EditionLog } from '../services/kit/edition.js';
import { redact } from '../services/kit/redaction.js';
import { type Verification, verify } from '../services/kit/verify.js';
import { draftWithdrawal } from '../services/kit/withdrawal.js';
import { disbursement } from '../services/subgraphs/benefits/datasets.js';
import { participantCount, target } from '../services/subgraphs/participants/datasets.js';
import { eachDatabase } from './support/databases.js';
import {
  claims,
  count,
  type Desk,
  INVENTED_INDICATOR,
  INVENTED_SOURCE,
  openDesk,
  type Published,
} from './support/desk.js';

const CHECKED = [participantCount, disbursement, target];

async function verified(parts: Parameters<typeof verify>[0], datasets: readonly Dataset[]): Promise<Verification[]> {
  const found: Verification[] = [];
  for await (const one of verify(parts, datasets)) found.push(one);
  return found;
}

eachDatabase('to verify', (makeUrl) => {
  describe('what was loaded first', () => {
    let desk: Desk;
    beforeAll(async () => {
      desk = await openDesk(await makeUrl(), true);
    }, 60_000);
    afterAll(() => desk.world.close());

    test('M: finds every dataset as it was sealed, releases of the past included', async () => {
      const { datasets } = desk.loader;
      const found = await verified(desk.loader, datasets);
      expect(found.map(({ dataset, unhashed, problems }) => ({ dataset, unhashed, problems }))).toEqual(
        datasets.map(({ name }) => ({ dataset: name, unhashed: 0, problems: [] })),
      );
      expect(found.every(({ releases, rows }) => releases > 0 && rows > 0)).toBe(true);
    });
  });

  describe('what was published, corrected, withdrawn, removed and redacted', () => {
    let desk: Desk;
    let releases: Published[];
    let lost: Published;
    /** The second release, as it is stored. */
    let stored: DbRow;
    const named = (number: number) => `participant_count/${number}`;

    beforeAll(async () => {
      desk = await openDesk(await makeUrl());
      const sources = desk.loader.datasets.find(({ name }) => name === 'participants_source') as Dataset; // declared
      await desk.publish(sources, [INVENTED_SOURCE]);
      await desk.know('benefits_source', INVENTED_SOURCE);
      await desk.know('indicator', INVENTED_INDICATOR);
      releases = [];
      const publish = async (rows: readonly Row[], facts = {}) =>
        void releases.push(await desk.publish(participantCount, rows, facts));
      await publish([
        count('19.01', 100, { note: 'a, "note"' }),
        count('19.02', 200),
        count('19.02', 20, { segment: 'BPU' }),
      ]);
      await publish([count('19.01', 110), count('19.03', 3)], { kind: 'CORRECTION', reason: 'digits were swapped' });
      const withdrawal = await draftWithdrawal(desk.loader, participantCount, named(2), {
        reason: 'counted twice',
        createdBy: 'tok_1 publisher',
        scope: null,
      });
      releases.push(await desk.approve(withdrawal.id));
      const csv = `${participantCount.columns.map(({ name }) => name).join(',')}\n19.01,2025-12,PU,JHT,ACTIVE,ALL,BPJSTK,,WORKPLACE,120,,,,A,F,,invented,\n`;
      const rest = await desk.draftCsv(participantCount, csv, {
        keepsMissing: false,
        acknowledged: ['VANISHED'],
        reason: 'the rest was counted anew',
      });
      releases.push(await desk.approve(rest.release?.id ?? ''));
      await publish([count('19.02', 220), count('19.05', 500), count('19.06', 600)]); // 19.02 comes back after a gap
      const key = {
        region_code: '19.05',
        date: '2025-12',
        segment: 'PU',
        program: 'JHT',
        status: 'ACTIVE',
        basis: 'WORKPLACE',
      };
      await redact(desk.loader, participantCount, key, 'a court said so', 'tok_2 approver');
      const years = [2015, 2016, 2017, 2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025, 2014];
      const spans = years.flatMap((year) => [`${year}-06-30`, `${year}-12-31`].map((end) => [`${year}-01-01`, end]));
      const rows = spans.map(([from, to], n) =>
        claims('19', { period_start: from ?? '', period_end: to ?? '', cases: 20 + n }),
      );
      await desk.publish(disbursement, [
        ...rows,
        ...rows.map((row) => ({ ...row, program: 'JKM', amount_rupiah: '9007199254740993' })),
      ]);
      lost = await desk.publish(
        disbursement,
        rows.map((row) => ({ ...row, cases: 90 })),
      );
      await desk.approve((await desk.draft(participantCount, [count('19.07', 700)])).id, desk.now() + 8000);
      const aim = { due: '2029', indicator_id: 'ucj', percent: 50.25, source_id: 'invented' };
      await desk.publish(target, [
        { ...aim, region_code: '19' },
        { ...aim, region_code: '18', due: '2028' },
      ]);
      [stored = {}] = await desk.world.db.query('SELECT * FROM data_release WHERE id = ?', [named(2)]);
    });
    afterAll(() => desk.world.close());

    test('M: finds all of it as it was sealed, a release that waits for its instant too', async () => {
      const expected = [
        { dataset: 'participant_count', releases: 6, rows: 12, unhashed: 0, problems: [] },
        { dataset: 'disbursement', releases: 2, rows: 72, unhashed: 0, problems: [] },
        { dataset: 'target', releases: 1, rows: 2, unhashed: 0, problems: [] },
      ];
      expect(await verified(desk.loader, CHECKED)).toEqual(expected);
    });

    const instant = (number: number) => releases[number - 1]?.instant ?? 0;
    const iso = (number: number, later = 0) => new Date(instant(number) + later).toISOString();
    const KEY = '19.01,2025-12,PU,JHT,ACTIVE,ALL,BPJSTK,,WORKPLACE';
    const CLAIMS = '19,2025-01-01,2025-12-31,YEAR,JHT,ALL,NOT_STATED,BRANCH,';
    const [CONTENT, CLOSED, CHAIN, SEAL] = [
      'the rows it published are not as they were sealed',
      'the rows it replaced or removed are not those that it did when it was sealed',
      'the chain of hashes breaks here: this release or the one before it was changed',
      'its hash is not that of its seal in the edition log',
    ];
    const where = (number: number) => `region_code = '19.01' AND release_id = '${named(number)}'`;

    type Tampering = readonly [
      what: string,
      sql: () => string,
      undo: () => string,
      found: () => readonly (readonly [release: string | null, what: string])[],
    ];
    const tamperings: readonly Tampering[] = [
      [
        'one digit of a figure',
        () => `UPDATE participant_count SET value = 101 WHERE ${where(1)}`,
        () => `UPDATE participant_count SET value = 100 WHERE ${where(1)}`,
        () => [[named(1), CONTENT]],
      ],
      [
        'one byte of a note',
        () => `UPDATE participant_count SET note = 'a, "Note"' WHERE ${where(1)}`,
        () => `UPDATE participant_count SET note = 'a, "note"' WHERE ${where(1)}`,
        () => [[named(1), CONTENT]],
      ],
      [
        'a figure that was redacted, put back',
        () => "UPDATE participant_count SET value = 500 WHERE region_code = '19.05'",
        () => "UPDATE participant_count SET value = NULL WHERE region_code = '19.05'",
        () => [[named(5), 'the rows it published are not as its last redaction left them']],
      ],
      [
        'the end of a row, moved by a millisecond',
        () => `UPDATE participant_count SET published_to = published_to + 1 WHERE ${where(1)}`,
        () => `UPDATE participant_count SET published_to = published_to - 1 WHERE ${where(1)}`,
        () => [
          [named(1), `row ${KEY} ends at ${iso(2, 1)}, when no release could end it`],
          [named(2), `row ${KEY} ends at ${iso(2, 1)}, after the next one began at ${iso(2)}`],
          [named(2), CLOSED],
        ],
      ],
      [
        'the end of a row, moved to that of another release',
        () => `UPDATE participant_count SET published_to = ${instant(3)} WHERE ${where(1)}`,
        () => `UPDATE participant_count SET published_to = ${instant(2)} WHERE ${where(1)}`,
        () => [
          [named(2), `row ${KEY} ends at ${iso(3)}, after the next one began at ${iso(2)}`],
          [named(2), CLOSED],
          [named(3), CLOSED],
        ],
      ],
      [
        'the end of a row that was removed, opened again',
        () =>
          `UPDATE participant_count SET published_to = ${Number.MAX_SAFE_INTEGER} WHERE region_code = '19.03' AND published_to = ${instant(4)}`,
        () =>
          `UPDATE participant_count SET published_to = ${instant(4)} WHERE region_code = '19.03' AND published_to = ${Number.MAX_SAFE_INTEGER}`,
        () => [[named(4), CLOSED]],
      ],
      [
        'the beginning of a row',
        () => `UPDATE participant_count SET published_from = published_from - 1 WHERE ${where(1)}`,
        () => `UPDATE participant_count SET published_from = published_from + 1 WHERE ${where(1)}`,
        () => [[named(1), `row ${KEY} begins at ${iso(1, -1)} and not, as its release, at ${iso(1)}`]],
      ],
      [
        'a reason',
        () => `UPDATE data_release SET reason = 'none' WHERE id = '${named(2)}'`,
        () => `UPDATE data_release SET reason = 'digits were swapped' WHERE id = '${named(2)}'`,
        () => [[named(2), CHAIN]],
      ],
      ...(
        [
          ['who made it', 'created_by', "'tok_9 publisher'"],
          ['who approved it', 'approved_by', "'tok_9 approver'"],
          ['its file', 'file_hash', "'f'"],
          ['the warnings that were acknowledged', 'acknowledged', "'W2'"],
          ['how many rows it had', 'row_count', '99'],
          ['how many cells it changed', 'changed_cells', '99'],
          ['what it spoke for', 'scope', "'{}'"],
        ] as const
      ).map(
        ([what, column, value]): Tampering => [
          `in a release ${what}`,
          () => `UPDATE data_release SET ${column} = ${value} WHERE id = '${named(2)}'`,
          () => `UPDATE data_release SET ${column} = ${before(column)} WHERE id = '${named(2)}'`,
          () => [[named(2), CHAIN]],
        ],
      ),
      [
        'the line of its file that a figure came from',
        () => `UPDATE participant_count SET file_row = 77 WHERE ${where(1)}`,
        () => `UPDATE participant_count SET file_row = 2 WHERE ${where(1)}`,
        () => [[named(1), 'the file lines of its rows, or what is derived from them, are not as they were sealed']],
      ],
      [
        'a value that is withheld',
        () => `UPDATE withheld_value SET value = '4' WHERE release_id = '${named(2)}'`,
        () => `UPDATE withheld_value SET value = '3' WHERE release_id = '${named(2)}'`,
        () => [[named(2), 'the values it withholds are not as they were sealed']],
      ],
      [
        'a content hash',
        () => `UPDATE data_release SET content_hash = CONCAT('0', SUBSTR(content_hash, 2)) WHERE id = '${named(2)}'`,
        () => `UPDATE data_release SET content_hash = '${releases[1]?.contentHash}' WHERE id = '${named(2)}'`,
        () => [
          [named(2), CONTENT],
          [named(2), CHAIN],
        ],
      ],
      [
        'a hash of the chain',
        () => `UPDATE data_release SET chain_hash = 'changed' WHERE id = '${named(2)}'`,
        () => `UPDATE data_release SET chain_hash = '${releases[1]?.chainHash}' WHERE id = '${named(2)}'`,
        () => [
          [named(2), CHAIN],
          [named(3), CHAIN],
          [named(2), SEAL],
        ],
      ],
      [
        'a hash of the log',
        () => `UPDATE edition SET hash = 'changed' WHERE dataset = 'participant_count' AND instant = ${instant(2)}`,
        () =>
          `UPDATE edition SET hash = '${releases[1]?.chainHash}' WHERE dataset = 'participant_count' AND instant = ${instant(2)}`,
        () => [[named(2), SEAL]],
      ],
      [
        'a copied seal, taken away',
        () => `DELETE FROM seal WHERE dataset = 'participant_count' AND instant = ${instant(2)}`,
        () => `INSERT INTO seal (dataset, instant) VALUES ('participant_count', ${instant(2)})`,
        () => [[named(2), 'the copy of its seal is not in this database']],
      ],
      [
        'a copied seal, made up',
        () => `INSERT INTO seal (dataset, instant) VALUES ('participant_count', ${instant(2) + 1})`,
        () => `DELETE FROM seal WHERE dataset = 'participant_count' AND instant = ${instant(2) + 1}`,
        () => [[null, `the copied seal of ${iso(2, 1)} is not in the edition log`]],
      ],
      [
        'the state of a release',
        () => `UPDATE data_release SET status = 'CANCELLED' WHERE id = '${named(2)}'`,
        () => `UPDATE data_release SET status = 'SEALED' WHERE id = '${named(2)}'`,
        () => [[named(2), 'is CANCELLED, and yet its rows are written']],
      ],
      [
        'a row of an invented release',
        () => insertRow('participant_count/99', instant(2)),
        () => "DELETE FROM participant_count WHERE region_code = '19.99'",
        () => [[null, `row ${KEY.replace('19.01', '19.99')} is of participant_count/99, which is no release`]],
      ],
      [
        'a row slipped into a release',
        () => insertRow(named(2), instant(2)),
        () => "DELETE FROM participant_count WHERE region_code = '19.99'",
        () => [[named(2), CONTENT]],
      ],
      [
        'a row taken away',
        () => "UPDATE participant_count SET series = series + 1000 WHERE region_code = '19.06'",
        () => "UPDATE participant_count SET series = series - 1000 WHERE region_code = '19.06'",
        () => [[named(5), 'the rows it published are not as its last redaction left them']],
      ],
      [
        'the reason of a redaction',
        () => "UPDATE redaction SET reason = 'none'",
        () => "UPDATE redaction SET reason = 'a court said so'",
        () => [[null, 'the chain of redactions breaks at redaction 1']],
      ],
    ];
    /** A column of the second release as it was sealed, in SQL. */
    const before = (column: string) => {
      const value = stored[column];
      return value === null || value === undefined ? 'NULL' : `'${String(value)}'`;
    };
    const insertRow = (id: string, from: number) =>
      `INSERT INTO participant_count (series, date, region_code, value, published_from, published_to, release_id)
        SELECT series, date, '19.99', 990, ${from}, ${Number.MAX_SAFE_INTEGER}, '${id}' FROM participant_count WHERE ${where(1)}`;

    test.each(tamperings)('M: finds %s, and where', async (_, sql, undo, found) => {
      const { db } = desk.world;
      await db.write((tx) => tx.query(sql()));
      const [{ problems }] = (await verified(desk.loader, [participantCount])) as [Verification];
      await db.write((tx) => tx.query(undo()));
      expect(problems.map(({ release, what }) => [release, what.en])).toEqual(found());
      expect((await verified(desk.loader, [participantCount]))[0]?.problems).toEqual([]);
    });

    test('M: finds what is derived from the cells of a row', async () => {
      const { db } = desk.world;
      const [indicator] = desk.loader.datasets.filter(({ name }) => name === 'indicator');
      await db.write((tx) => tx.query("UPDATE indicator SET denominator_concept = 'EMPLOYEES'"));
      const [found] = await verified(desk.loader, indicator ? [indicator] : []);
      await db.write((tx) => tx.query('UPDATE indicator SET denominator_concept = NULL'));
      expect(found?.problems.map(({ what }) => what.en)).toEqual([
        'the file lines of its rows, or what is derived from them, are not as they were sealed',
      ]);
    });

    test('M: finds a row that was deleted, and a release that was', async () => {
      const { db } = desk.world;
      await db.write((tx) => tx.query("DELETE FROM target WHERE region_code = '18'"));
      await db.write((tx) => tx.query("DELETE FROM data_release WHERE id = 'disbursement/2'"));
      const found = await verified(desk.loader, [target, disbursement]);
      expect(found.map(({ problems }) => problems.slice(-2).map(({ release, what }) => [release, what.en]))).toEqual([
        [['target/1', CONTENT]],
        [
          [null, `row ${CLAIMS} is of disbursement/2, which is no release`],
          [null, `the edition log has a seal of ${new Date(lost.instant).toISOString()} and there is no release of it`],
        ],
      ]);
    });
  });

  describe('what others publish in meanwhile', () => {
    let desk: Desk;
    beforeAll(async () => {
      desk = await openDesk(await makeUrl());
      await desk.know('participants_source', INVENTED_SOURCE);
      await desk.know('indicator', INVENTED_INDICATOR);
      await desk.publish(target, [aim(50)]);
    });
    afterAll(() => desk.world.close());

    const aim = (percent: number): Row => ({
      region_code: '19',
      due: '2029',
      indicator_id: 'ucj',
      percent,
      source_id: 'invented',
    });
    /** A log that is read while somebody publishes, so many times. */
    const meanwhile = (times: number): EditionLog => {
      let left = times;
      const { log } = desk.loader;
      const read = async (after: number) => {
        left -= 1;
        if (left >= 0) await desk.publish(target, [aim(desk.now() % 97)]);
        return log.read(after);
      };
      return { ...log, read };
    };

    test('reads it again, and says so where that goes on', async () => {
      const problems = async (log: EditionLog) => {
        const [found] = await verified({ db: desk.world.db, log }, [target]);
        return found?.problems.map(({ what }) => what.en);
      };
      expect(await problems(meanwhile(2))).toEqual([]);
      expect(await problems(meanwhile(100))).toContain(
        'the dataset kept changing while it was verified: verify it again later',
      );
    });
  });
});
