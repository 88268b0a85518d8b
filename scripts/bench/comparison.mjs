// Everything that is measured of the comparison, one after the other, in one run: the diff alone, databases, files. Ends with 1
// when a bound is missed. `--quick` for a look at small sizes, on which bounds mean little.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { quick } = parseArgs({ options: { quick: { type: 'boolean' } } }).values;
const pieces = [
  ['diff.mjs'],
  ['databases.mjs', 'postgresql', ...(quick ? ['--tables', '200', '--runs', '2'] : [])],
  ['databases.mjs', 'mariadb', ...(quick ? ['--tables', '200', '--runs', '2'] : [])],
  ['files.mjs', ...(quick ? ['--rounds', '2'] : ['--files', '50000', '--megabytes', '1900'])],
];
for (const [piece, ...args] of pieces) {
  console.log(`\n== ${piece} ${args.join(' ')}`);
  const { status } = spawnSync(process.execPath, [fileURLToPath(new URL(piece, import.meta.url)), ...args], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exitCode = 1;
}
