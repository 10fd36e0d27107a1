/**
 * A host of two subgraphs with the edition log beside it, to be killed: what `npm start` is without the gateway. It
 * waits for a first SIGUSR2 before it opens the database. Its clock runs AHEAD_MS before that of the machine, and an hour
 * more after each further SIGUSR2: then it publishes what is due and writes "an hour later".
 */
import { createDataOffice } from '../../dist/services/kit/data-office.js';
import { discover } from '../../dist/services/kit/discover.js';
import { loadEmptyDatasets } from '../../dist/services/kit/first-start.js';
import { hostSubgraph } from '../../dist/services/kit/host.js';
import { silent } from '../../dist/services/kit/log.js';
import { startPublishing } from '../../dist/services/kit/publication.js';
import { createHostApp } from '../../dist/services/kit/serve.js';
import { settle } from '../../dist/services/kit/settle.js';
import { createSpool } from '../../dist/services/kit/spool.js';
import { openSubgraphDatabase } from '../../dist/services/kit/subgraph-database.js';
import { createEditionLog } from '../../dist/services/registry/log.js';
import { REGISTRY_MIGRATIONS } from '../../dist/services/registry/registry.js';

const { AHEAD_MS, DATABASE_URL, SPOOL_FOLDER } = process.env;
const HOUR_MS = 60 * 60 * 1000;
let ahead = Number(AHEAD_MS);
const clock = () => Date.now() + ahead;
const write = (line) => void process.stdout.write(`${line}\n`);

process.once('SIGUSR2', start);
setInterval(() => {}, HOUR_MS); // a signal that is waited for keeps no process up
write('loaded');

async function start() {
  const subgraphs = await discover(['regions', 'participants']);
  const db = await openSubgraphDatabase({ url: DATABASE_URL, subgraphs, migrations: REGISTRY_MIGRATIONS });
  const editionLog = createEditionLog(db, clock);
  const hosted = await Promise.all(subgraphs.map((subgraph) => hostSubgraph(subgraph, { db, log: silent, clock })));
  const regions = hosted.find(({ name }) => name === 'regions');
  const office = createDataOffice({
    db,
    editionLog,
    clock,
    subgraphs,
    askRegions: async (request) => (await regions.execute(request, null)).result,
    identity: null,
    spool: createSpool({ folder: SPOOL_FOLDER, maxBytes: 100_000_000, clock }),
    writeLog: silent,
  });
  await settle(db, editionLog, office.loader.datasets, clock());
  await loadEmptyDatasets(office.loader, subgraphs, silent);
  const app = createHostApp({ hosted, office, loadToken: null, isReady: () => true, log: silent });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  startPublishing(office.publication, silent);
  process.on('SIGUSR2', async () => {
    await office.publication.tick();
    ahead += HOUR_MS;
    await office.publication.tick();
    write('an hour later');
  });
  write(`ready at ${url}`);
}
