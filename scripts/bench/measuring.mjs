// What the benchmarks share: whole programs by turns in one run, their wall time and memory side by side, and bounds.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { programOf } from '../../test/support/database-servers.mjs';

/** The machine that is measured on, in a line. */
export const machine = () =>
  `${cpus().length} × ${cpus()[0]?.model}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node.js ${process.version}`;

export const median = (numbers) =>
  numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)];

/** Wall seconds and peak memory of a program with all that it starts; memory needs GNU time, and is that of its largest process. */
function measured({ name, command, env = {}, fails = false }) {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-bench-'));
  try {
    const [timer, memory] = [programOf('time'), join(folder, 'memory')];
    const [program, ...args] = timer ? [timer, '-f', '%M', '-o', memory, ...command] : command;
    const from = performance.now();
    const ran = spawnSync(program, args, {
      env: { ...process.env, ...env },
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    });
    const seconds = (performance.now() - from) / 1000;
    if (ran.error) throw ran.error;
    if (ran.status !== 0 && !fails) throw new Error(`${name} ended with ${ran.status}: ${ran.stderr}`);
    const kilobytes = timer ? Number(readFileSync(memory, 'utf8').trim().split('\n').at(-1)) : Number.NaN;
    return { seconds, megabytes: kilobytes / 1024, stdout: ran.stdout };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Runs every contestant once to warm up and then so many times, by turns: what disturbs the machine disturbs all of them.
 * Gives medians, each ratio the median of the ratios within a turn. A contestant is `{ name, command, env, before, found,
 * fails }`: `found` puts its output in words, `fails` says that it may end with another code than 0 (diff does).
 */
export function race(contestants, runs, reference) {
  const seen = new Map(contestants.map(({ name }) => [name, []]));
  for (let run = 0; run <= runs; run += 1) {
    for (const contestant of contestants) {
      contestant.before?.();
      const result = measured(contestant);
      if (run > 0) seen.get(contestant.name).push(result);
    }
  }
  const base = seen.get(reference);
  return contestants.map(({ name, found }) => {
    const results = seen.get(name);
    return {
      name,
      seconds: median(results.map(({ seconds }) => seconds)),
      ratio: base ? median(results.map(({ seconds }, at) => seconds / base[at].seconds)) : Number.NaN,
      megabytes: Math.max(...results.map(({ megabytes }) => megabytes)),
      found: found?.(results[0]) ?? '',
    };
  });
}

/** Prints a table; ratios are to the reference. */
export function show(title, rows, reference) {
  const cells = rows.map(({ name, seconds, ratio, megabytes, found }) => [
    name,
    seconds.toFixed(2),
    ratio.toFixed(2),
    Number.isNaN(megabytes) ? '' : megabytes.toFixed(0),
    found,
  ]);
  const table = [['', 'wall s', `× ${reference}`, 'MB', 'found'], ...cells];
  const widths = table[0].map((_, at) => Math.max(...table.map((row) => row[at].length)));
  console.log(`\n${title}`);
  for (const row of table) console.log(`  ${row.map((cell, at) => cell.padEnd(widths[at])).join('  ')}`);
}

/** Says whether a figure keeps its bound; the benchmark ends with 1 when one does not. */
export function bound(what, value, most, unit = '') {
  const held = value <= most;
  if (!held) process.exitCode = 1;
  console.log(
    `  ${held ? 'held  ' : 'MISSED'}  ${what}: ${Number(value.toFixed(2))}${unit}, at most ${most}${unit}`,
  );
}

/** Says whether exactly what was changed was found. */
export function exactly(what, found, wanted) {
  const [missed, more] = [
    wanted.filter((one) => !found.includes(one)),
    found.filter((one) => !wanted.includes(one)),
  ];
  const held = missed.length + more.length === 0;
  if (!held) process.exitCode = 1;
  console.log(
    `  ${held ? 'held  ' : 'MISSED'}  ${what}: ${wanted.length - missed.length} of ${wanted.length}, and ${more.length} more`,
  );
  for (const one of missed) console.log(`          missed: ${one}`);
  for (const one of more) console.log(`          more: ${one}`);
}
