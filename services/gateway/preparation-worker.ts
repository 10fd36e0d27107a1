import { parentPort, workerData } from 'node:worker_threads';
import { type PreparationOptions, prepare } from './preparation.js';

parentPort?.postMessage(prepare(workerData as PreparationOptions)); // what prepareElsewhere gave
