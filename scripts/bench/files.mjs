// Compares two trees of files with 50 differences, 20 of which have the same size and time: all must be found, in how much
// time and memory, beside what people use for it. `--files N` and `--megabytes N` a side (50000 and 1900 for the real
// thing; small by default, for a quick look), `--rounds N`. Everything it makes is removed again.
import { spawnSync } from 'node:child_process';
import { randomFillSync } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '5000' },
    megabytes: { type: 'string', default: '190' },
    rounds: { type: 'string', default: '3' },
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

/** Runs a program; gives its seconds, its output, and what it says of itself when it is ours. */
function timed(program, args, more = {}) {
  const start = performance.now();
  const { stdout, error, status } = spawnSync(program, args, {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    ...more,
  });
  if (error) throw error;
  return { seconds: (performance.now() - start) / 1000, stdout, status };
}

const median = (numbers) => numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)];
const lines = ({ stdout }) => stdout.split('\n').filter(Boolean).length;
const has = (program) => spawnSync(program, ['--version']).status === 0;

function contenders(work) {
  const [production, staging, cache] = ['production', 'staging', 'cache'].map((name) => join(work, name));
  const ours = (...more) => {
    const ran = timed(process.execPath, [looker, production, staging, cache, ...more]);
    if (ran.status !== 0) throw new Error('the comparison failed; was it built?');
    return { ...ran, ...JSON.parse(ran.stdout) };
  };
  return {
    'Slipway, first run': () => {
      rmSync(cache, { recursive: true, force: true });
      return ours();
    },
    'Slipway, second run': () => ours(),
    'rsync -nrc': () => {
      const ran = timed('rsync', ['-nrc', '--itemize-changes', '--delete', `${staging}/`, `${production}/`]);
      return { ...ran, found: lines(ran) };
    },
    'diff -rq': () => {
      const ran = timed('diff', ['-rq', production, staging]);
      return { ...ran, found: lines(ran) };
    },
    'git diff --no-index': () => {
      const ran = timed('git', ['diff', '--no-index', '--name-status', '--no-renames', production, staging]);
      return { ...ran, found: lines(ran) };
    },
  };
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
    const ran = timed(process.execPath, [looker, side, side, join(work, 'cache-many')]);
    rmSync(side, { recursive: true });
    return JSON.parse(ran.stdout).heap;
  };
  const [few, many] = [10_000, 60_000].map((count) => ({ count, heap: peak(count) }));
  return (many.heap - few.heap) / (2 * (many.count - few.count));
}

const work = mkdtempSync(join(tmpdir(), 'slipway-bench-'));
try {
  console.log(
    `${files} files, ${megabytes} MB a side, ${rounds} rounds, ${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}`,
  );
  make(join(work, 'production'));
  copy(join(work, 'production'), join(work, 'staging'));
  change(join(work, 'staging'));
  await setTimeout(2_500); // what changed a moment ago is not remembered
  const all = Object.entries(contenders(work)).filter(([name]) => {
    const program = name.split(' ')[0];
    return name.startsWith('Slipway') || has(program);
  });
  const runs = new Map(all.map(([name]) => [name, []]));
  // By turns, so that whatever else the machine does meets all of them alike. The first round only warms the page cache.
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, run] of all) {
      const ran = run();
      if (round > 0) runs.get(name).push(ran);
    }
  }
  const base = runs.get('rsync -nrc');
  const table = all.map(([name]) => {
    const ran = runs.get(name);
    const ratios = base === undefined ? [] : ran.map(({ seconds }, at) => seconds / base[at].seconds);
    return {
      program: name,
      seconds: median(ran.map(({ seconds }) => seconds)).toFixed(2),
      '× rsync -nrc': ratios.length === 0 ? '' : median(ratios).toFixed(2),
      found: ran[0].found,
      'MB at most': ran[0].megabytes === undefined ? '' : Math.max(...ran.map(({ megabytes: peak }) => peak)),
    };
  });
  console.table(table);
  console.log(`memory for each further file and side: ${Math.round(growth(work))} bytes`);
  const ours = table.filter(({ program }) => program.startsWith('Slipway'));
  if (ours.some(({ found }) => found !== 50)) {
    console.error('Not exactly the 50 differences were found.');
    process.exitCode = 1;
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
