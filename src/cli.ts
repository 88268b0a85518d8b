#!/usr/bin/env node
import { Command, type CommanderError } from 'commander';
import { askGateOverHttp } from './cli/gate.js';
import { systemClock } from './kernel/clock.js';

interface SnapshotOptions {
  readonly out?: string;
  readonly config?: string;
  readonly cache?: string;
  readonly rehash?: boolean;
}

interface CompareOptions {
  readonly json?: boolean;
  readonly html?: boolean;
  readonly out?: string;
  readonly config?: string;
}

const surroundings = {
  variables: process.env,
  clock: systemClock,
  print: (text: string): void => void process.stdout.write(text),
};

/** One line that is written over; nothing where nobody looks. */
function showProgress(words: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[2K${words.slice(0, process.stderr.columns - 1)}`);
}

/** A command line that cannot be read is none of the answers 0 and 1. */
function couldNot({ exitCode }: CommanderError): never {
  process.exit(exitCode === 0 ? 0 : 2);
}

const program = new Command('slipway')
  .description('Slipway from the command line, for CI and for people who operate it.')
  .showHelpAfterError();

program
  .command('gate')
  .description(
    'asks whether an environment takes updates: exits 0 when it is open, 1 when it is frozen, 2 when nobody can tell',
  )
  .argument('<client>', 'the client as slipway.yaml calls it, for example acme')
  .argument('<environment>', 'the environment, for example staging')
  .option('--url <address>', 'where Slipway listens; SLIPWAY_URL when absent')
  .option('--json', 'prints the whole answer')
  .action(async (client: string, environment: string, options: { url?: string; json?: boolean }) => {
    const answer = await askGateOverHttp({
      url: options.url ?? process.env['SLIPWAY_URL'],
      token: process.env['SLIPWAY_GATE_TOKEN'],
      client,
      environment,
    });
    const line = options.json && answer.body !== undefined ? JSON.stringify(answer.body) : answer.sentence;
    (answer.code === 2 ? console.error : console.log)(line);
    process.exitCode = answer.code;
  });

// Each command loads what it needs itself: a gate in CI should not wait for database drivers.
program
  .command('snapshot')
  .description(
    'writes down what an environment is: databases, files, parameters and permissions as slipway.yaml declares them',
  )
  .argument('<client>', 'the client as slipway.yaml calls it, for example acme')
  .argument('<environment>', 'the environment, for example staging')
  .option('--out <file>', 'where to write it, compressed when it ends in .gz, - for standard output')
  .option('--config <file>', 'slipway.yaml; SLIPWAY_CONFIG or the one in this folder when absent')
  .option('--cache <folder>', 'remembers the hashes of files there, so that the next run is quick')
  .option('--rehash', 'distrusts what is remembered and reads every file again')
  .exitOverride(couldNot)
  .action(async (client: string, environment: string, options: SnapshotOptions) => {
    const { takeSnapshotFile } = await import('./cli/snapshot.js');
    const ended = new AbortController();
    const end = (): void => ended.abort();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end);
    const around = { ...surroundings, signal: ended.signal, progress: showProgress };
    const { code, sentence } = await takeSnapshotFile({ client, environment, ...options }, around);
    showProgress('');
    console.error(sentence);
    process.exitCode = code;
  });

program
  .command('compare')
  .description(
    'compares two snapshots: exits 0 when they are equal, 1 when they differ, 2 when they cannot be compared',
  )
  .argument('<production>', 'the snapshot file of production')
  .argument('<staging>', 'the snapshot file of staging: what is to come to production')
  .option('--json', 'the whole comparison, for programs')
  .option('--html', 'one page that can be sent around and filtered')
  .option('--out <file>', 'writes the report there')
  .option(
    '--config <file>',
    'where expected differences are declared; slipway.yaml in this folder when absent',
  )
  .exitOverride(couldNot)
  .action(async (production: string, staging: string, options: CompareOptions) => {
    const { compareFiles } = await import('./cli/compare.js');
    const colours = process.stdout.isTTY === true && !process.env['NO_COLOR'];
    const { code, sentence } = await compareFiles({ production, staging, colours, ...options }, surroundings);
    if (sentence !== '') console.error(sentence);
    process.exitCode = code;
  });

// Whoever reads closed the pipe early: what was written is not the whole answer.
process.stdout.on('error', () => process.exit(2));

await program.parseAsync();
