/**
 * The card that is kept, against a bare server of Node that sends the same bytes, and against Apollo's gateway, which
 * keeps nothing. Rounds in turn, medians of the rounds. Run by `npm run bench:cached`, which needs wrk.
 */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CARD_QUERY, CARD_VARIABLES, cardUrl } from './card-query.js';
import { openGatewayWorld, pinSelf, type Started } from './gateway-world.js';
import { median, printTable } from './table.js';
import { type Load, type Shot, sendLoad } from './wrk.js';

const isSmoke = process.argv.includes('--smoke');
const CONNECTIONS = 50;
const ROUNDS = isSmoke ? 1 : 5;
const SECONDS = isSmoke ? 1 : 6;
const SCRIPT = join(tmpdir(), `cakupan-wrk-${process.pid}.lua`);

interface Contender extends Shot {
  readonly name: string;
  readonly server: Started;
  readonly loads: Load[];
}

pinSelf();
const world = await openGatewayWorld();
try {
  const ours = await world.startOurs({});
  const bare = await world.start(['dist/test/bench/bare-server.js', '$PORT', cardUrl(ours.origin)]);
  const stock = await world.start(['dist/test/bench/stock-gateway.js', '$PORT', world.subgraphs]);
  const body = JSON.stringify({ query: CARD_QUERY, variables: CARD_VARIABLES });
  const contenders: Contender[] = [
    { name: 'bare node:http, the same bytes', server: bare, url: cardUrl(bare.origin), loads: [] },
    { name: 'ours, kept', server: ours, url: cardUrl(ours.origin), loads: [] },
    {
      name: 'stock Apollo Server and gateway, uncached',
      server: stock,
      url: `${stock.origin}/graphql`,
      body,
      loads: [],
    },
  ];
  await compareBytes(cardUrl(ours.origin), cardUrl(bare.origin));
  for (const contender of contenders) await measure(contender, 1); // warm
  for (let round = 0; round < ROUNDS; round += 1)
    for (const contender of contenders) contender.loads.push(await measure(contender, SECONDS));
  print(contenders);
} finally {
  await world.stop();
}

function measure({ url, body, server: { pid } }: Contender, seconds: number): Promise<Load> {
  const shot = body === undefined ? { url } : { url, body };
  return sendLoad(shot, { connections: CONNECTIONS, seconds, pid, script: SCRIPT });
}

async function compareBytes(...urls: readonly string[]): Promise<void> {
  const texts = await Promise.all(urls.map(async (url) => (await fetch(url)).text()));
  if (new Set(texts).size !== 1) throw new Error('the bare server does not send the same bytes');
}

function print(contenders: readonly Contender[]): void {
  const of = ({ loads }: Contender, what: keyof Load) => median(loads.map((load) => load[what]));
  const [bare] = contenders;
  const stock = contenders.at(-1);
  if (!bare || !stock) return;
  printTable(
    [
      `card, ${CONNECTIONS} connections`,
      'requests/s',
      'p50, ms',
      'p99, ms',
      'CPU, ms',
      'rate to bare',
      'CPU to bare',
      'rate to stock',
      'CPU of stock',
    ],
    contenders.map((one) => [
      one.name,
      of(one, 'rate').toFixed(0),
      of(one, 'p50').toFixed(2),
      of(one, 'p99').toFixed(2),
      of(one, 'cpu').toFixed(4),
      (of(one, 'rate') / of(bare, 'rate')).toFixed(2),
      (of(one, 'cpu') / of(bare, 'cpu')).toFixed(2),
      (of(one, 'rate') / of(stock, 'rate')).toFixed(1),
      (of(stock, 'cpu') / of(one, 'cpu')).toFixed(1),
    ]),
  );
}
