#!/usr/bin/env node
import { Command } from 'commander';
import { askGateOverHttp } from './cli/gate.js';

const program = new Command('slipway')
  .description('Slipway from the command line, for CI and for people who operate it.')
  .showHelpAfterError();

program
  .command('gate')
  .description('asks whether an environment takes updates: exits 0 when it is open, 1 when it is frozen, 2 when nobody can tell')
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

await program.parseAsync();
