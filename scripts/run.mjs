// One entry for every npm script: installs what is missing, builds, then runs. Only Node's own modules here,
// because nothing else may be installed yet.
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const node = process.execPath;
const [task = 'help', ...rest] = process.argv.slice(2);

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  stop(
    `Slipway needs Node.js 20.19 or newer; this is ${process.versions.node}. Install it from nodejs.org and try again.`,
  );
}

function stop(sentence, code = 1) {
  console.error(sentence);
  process.exit(code);
}

/** Runs a program to its end; ends this one with its code when it failed. */
function must(program, args, env = {}) {
  const { status, error } = spawnSync(program, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  if (error) stop(`${program} could not be started: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
}

function install() {
  const lock = join(root, 'package-lock.json');
  const installed = join(root, 'node_modules', '.package-lock.json');
  const current = existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs - 1000;
  if (current) return;
  console.log('Installing what Slipway needs (npm ci) …');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  must(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
}

function build() {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  must(node, [tsc, '-p', 'tsconfig.build.json']);
  must(node, [tsc, '-p', 'tsconfig.page.json']);
  const page = join('sandbox', 'slack', 'page');
  mkdirSync(join(root, 'dist', page), { recursive: true });
  cpSync(join(root, 'src', page), join(root, 'dist', page), {
    recursive: true,
    filter: (path) => !path.endsWith('.ts'),
  });
  for (const program of ['sandbox/mongo/mongod.js', 'cli.js']) {
    const file = join(root, 'dist', program);
    if (existsSync(file)) chmodSync(file, 0o755);
  }
}

/** Runs a program that lives long; signals reach it, and its end is ours. */
function follow(args, env = {}) {
  const child = spawn(node, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(signal ? 130 : (code ?? 1)));
}

const bin = (name, ...path) => join(root, 'node_modules', name, ...path);
const jest = (args, env) =>
  follow(['--experimental-vm-modules', '--no-warnings', bin('jest', 'bin', 'jest.js'), ...args], env);

const tasks = {
  install: () => install(),
  build: () => {
    install();
    build();
  },
  start: () => {
    install();
    build();
    follow(['dist/main.js', ...rest]);
  },
  sandbox: () => {
    install();
    build();
    follow(['dist/sandbox/main.js', ...rest]);
  },
  dev: () => {
    install();
    build();
    follow(['dist/sandbox/main.js', '--dev', ...rest]);
  },
  test: () => {
    install();
    build();
    jest(rest);
  },
  'test:browser': () => {
    install();
    build();
    jest(['--runInBand', 'test/browser', ...rest], { SLIPWAY_BROWSER_TESTS: '1' });
  },
  'bench:comparison': () => {
    install();
    build();
    follow(['scripts/bench/comparison.mjs', ...rest]);
  },
  check: () => {
    install();
    build();
    must(node, [bin('typescript', 'bin', 'tsc'), '-p', 'tsconfig.json']);
    must(node, [bin('@biomejs/biome', 'bin', 'biome'), 'check', '--error-on-warnings']);
    must(node, [bin('knip', 'bin', 'knip.js')]);
    jest(rest);
  },
};
const chosen = tasks[task];
if (!chosen) stop(`There is no "${task}". Try: ${Object.keys(tasks).join(', ')}.`);
chosen();
