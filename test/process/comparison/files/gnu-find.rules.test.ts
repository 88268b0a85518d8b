import { Readable } from 'node:stream';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { blocksOf } from '../../../../src/process/comparison/collectors/files/gnu-find.js';

const said = [
  '/srv/web/.\0f644 0 0 5;1.0 2.0 7/a\0d755 0 0 5;1.0 2.0 8/inner\0',
  '/srv/web/inner/.\0',
  '/srv/web/odd\n/.\0f644 0 0 5;1.0 2.0 9/line\nbreak\0',
];

async function blocksIn(parts: readonly Buffer[]): Promise<string[]> {
  const found: string[] = [];
  for await (const block of blocksOf(Readable.from(parts))) found.push(block.toString('latin1'));
  return found.filter((block) => block !== '');
}

test('what find says of one folder after the other is told apart, wherever the pipe cuts it', async () => {
  const whole = Buffer.from(said.join(''), 'latin1');
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.nat(whole.length)), async (cuts) => {
      const places = [0, ...cuts.sort((one, other) => one - other), whole.length];
      const parts = places.slice(1).map((end, at) => whole.subarray(places[at], end));

      expect(await blocksIn(parts.filter(({ length }) => length > 0))).toEqual(said);
    }),
  );
});
