import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Bench } from './bench.js';
import { answerTo } from './canned.js';
import type { Engine } from './engine.js';
import { type Behaviour, sendJson, well } from './site.js';
import { until } from './wait.js';

const BODY =
  '<coverage-widget region="19.03" heading-level="2"><p>Cakupan: <a href="/angka">lihat angkanya</a></p></coverage-widget>';
const FIGURE = /sekitar 21%.*12 Okt 2024/;
/** How long the network stays bad, how soon the figure is there after it, and how often the tag may ask in all. */
const BAD_MS = 3_000;
const RECOVERY_MS = 5_000;
const MOST_REQUESTS = 7;

const BAD: Readonly<Record<string, Behaviour>> = {
  'no connection': (_, response) => void response.destroy(),
  'HTTP 500': (_, response) => void response.writeHead(500).end('{"data":null}'),
  'HTTP 503 in HTML': (_, response) => void response.writeHead(503, HTML).end('<h1>Sibuk</h1>'),
  'no answer in time': () => {},
  'half an answer': async (question, response) => {
    const { data, extensions } = await answerTo(question);
    const [first = '', ...others] = Object.keys(data ?? {});
    const half = { [first]: null, ...Object.fromEntries(others.map((name) => [name, data?.[name]])) };
    const errors = [{ message: 'down', path: [first], extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }];
    sendJson(response, { data: half, errors, extensions });
  },
  'JSON cut short': async (question, response) => {
    const text = JSON.stringify(await answerTo(question));
    response.writeHead(200, { 'content-type': 'application/json' }).end(text.slice(0, text.length / 2));
  },
  'a connection cut in the answer': async (question, response) =>
    cutIn(response, JSON.stringify(await answerTo(question))),
  'a login page': (_, response) => void response.writeHead(200, HTML).end('<h1>Masuk</h1>'),
  'the answer about another region': async (question, response) => {
    const text = JSON.stringify(await answerTo(question));
    sendJson(response, JSON.parse(text.replaceAll('"19.03"', '"19.01"')));
  },
};
const HTML = { 'content-type': 'text/html' };

/** Bad networks at the start and later: words for it, never a blank, never a wrong number, and a quick way back. */
export async function checkNetwork(bench: Bench): Promise<void> {
  const rows: string[][] = [];
  await bench.inEach('light', async (engine) => {
    for (const [name, behaviour] of Object.entries(BAD)) {
      rows.push(await atStart(bench, engine, name, behaviour), await later(bench, engine, name, behaviour));
    }
  });
  bench.report.figures(['network', 'engine', 'when', 'back after, ms', 'asked in all'], rows);
}

async function atStart(bench: Bench, engine: Engine, name: string, behaviour: Behaviour): Promise<string[]> {
  const { site } = bench;
  site.behave(behaviour);
  await engine.open(site.show({ body: BODY }));
  await delay(BAD_MS);
  const text = await engine.evaluate<string>('probe.text()');
  const isTold = /lihat angkanya/.test(text) && /belum dapat dimuat|Memuat angka/.test(text) && !/\d%/.test(text);
  return recover(bench, engine, { name, when: 'at the start', problem: isTold ? '' : `shows "${text}"` });
}

async function later(bench: Bench, engine: Engine, name: string, behaviour: Behaviour): Promise<string[]> {
  const { site } = bench;
  site.behave(well);
  await engine.open(site.show({ body: BODY }));
  await until(
    () => engine.evaluate<string>('probe.text()'),
    (text) => FIGURE.test(text),
  );
  site.behave(behaviour);
  await engine.evaluate(`dispatchEvent(new Event('online'))`); // it asks again
  await delay(BAD_MS);
  const text = await engine.evaluate<string>('probe.text()');
  const isTold = FIGURE.test(text) && (/belum dapat diperbarui/.test(text) || name === 'no answer in time');
  return recover(bench, engine, { name, when: 'later', problem: isTold ? '' : `shows "${text}"` });
}

interface Outage {
  readonly name: string;
  readonly when: string;
  readonly problem: string;
}

async function recover(bench: Bench, engine: Engine, { name, when, problem }: Outage): Promise<string[]> {
  bench.site.behave(well);
  const start = Date.now();
  await engine.evaluate(`dispatchEvent(new Event('online'))`);
  const isBack = (text: string) => FIGURE.test(text) && !/belum dapat/.test(text);
  const text = await until(() => engine.evaluate<string>('probe.text()'), isBack, RECOVERY_MS);
  const backMs = Date.now() - start;
  const requests = await engine.evaluate<number>('probe.asked()');
  const problems = [
    problem,
    isBack(text) ? '' : `after ${RECOVERY_MS} ms it shows "${text}"`,
    requests <= MOST_REQUESTS ? '' : `${requests} requests`,
  ].filter(Boolean);
  bench.report.note({
    check: 'network',
    engine: engine.name,
    subject: `${name}, ${when}`,
    problem: problems.join('; '),
  });
  return [name, engine.name, when, String(backMs), String(requests)];
}

function cutIn(response: ServerResponse, text: string): void {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': text.length * 2 });
  response.write(text.slice(0, text.length / 2), () => response.destroy());
}
