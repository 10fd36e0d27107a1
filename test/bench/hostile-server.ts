/** Every service in this process, as `npm start`, that tells its parent how much CPU time it has used. */
import '../../services/gateway/telemetry.js';
import { readConfig } from '../../services/config.js';
import { silent } from '../../services/kit/log.js';
import { startAll } from '../../services/main.js';

const running = await startAll(readConfig(process.env), silent);
process.on('message', (asked) => {
  if (asked === 'cpu') process.send?.({ cpu: process.cpuUsage() });
});
process.send?.({ url: running.url });
