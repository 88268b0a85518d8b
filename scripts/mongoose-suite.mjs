// Runs Mongoose's own test suite against the in-process MongoDB: node scripts/mongoose-suite.mjs <checkout> [test files …]
// The checkout must be installed (npm install --ignore-scripts), this project built. Prints a row a file and the reasons of what failed.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const [checkout, ...chosen] = process.argv.slice(2);
if (!checkout) {
  console.error('Name a checkout of Mongoose: node scripts/mongoose-suite.mjs <checkout> [test files …]');
  process.exit(1);
}
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const scratch = mkdtempSync(join(tmpdir(), 'slipway-mongoose-'));
const perFile = 240_000;

// What the engine says when it refuses: its own sentence, and MongoDB's for a server without replication or without a command.
const refusals = [
  /not supported by the in-process engine/,
  /Transaction numbers are only allowed/,
  /\$changeStream stage is only supported/,
  /no such command/,
];

function startEngine() {
  const program = join(root, 'dist', 'sandbox', 'mongo', 'mongod.js');
  const engine = spawn(process.execPath, [program, '--port', '0', '--setParameter', 'ttlMonitorSleepSecs=1']);
  return new Promise((ready, failed) => {
    engine.on('exit', (code) => failed(new Error(`the engine ended with ${code}; is the project built?`)));
    engine.stderr.pipe(process.stderr);
    engine.stdout.on('data', (text) => {
      const port = /waiting for connections on port (\d+)/.exec(String(text))?.[1];
      if (port) ready({ engine, uri: `mongodb://127.0.0.1:${port}/mongoose_test` });
      else process.stderr.write(text);
    });
  });
}

function runFile(file, uri) {
  const output = join(scratch, `${basename(file)}.json`);
  const mocha = join(resolve(checkout), 'node_modules', 'mocha', 'bin', 'mocha.js');
  const args = [
    mocha,
    '--exit',
    '--timeout',
    '10000',
    '--reporter',
    'json',
    '--reporter-option',
    `output=${output}`,
    file,
  ];
  const run = spawn(process.execPath, args, {
    cwd: checkout,
    env: { ...process.env, MONGOOSE_TEST_URI: uri },
    stdio: 'ignore',
  });
  const timer = setTimeout(() => run.kill('SIGKILL'), perFile);
  return new Promise((done) => {
    run.on('exit', () => {
      clearTimeout(timer);
      try {
        done(JSON.parse(readFileSync(output, 'utf8')));
      } catch {
        done(undefined);
      }
    });
  });
}

const isRefusal = ({ err }) => refusals.some((pattern) => pattern.test(`${err.message} ${err.stack ?? ''}`));
const reason = ({ fullTitle, err }) =>
  `  ${fullTitle}\n      ${String(err.message).split('\n').slice(0, 6).join('\n      ').slice(0, 500)}`;

const testFiles = () =>
  readdirSync(join(checkout, 'test'), { recursive: true })
    .map((name) => join('test', name))
    .filter((name) => name.endsWith('.test.js') && !name.includes('encryption'))
    .sort();

const files = chosen.length > 0 ? chosen : testFiles();
const { engine, uri } = await startEngine();
engine.removeAllListeners('exit');
const total = { passed: 0, pending: 0, refused: 0, failed: 0 };
const reasons = [];
for (const file of files) {
  const result = await runFile(file, uri);
  const row = { passed: 0, pending: 0, refused: 0, failed: 0 };
  if (result === undefined) {
    row.failed = 1;
    reasons.push(`${file}\n  gave no result`);
  } else {
    const failures = result.failures;
    const refused = failures.filter(isRefusal);
    const failed = failures.filter((failure) => !isRefusal(failure));
    Object.assign(row, {
      passed: result.stats.passes,
      pending: result.stats.pending,
      refused: refused.length,
      failed: failed.length,
    });
    if (failed.length > 0) reasons.push(`${file}\n${failed.map(reason).join('\n')}`);
    if (process.env.SHOW_REFUSED && refused.length > 0)
      reasons.push(`${file} (refused)\n${refused.map(reason).join('\n')}`);
  }
  for (const key of Object.keys(total)) total[key] += row[key];
  console.log(
    `${file.padEnd(52)} passed ${row.passed}  refused ${row.refused}  failed ${row.failed}  skipped by Mongoose ${row.pending}`,
  );
}
console.log(`\n${reasons.join('\n')}\n`);
console.log(
  `passed ${total.passed}, refused by name ${total.refused}, failed ${total.failed}, skipped by Mongoose itself ${total.pending}`,
);
engine.kill('SIGTERM');
rmSync(scratch, { recursive: true, force: true });
process.exitCode = total.failed === 0 ? 0 : 1;
