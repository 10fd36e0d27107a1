import type { Command } from 'commander';

export function addSchema(program: Command): void {
  program
    .command('schema')
    .description('the schemas of the subgraphs and what they compose to')
    .command('print')
    .description('write schema/subgraphs/*.graphql, schema/supergraph.graphql and schema/api.graphql from the code')
    .option('--check', 'write nothing; fail when a file differs from the code')
    .action(async ({ check }: { check?: boolean }) => {
      const { compareFiles, printSchemas, writeFiles } = await import('./schema-files.js'); // loads every subgraph
      const files = await printSchemas();
      if (check) return compareFiles(files);
      for (const path of await writeFiles(files)) process.stdout.write(`${path} written\n`);
    });
}
