import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { loadFirst } from '../services/kit/first-load.js';
import { loadEmptyDatasets } from '../services/kit/first-start.js';
import { silent } from '../services/kit/log.js';
import { eachDatabase } from './support/databases.js';
import { createWorld, type World } from './support/world.js';

/** Invented figures, in the test's database only: real codes, so that they are accepted; status E and a note say so. */
const COUNTS = `region_code,date,segment,program,status,category,administrator,payer,basis,value,as_printed,rounded_to,qualifier,obs_status,conf_status,subsidy_end,source_id,note
19.01,2025-06,PU_BPU,ANY,ACTIVE,ALL,BPJSTK,,UNKNOWN,2500,,1,,E,F,,synthetic,synthetic
19.02,2025-06,PU_BPU,ANY,ACTIVE,ALL,BPJSTK,,UNKNOWN,4000,,1,,E,F,,synthetic,synthetic
19.03,2025-06,PU_BPU,ANY,ACTIVE,ALL,BPJSTK,,UNKNOWN,5000,,1,,E,F,,synthetic,synthetic
19.04,2025-06,PU_BPU,ANY,ACTIVE,ALL,BPJSTK,,UNKNOWN,4,,1,,E,F,,synthetic,synthetic
19.05,2025-06,PU_BPU,ANY,ACTIVE,ALL,BPJSTK,,UNKNOWN,333,,1,,E,F,,synthetic,synthetic
19.05,2025-06,PU_BPU,ANY,REGISTERED,ALL,BPJSTK,,UNKNOWN,900,,1,,E,F,,synthetic,synthetic
`;
const BASES = `region_code,date,concept,value,as_printed,rounded_to,qualifier,age_floor,rse,survey_round,vintage,exclusions,obs_status,conf_status,source_id,note
19.01,2024-08,POTENTIAL_UCJ,10000,,1,,,,,v1,,E,F,synthetic,synthetic
19.02,2024-08,POTENTIAL_UCJ,3800,,1,,,,,v1,,E,F,synthetic,synthetic
19.03,2023-08,POTENTIAL_UCJ,20000,,1,,,30,,v1,,E,F,synthetic,synthetic
19.03,2025-08,POTENTIAL_UCJ,1,,1,,,,,v1,,E,F,synthetic,synthetic
19.04,2024-08,POTENTIAL_UCJ,10000,,1,,,,,v1,,E,F,synthetic,synthetic
19.05,2024-08,POTENTIAL_UCJ,900,,1,,,,,v1,,E,F,synthetic,synthetic
`;
const STATED = `region_code,date,indicator_id,segment,category,percent,as_printed,rounded_to,qualifier,numerator,denominator,obs_status,conf_status,source_id,note
19.01,2025-05,ucj,,ALL,25,25,1,,,,E,F,synthetic,synthetic
19.06,2025-06,ucj,,ALL,25,"25,0",0.1,,2000,10000,E,F,synthetic,synthetic
19.71,2025-06,ucj_jakon,,ALL,60,60,1,,,,E,F,synthetic,synthetic
`;
const SOURCES = 'id,publisher,title,url,published_on,retrieved_on,licence,evidence\nsynthetic,A test,,,2025-07-01,,,\n';

