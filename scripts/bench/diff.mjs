// The diff alone: 1, 10 and 100 thousand things on each side, with one in a hundred different, and with all of them different.
// Medians of five. Ends with 1 when a hundred thousand things with one in a hundred different take half a second or more.
import { compare } from '../../dist/process/comparison/compare.js';
import { snapshotOf } from '../../dist/process/comparison/take-snapshot.js';
import { bound, machine, median } from './measuring.mjs';

const columnsOfTable = 9;

/** So many things: tables of nine columns, of which every `step`th column has another type, a tenth of those is gone, and as many are new. */
function snapshot(environment, count, step) {
  const things = [];
  for (let at = 0; things.length < count; at += 1) {
    const parent = { kind: 'table', name: ['public', `table_${String(at).padStart(6, '0')}`] };
    things.push({ ...parent, props: { owner: 'shop', persistence: 'permanent' } });
    for (let column = 0; column < columnsOfTable; column += 1) {
      const number = at * columnsOfTable + column;
      const differs = environment === 'staging' && number % step === 0;
      if (differs && number % (step * 10) === 0) continue;
      const type = differs ? 'bigint' : 'integer';
      const name = [...parent.name, `column_${column}`];
      things.push({
        kind: 'column',
        name,
        parent,
        props: { type, nullable: false, default: '0', comment: `the ${column}th` },
      });
    }
  }
  const section = {
    source: 'shop',
    collector: 'postgresql',
    collectorVersion: 1,
    subject: 'made up',
    things,
    blind: [],
  };
  return snapshotOf('acme', environment, [section], '2026-03-02T10:00:00.000Z');
}

/** Wall time, and the processor's own, which other programs disturb less. */
function measured(production, staging) {
  const runs = [];
  let found = 0;
  for (let run = 0; run < 6; run += 1) {
    const [start, before] = [performance.now(), process.cpuUsage()];
    found = compare(production, staging).differences.length;
    const { user, system } = process.cpuUsage(before);
    runs.push({ wall: performance.now() - start, processor: (user + system) / 1000 });
  }
  const counted = runs.slice(1); // The first one warms up.
  return {
    found,
    wall: median(counted.map(({ wall }) => wall)),
    processor: median(counted.map(({ processor }) => processor)),
  };
}

const row = (...cells) =>
  console.log(cells.map((cell, at) => String(cell).padStart([13, 13, 9, 10, 15, 14][at])).join(''));

console.log(`${machine()}; medians of 5\n`);
row('things a side', 'different', 'found', 'wall ms', 'processor ms', 'µs a thing');
const walls = new Map();
for (const step of [100, 1]) {
  for (const count of [1_000, 10_000, 100_000]) {
    const { wall, processor, found } = measured(
      snapshot('production', count, step),
      snapshot('staging', count, step),
    );
    if (step === 100) walls.set(count, wall);
    const different = step === 1 ? 'all columns' : '1 in 100';
    row(
      count,
      different,
      found,
      wall.toFixed(1),
      processor.toFixed(1),
      ((processor / count) * 1000).toFixed(2),
    );
  }
}
console.log('');
bound('100,000 things, 1 in 100 different', walls.get(100_000), 500, ' ms');
// Ten times the things in no more than twice ten times the time: small runs are mostly noise.
bound('time at 100,000 to that at 10,000', walls.get(100_000) / walls.get(10_000), 20);
