import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { packPackage, run } from './packed.js';

const TSC = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url));

test('the types of the packed package take what is right in JSX, Vue and Svelte, and refuse what is wrong', async () => {
  const { site } = await packPackage();
  const { stdout } = await run('node', [TSC, '-p', site]).catch((error: { stdout: string }) => error);
  expect(stdout).toBe('');
});