eachDatabase('coverage', (makeUrl) => {
  let world: World;

  beforeAll(async () => {
    world = await createWorld({ url: await makeUrl(), load: false });
    const load = (name: string, csv: string) => {
      const dataset = world.loader.datasets.find((one) => one.name === name);
      if (!dataset) throw new Error(`there is no dataset ${name}`);
      const acknowledged = ['W3', 'W4', 'W8', 'W14'];
      return loadFirst(world.loader, dataset, { name: `${name}.csv`, acknowledged }, Readable.from([csv]));
    };
    await loadEmptyDatasets(
      world.loader,
      world.subgraphs.filter(({ name }) => name === 'regions'),
      silent,
    );
    await load('participants_source', SOURCES);
    const participants = world.subgraphs.filter(({ name }) => name === 'participants');
    const indicators = participants.map((one) => ({
      ...one,
      datasets: one.datasets.filter(({ name }) => name === 'indicator'),
    }));
    await loadEmptyDatasets(world.loader, indicators, silent);
    await load('participant_count', COUNTS);
    await load('population_base', BASES);
    await load('stated_coverage', STATED);
  }, 60_000);
  afterAll(() => world.close());

  const coverageOf = async (code: string, fields: string, args = '') => {
    const query = `query($r: [_Any!]!) { _entities(representations: $r) { ... on Region { coverage${args} { ${fields} } } } }`;
    const { data, errors } = await world.ask('participants', query, { r: [{ __typename: 'Region', code }] });
    return errors ?? (data as { _entities: [{ coverage: unknown }] })._entities[0].coverage;
  };

  describe('of a region with a numerator and a denominator', () => {
    test('is derived from the two, each with its date, and names both sources once', async () => {
      expect(
        await coverageOf(
          '19.05',
          'percent origin numerator denominator date denominatorDate flags approximate asPrinted sources { id } release { id } indicator { id }',
        ),
      ).toEqual({
        percent: 37, // one decimal, since the base is under a thousand
        origin: 'DERIVED',
        numerator: 333,
        denominator: 900,
        date: '2025-06',
        denominatorDate: '2024-08',
        flags: [],
        approximate: false,
        asPrinted: null,
        sources: [{ id: 'synthetic' }],
        release: null,
        indicator: { id: 'ucj' },
      });
    });

    test('may exceed 100, is flagged and not clamped', async () => {
      expect(await coverageOf('19.02', 'percent flags')).toEqual({ percent: 105.26, flags: ['OVER_100'] });
    });

    test('takes no denominator younger than the numerator, and says that an old and unreliable one is', async () => {
      expect(await coverageOf('19.03', 'percent denominator flags')).toEqual({
        percent: 25,
        denominator: 20000,
        flags: ['STALE_DENOMINATOR', 'LOW_RELIABILITY'],
      });
    });

    test('is not derived from a withheld count', async () => {
      expect(await coverageOf('19.04', 'percent')).toBeNull();
    });

    test('stands beside a stated one, which answers', async () => {
      expect(await coverageOf('19.01', 'percent origin date derived { percent origin date }')).toEqual({
        percent: 25,
        origin: 'STATED',
        date: '2025-05',
        derived: { percent: 25, origin: 'DERIVED', date: '2025-06' },
      });
    });
  });

  test('as stated is never recomputed; a percent that its own persons contradict is flagged', async () => {
    expect(await coverageOf('19.06', 'percent numerator denominator flags lowerBound upperBound')).toEqual({
      percent: 25,
      numerator: 2000,
      denominator: 10000,
      flags: ['INCONSISTENT'],
      lowerBound: 24.95,
      upperBound: 25.05,
    });
  });

  test('of a date answers from that year, month or day only', async () => {
    expect([
      await coverageOf('19.01', 'date origin', '(date: "2025-06")'),
      await coverageOf('19.01', 'date', '(date: "2024")'),
    ]).toEqual([{ date: '2025-06', origin: 'DERIVED' }, null]);
  });

  test('counts active participants, not registered ones', async () => {
    const query =
      'query($r: [_Any!]!) { _entities(representations: $r) { ... on Region { participants(status: REGISTERED) { value } coverage { numerator } } } }';
    const { data } = await world.ask('participants', query, { r: [{ __typename: 'Region', code: '19.05' }] });
    expect(data).toEqual({ _entities: [{ participants: [{ value: 900 }], coverage: { numerator: 333 } }] });
  });

  test('withholds a count under the threshold, in the API and in the table', async () => {
    const query =
      'query($r: [_Any!]!) { _entities(representations: $r) { ... on Region { participants { value obsStatus confStatus note } } } }';
    const { data } = await world.ask('participants', query, { r: [{ __typename: 'Region', code: '19.04' }] });
    const stored = await world.db.query("SELECT value, note FROM participant_count WHERE region_code = '19.04'");
    const kept = await world.db.query(
      `SELECT w.value, r.policy_version FROM withheld_value w JOIN data_release r ON r.id = w.release_id WHERE w.dataset = 'participant_count'`,
    );
    expect({ data, stored: stored.map((row) => ({ ...row })), kept: kept.map((row) => ({ ...row })) }).toEqual({
      data: { _entities: [{ participants: [{ value: null, obsStatus: 'Q', confStatus: 'A', note: null }] }] },
      stored: [{ value: null, note: null }],
      kept: [{ value: '4', policy_version: 'thresholds.v1' }],
    });
  });

  describe('of several regions', () => {
    test('is ranked by one definition, highest first, equal figures sharing a place, withheld and other definitions left out', async () => {
      const { data } = await world.ask(
        'participants',
        '{ ranking(indicator: "ucj", level: REGENCY, parent: "19") { indicator { id } entries { rank region { code } coverage { percent } } } }',
      );
      const places = (
        data as { ranking: { entries: { rank: number; region: { code: string }; coverage: { percent: number } }[] } }
      ).ranking.entries;
      expect(places.map(({ rank, region, coverage }) => [rank, region.code, coverage.percent])).toEqual([
        [1, '19.02', 105.26],
        [2, '19.05', 37],
        [3, '19.01', 25],
        [3, '19.03', 25],
        [3, '19.06', 25],
      ]);
    });

    test('is compared within one definition', async () => {
      const { data } = await world.ask(
        'participants',
        '{ compare(codes: ["19.01", "19.02", "19.04"]) { indicator { id } entries { region { code } coverage { percent } } } }',
      );
      expect(data).toEqual({
        compare: {
          indicator: { id: 'ucj' },
          entries: [
            { region: { code: '19.01' }, coverage: { percent: 25 } },
            { region: { code: '19.02' }, coverage: { percent: 105.26 } },
            { region: { code: '19.04' }, coverage: null },
          ],
        },
      });
    });

    test('is refused a comparison across definitions, which are named', async () => {
      const { data, errors } = await world.ask(
        'participants',
        '{ compare(codes: ["19.01", "19.71"]) { entries { coverage { percent } } } }',
      );
      expect({ data, codes: errors?.map(({ extensions }) => extensions?.code), message: errors?.[0]?.message }).toEqual(
        {
          data: { compare: null },
          codes: ['NOT_COMPARABLE'],
          message:
            'These figures follow definitions that cannot be compared: 19.01 by "ucj", 19.71 by "ucj_jakon". Name one indicator for all of them.',
        },
      );
    });
  });
});
