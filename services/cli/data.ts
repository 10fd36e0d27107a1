import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import type { Command } from 'commander';
import { request } from 'undici';
import { readLocalLoadToken } from '../load-token.js';

interface LoadOptions {
  readonly url: string;
}

interface LoadAnswer {
  readonly releases?: readonly { readonly id: string; readonly publishedAt: string; readonly changedCells: number }[];
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions?: { readonly problems?: readonly Problem[] };
  }[];
}

interface Problem {
  readonly file: string;
  readonly row: number | null;
  readonly rule: string;
  readonly message: { readonly id: string; readonly en: string };
}

export function addData(program: Command): void {
  const data = program.command('data').description('bring figures in');
  data
    .command('load')
    .description('check a CSV file and publish it as the first load of an empty dataset')
    .argument('<dataset>', 'name of the dataset, as GET /data lists it')
    .argument('<file>', 'CSV file')
    .option(
      '--url <url>',
      'address of the gateway',
      process.env.CAKUPAN_URL ?? `http://127.0.0.1:${process.env.PORT ?? 4000}`,
    )
    .action(loadFile);
}

async function loadFile(dataset: string, file: string, { url }: LoadOptions): Promise<void> {
  await access(file).catch(() => {
    throw new Error(`there is no file "${file}" that can be read`);
  });
  const token = process.env.LOAD_TOKEN ?? (await readLocalLoadToken()) ?? '';
  const { body } = await request(new URL(`/data/${encodeURIComponent(dataset)}/load`, url), {
    method: 'POST',
    headers: { 'content-type': 'text/csv', authorization: `Bearer ${token}` },
    body: createReadStream(file),
    headersTimeout: 0,
    bodyTimeout: 0,
  }).catch((error: unknown) => {
    throw new Error(`the server at ${url} did not answer: start it, or give its address with --url`, { cause: error });
  });
  report((await body.json()) as LoadAnswer); // the shape the route sends
}

function report({ releases, errors }: LoadAnswer): void {
  for (const { id, publishedAt, changedCells } of releases ?? [])
    process.stdout.write(`${id}: ${changedCells} rows, seen from ${publishedAt}\n`);
  for (const { message, extensions } of errors ?? []) {
    process.stderr.write(`cakupan: ${message}\n`);
    for (const problem of extensions?.problems ?? []) process.stderr.write(`${lineOf(problem)}\n`);
  }
  if (errors) process.exitCode = 1;
}

function lineOf({ file, row, rule, message }: Problem): string {
  return `  ${file}${row === null ? '' : `:${row}`} ${rule}  ${message.id} / ${message.en}`;
}
