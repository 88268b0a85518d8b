import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { unlikeThings } from '../../../../src/process/comparison/at-once.js';
import { filesCollector } from '../../../../src/process/comparison/collectors/files.js';
import { compare } from '../../../../src/process/comparison/compare.js';
import type { Section, Thing } from '../../../../src/process/comparison/snapshot.js';
import { production, staging } from '../core/given.js';
import { aFolder, plain, someTools } from './given.js';

interface Given {
  readonly name: string;
  readonly content: string;
  readonly mode: number;
  readonly isLink: boolean;
}

const names = ['a', 'b', 'ab', 'A', '%41', 'é', 'line\nbreak', '~', '.hidden', 'a b'];
const someFiles = fc.uniqueArray(
  fc.record({
    name: fc.constantFrom(...names),
    content: fc.constantFrom('', 'one', 'two'),
    mode: fc.constantFrom(0o644, 0o600, 0o755),
    isLink: fc.boolean(),
  }),
  { selector: ({ name }) => name, maxLength: 6 },
);
const someFolders = fc.record({ top: someFiles, inner: fc.option(someFiles, { nil: undefined }) });

function make(folder: string, files: readonly Given[]): void {
  for (const { name, content, mode, isLink } of files) {
    const path = join(folder, name);
    if (isLink) symlinkSync(content === '' ? 'nowhere' : content, path);
    else {
      writeFileSync(path, content);
      chmodSync(path, mode);
    }
  }
}

async function lookedAt(top: readonly Given[], inner: readonly Given[] | undefined): Promise<Section> {
  const folder = aFolder();
  make(folder, top);
  if (inner !== undefined) {
    mkdirSync(join(folder, 'inner'));
    make(join(folder, 'inner'), inner);
  }
  const source = { folder, ignore: [], versions: true };
  return filesCollector(0).collect('web', source, someTools());
}

test('what is left out because it is the same in both sections would have made no difference', async () => {
  await fc.assert(
    fc.asyncProperty(someFolders, someFolders, fc.boolean(), async (one, other, isSameTop) => {
      const here = await lookedAt(one.top, one.inner);
      const there = await lookedAt(isSameTop ? [...one.top].reverse() : other.top, other.inner);

      const quick = compare(production(here), staging(there));
      const full = compare(production(plain(here)), staging(plain(there)));

      expect(quick).toEqual(full);
    }),
    { numRuns: 150 },
  );
});

test('the files that are the same in both sections are not made into things', async () => {
  const files = names.map((name) => ({ name, content: name, mode: 0o644, isLink: false }));
  const changed = { name: 'a', content: 'other', mode: 0o644, isLink: false };
  const here = await lookedAt(files, files);
  const there = await lookedAt([...files.filter(({ name }) => name !== 'a'), changed], files);

  const [of, to] = unlikeThings(here, there);

  const filesOf = (things: readonly Thing[]): unknown[] =>
    things.filter(({ kind }) => kind === 'file').map(({ name }) => name);
  expect([filesOf(of), filesOf(to)]).toEqual([[['a']], [['a']]]);
});
