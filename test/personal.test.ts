import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import type { Column, Dataset } from '../services/kit/dataset.js';
import { dataFolder, discover } from '../services/kit/discover.js';
import { personalCell } from '../services/kit/personal.js';
import { createPersonalWatch } from '../services/kit/personal-watch.js';
import { codeOf, sendFile, tokenFor } from './support/data-client.js';
import { freshFolder } from './support/databases.js';
import { startWorld } from './support/world.js';

/** Every file in a data folder, with its dataset where it is one's. */
async function findFiles(): Promise<{ name: string; text: string; dataset: Dataset | undefined }[]> {
  const files = [];
  for (const { name, datasets } of await discover())
    for (const file of await readdir(dataFolder(name)).catch(() => [])) {
      if (!file.endsWith('.csv')) continue;
      const text = await readFile(join(dataFolder(name), file), 'utf8');
      files.push({ name: `${name}/${file}`, text, dataset: datasets.find((one) => one.file === file) });
    }
  return files;
}

test('nothing in the facts we serve, or say why we do not serve, is taken for data of a person', async () => {
  const files = await findFiles();
  const taken: string[] = [];
  let cells = 0;
  for (const { name, text, dataset } of files) {
    const kindOf = (column: string): Column['kind'] =>
      dataset?.columns.find((one) => one.name === column)?.kind ?? 'text';
    const rows: Record<string, string>[] = parse(text, { columns: true });
    for (const [column, cell] of rows.flatMap((row) => Object.entries(row))) {
      cells += 1;
      if (personalCell(cell, kindOf(column))) taken.push(`${name} ${column}: ${cell}`);
    }
    if (dataset && isSeen(dataset, text)) taken.push(`${name} on its way in`);
  }
  expect(taken).toEqual([]);
  expect([files.length > 10, cells > 10_000]).toEqual([true, true]);
});

function isSeen(dataset: Dataset, text: string): boolean {
  const watch = createPersonalWatch(dataset);
  return watch.sees(Buffer.from(text)) || watch.ends();
}

/** Invented: nobody is born yet on that day, and there is no district 99. */
const PERSON = ['Budi', 'Santoso', '12-03-2085', '422222', '1999990101990001', '24000000001'];

test('a file with data of a person leaves nothing of it: not in the reply, the log, the trail or on the disk', async () => {
  const lines: unknown[] = [];
  const spool = await freshFolder();
  const env = { SPOOL_FOLDER: spool };
  const world = await startWorld({ env, log: (...line) => lines.push(line) });
  try {
    const token = await tokenFor(world.office, { role: 'publisher' });
    const send = (verb: string, note: string) =>
      sendFile(
        world.url,
        `participant_count/${verb}`,
        token,
        `region_code,date,segment,program,status,value,source_id,note\n19.03,2020-01,PU,JHT,ACTIVE,10,antara-babel-534790,"${note}"\n`,
        { name: 'a.n. Budi Santoso.csv' },
      );
    const notes = [
      'a.n. Budi Santoso',
      'Budi Santoso, lahir 12-03-2085',
      '(0717) 422222',
      'KPJ 24000000001',
      '24000000001',
      '1999990101990001',
      '\uff11999990101990001', // one wide digit: only the check sees it
    ];
    const said = [];
    for (const note of notes) for (const verb of ['check', 'releases']) said.push(await send(verb, note));
    const isRefused = said.map((one) => [codeOf(one), JSON.stringify(one.body).includes('PERSONAL')]);
    const trail = await world.loader.db.query('SELECT * FROM token_use');
    const told = JSON.stringify([said, lines, trail]);
    const left = (await readdir(spool, { recursive: true })).filter((name) => /[0-9a-f]{64}/.test(name));
    expect({ isRefused, left }).toEqual({
      isRefused: notes.flatMap((_, index) => {
        const isSeenByCheckOnly = index === notes.length - 1;
        return [isSeenByCheckOnly ? [null, true] : ['BAD_FILE', true], ['BAD_FILE', true]];
      }),
      left: [],
    });
    expect(PERSON.filter((part) => told.includes(part))).toEqual([]);
    expect(lines.length).toBeGreaterThan(0);
  } finally {
    await world.stop();
  }
}, 60_000);
