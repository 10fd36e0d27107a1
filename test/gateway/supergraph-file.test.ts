import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { composeSupergraph, type Supergraph } from '../../services/gateway/supergraph.js';
import { followSupergraph } from '../../services/gateway/supergraph-file.js';
import { freshFolder } from '../support/databases.js';
import { until } from '../support/until.js';

const sdlOf = (field: string) => composeSupergraph([{ name: 'outside', sdl: `type Query { ${field}: Int }` }]);
let following: { stop(): void } | null = null;
afterEach(() => following?.stop());

test('a supergraph that a file says anew is taken once, and one that is refused is told of once', async () => {
  const path = join(await freshFolder(), 'supergraph.graphql');
  const [first, second, bad] = [sdlOf('one'), sdlOf('two'), sdlOf('three')];
  await writeFile(path, first.sdl);
  const taken: string[] = [];
  const told: string[] = [];
  const swap = async ({ id }: Supergraph) => {
    taken.push(id);
    if (id === bad.id) throw new Error('it cannot be used');
  };
  following = followSupergraph(path, first, swap, (level, event) => void told.push(`${level} ${event}`));
  await writeFile(path, second.sdl);
  await until(() => taken.length === 1);
  await writeFile(path, bad.sdl);
  await until(() => told.length === 1);
  await writeFile(path, first.sdl);
  await until(() => taken.length === 3);
  expect([taken, told]).toEqual([[second.id, bad.id, first.id], ['error supergraph.refused']]);
}, 20_000);
