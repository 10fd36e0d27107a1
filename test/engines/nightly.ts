/**
 * The widget in real engines, on hostile pages and bad networks: `npm run nightly:engines`. Prints its figures as tables,
 * and ends with 1 when something failed that known.ts does not name. Words choose: `-- states hostile --engine chromium`.
 */
import { parseArgs } from 'node:util';
import { type Bench, startBench } from './bench.js';
import { checkAria } from './check-aria.js';
import { checkChurn } from './check-churn.js';
import { checkHostile } from './check-hostile.js';
import { checkLighthouse } from './check-lighthouse.js';
import { checkNetwork } from './check-network.js';
import { checkPixels } from './check-pixels.js';
import { checkPrint } from './check-print.js';
import { checkShift } from './check-shift.js';
import { checkSpeed } from './check-speed.js';
import { checkStates } from './check-states.js';
import { checkVisit } from './check-visit.js';
import { ENGINES } from './engine.js';

const CHECKS: Readonly<Record<string, (bench: Bench) => Promise<void>>> = {
  states: checkStates,
  pixels: checkPixels,
  hostile: checkHostile,
  network: checkNetwork,
  shift: checkShift,
  speed: checkSpeed,
  print: checkPrint,
  visit: checkVisit,
  churn: checkChurn,
  aria: checkAria,
  lighthouse: checkLighthouse,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    engine: { type: 'string', multiple: true, default: Object.keys(ENGINES) },
    policies: { type: 'string', default: 'cakupan-widget' },
    rounds: { type: 'string', default: '15' },
    mounts: { type: 'string', default: '10000' },
    update: { type: 'boolean', default: false },
    screenshots: { type: 'string', default: '.data/engines' },
  },
});
const chosen = positionals.length > 0 ? positionals : Object.keys(CHECKS);
const wrong = [...chosen.filter((name) => !(name in CHECKS)), ...values.engine.filter((name) => !(name in ENGINES))];
if (wrong.length > 0) {
  const known = `${Object.keys(CHECKS).join(', ')}; engines are ${Object.keys(ENGINES).join(', ')}`;
  throw new Error(`No check or engine is called ${wrong.join(', ')}: checks are ${known}.`);
}
const isWhole = chosen.length === Object.keys(CHECKS).length && values.engine.length === Object.keys(ENGINES).length;

const bench = await startBench({
  engines: values.engine,
  policies: values.policies,
  rounds: Number(values.rounds),
  mounts: Number(values.mounts),
  isUpdating: values.update,
  folder: values.screenshots,
});
try {
  for (const name of chosen) {
    process.stderr.write(`${name} ...\n`);
    await CHECKS[name]?.(bench);
  }
} finally {
  await bench.site.stop();
}
if (bench.report.end(isWhole) > 0) process.exitCode = 1;
