import { parseArgs } from 'node:util';
import { demoSeed } from './demo/people.js';
import { walk } from './demo/walk.js';
import { developing } from './develop.js';
import { type Sandbox, startSandbox } from './sandbox.js';

const usage = `npm run sandbox -- [options]
  --port N             where the page is served; 4390 when absent, any free one with 0
  --data DIR           keeps everything in DIR between runs
  --walk               plays the whole process by itself, then leaves the workspace to explore
  --exit               with --walk: ends instead, with 0 when every step held
  --fail-verification  the demo's production misbehaves after the deployment: see the alert and the roll-back
  --socket             the bot runs in Socket Mode instead of HTTP`;

function readOptions() {
  const boolean = { type: 'boolean' } as const;
  const text = { type: 'string' } as const;
  return parseArgs({
    options: {
      port: text,
      data: text,
      walk: boolean,
      exit: boolean,
      'fail-verification': boolean,
      socket: boolean,
      dev: boolean,
      help: boolean,
    },
  }).values;
}

function portFrom(typed: string | undefined): number {
  if (typed === undefined) return 4390;
  const port = Number(typed);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new Error(`--port takes a number from 0 to 65535, not "${typed}".`);
}

function banner({ workspace, mongo, gateToken, acme, bot }: Sandbox): string {
  const people = demoSeed.people.map(({ name, title }) => `    ${name.padEnd(16)} ${title}`);
  return [
    '',
    `  Slipway's sandbox is open:  ${workspace.url}`,
    '',
    `  MongoDB   ${mongo.engine}`,
    `  Bot       ${bot().url} (gate: curl -H "Authorization: Bearer ${gateToken}" ${bot().url}/gate/acme/staging)`,
    `  Acme      production ${acme.productionUrl}  staging ${acme.stagingUrl}`,
    `  Databases production ${acme.databases?.production}  staging ${acme.databases?.staging}`,
    '',
    '  People (pick one in the page; several tabs can be several people)',
    ...people,
    '',
    '  First: as Bo, in #acme-team, type   /incident acme The invoice total is wrong',
    '  To see what waits for next Tuesday, move the clock in the page. Ctrl-C ends everything.',
    '',
  ].join('\n');
}

async function main(): Promise<void> {
  const options = readOptions();
  if (options.help) return console.log(usage);
  const quick = options.walk === true;
  console.log("\n  Starting MongoDB, the workspace, the bot and Acme's databases …");
  const sandbox = await startSandbox({
    port: portFrom(options.port),
    ...(options.data === undefined ? {} : { data: options.data }),
    ...(options['fail-verification'] ? { failVerification: true } : {}),
    ...(options.socket ? { socket: true } : {}),
    pace: {
      bake: quick ? '4 seconds' : '30 seconds',
      escalateAfter: quick ? '4 seconds' : '2 minutes',
      probePause: '300 ms',
    },
    stepSeconds: 1,
  });
  const end = (code: number): void => void sandbox.stop().then(() => process.exit(code));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end(0));
  console.log(banner(sandbox));
  if (options.dev) developing(sandbox);
  if (!quick) return undefined;
  const held = await walk(sandbox, {
    failVerification: options['fail-verification'] === true,
    say: (line) => console.log(line),
  });
  if (options.exit) return end(held ? 0 : 1);
  return console.log(`\n  The workspace stays open: ${sandbox.workspace.url}\n`);
}

main().catch((error: unknown) => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE')
    console.error('That port is taken, perhaps by another sandbox. Try npm run sandbox -- --port 0');
  else console.error(error instanceof Error ? error.message : error);
  if (String(code).startsWith('ERR_PARSE_ARGS')) console.error(`\n${usage}`);
  process.exit(1);
});
