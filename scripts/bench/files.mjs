// Compares two trees of files with 50 differences, 20 of which have the same size and time: all must be found, in how much
// time and memory, beside what people use for it. `--files N` and `--megabytes N` a side (50000 and 1900 for the real
// thing; small by default, for a quick look), `--rounds N`. Everything it makes is removed again.
import { spawnSync } from 'node:child_process';
import { randomFillSync } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bound, exactly, machine, race, show } from './measuring.mjs';

const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '5000' },
    megabytes: { type: 'string', default: '190' },
    rounds: { type: 'string', default: '5' },
  },
});
const [files, megabytes, rounds] = [values.files, values.megabytes, values.rounds].map(Number);
const looker = fileURLToPath(new URL('./files.looker.mjs', import.meta.url));
const perFolder = 100;
const average = (megabytes * 1e6) / files;
const pathOf = (at) =>
  join(`area${Math.floor(at / perFolder) % 25}`, `part${Math.floor(at / perFolder)}`, `file${at}.txt`);
const old = new Date('2026-01-01T00:00:00Z');

/** Sizes from nearly nothing to nearly twice the average; no two files alike. */
function make(side) {
  const content = randomFillSync(Buffer.allocUnsafe(Math.ceil(average * 2) + 16));
  for (let at = 0; at < files; at += 1) {
    const path = join(side, pathOf(at));
    if (at % perFolder === 0) mkdirSync(join(path, '..'), { recursive: true });
    content.writeUInt32LE(at, 0);
    const size = 8 + Math.floor((((at * 7919) % 1000) / 1000) * 2 * average);
    writeFileSync(path, content.subarray(0, size));
    utimesSync(path, old, old);
  }
}

function copy(from, to) {
  const { status } = spawnSync('cp', ['-a', from, to]);
  if (status !== 0) throw new Error('cp failed');
}

/** 20 of other content with the same size and time, 10 longer, 10 added, 8 removed, 2 of another mode. */
function change(side) {
  const step = Math.floor(files / 50);
  for (let at = 0; at < 50; at += 1) {
    const path = join(side, pathOf(at * step));
    if (at < 20) {
      writeFileSync(path, Buffer.alloc(statSync(path).size, 'z'));
      utimesSync(path, old, old);
    } else if (at < 30) writeFileSync(path, 'more', { flag: 'a' });
    else if (at < 40) writeFileSync(`${path}.new`, `new ${at}`);
    else if (at < 48) rmSync(path);
    else chmodSync(path, 0o600);
  }
}

const linesOf = ({ stdout }) => `${stdout.split('\n').filter(Boolean).length} lines`;
const has = (program) => spawnSync(program, ['--version']).status === 0;
const told = ({ stdout }) => `${JSON.parse(stdout).found} differences`;

function contestants(work) {
  const [production, staging, cache] = ['production', 'staging', 'cache'].map((name) => join(work, name));
  const ours = [process.execPath, looker, production, staging, cache];
  const forget = () => rmSync(cache, { recursive: true, force: true });
  const others = [
    ['rsync -nrc', 'rsync', '-nrc', '--itemize-changes', '--delete', `${staging}/`, `${production}/`],
    ['diff -rq', 'diff', '-rq', production, staging],
    [
      'git diff --no-index',
      'git',
      'diff',
      '--no-index',
      '--name-status',
      '--no-renames',
      production,
      staging,
    ],
  ];
  return [
    { name: 'Slipway, first run', command: ours, before: forget, found: told },
    { name: 'Slipway, second run', command: ours, found: told },
    ...others
      .filter(([, program]) => has(program))
      .map(([name, ...command]) => ({ name, command, fails: true, found: linesOf })),
  ];
}

/** How much more memory each further file takes, from a comparison of a small folder and one of many small files. */
function growth(work) {
  const peak = (count) => {
    const side = join(work, `many-${count}`);
    for (let at = 0; at < count; at += 1) {
      const folder = join(side, `folder${Math.floor(at / perFolder)}`);
      if (at % perFolder === 0) mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, `file${at}`), '');
    }
    const { stdout } = spawnSync(process.execPath, [looker, side, side, join(work, 'cache-many')], {
      encoding: 'utf8',
    });
    rmSync(side, { recursive: true });
    return JSON.parse(stdout).heap;
  };
  const [few, many] = [10_000, 60_000].map((count) => ({ count, heap: peak(count) }));
  return (many.heap - few.heap) / (2 * (many.count - few.count));
}

const work = mkdtempSync(join(tmpdir(), 'slipway-bench-'));
try {
  console.log(`${machine()}; medians of ${rounds}`);
  make(join(work, 'production'));
  copy(join(work, 'production'), join(work, 'staging'));
  change(join(work, 'staging'));
  await setTimeout(2_500); // what changed a moment ago is not remembered
  const reference = 'rsync -nrc';
  const rows = race(contestants(work), rounds, reference);
  show(`${files} files, ${megabytes} MB a side`, rows, reference);
  const [first, second] = rows;
  for (const { name, found } of [first, second]) exactly(name, [found], ['50 differences']);
  if (has('rsync')) {
    bound('wall time of the first run to that of rsync -nrc', first.ratio, 1.5);
    bound('wall time of the second run to that of rsync -nrc', second.ratio, 0.5);
  }
  bound('memory', Math.max(first.megabytes, second.megabytes), 150, ' MB');
  bound('memory for each further file and side', growth(work), 1_000, ' bytes');
} finally {
  rmSync(work, { recursive: true, force: true });
}
