import { rm } from 'node:fs/promises';
import type { MariaDb } from './mariadb.js';

/** After all tests: stops the server and removes the folder that `mariadb.ts` made before them. */
export default async function teardown(): Promise<void> {
  const { sharedMariaDb } = globalThis as { sharedMariaDb?: MariaDb }; // put there by the setup, in this same process
  await sharedMariaDb?.stop();
  if (process.env.TEST_FOLDER) await rm(process.env.TEST_FOLDER, { recursive: true, force: true });
}
