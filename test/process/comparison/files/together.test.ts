import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readEntry } from '../../../../src/process/comparison/collectors/files/read.js';
import { filesCollector } from '../../../../src/process/comparison/collectors/files.js';
import type { Section } from '../../../../src/process/comparison/snapshot.js';
import { aFolder, plain, sectionOf, sha256, someTools, sparseFile, thingIn } from './given.js';
import { aDll } from './libraries.js';

/** Looks at folders in one run. */
function looksAt(folders: readonly string[], ignore: string[] = []): Promise<Section>[] {
  const [collector, tools] = [filesCollector(0), someTools({ run: {} })];
  return folders.map((folder) => collector.collect('web', { folder, ignore, versions: true }, tools));
}

/** What both folders look like when they are looked at in one run. */
async function together(one: string, other: string, ignore?: string[]): Promise<Section[]> {
  return (await Promise.all(looksAt([one, other], ignore))).map(plain);
}

// Sizes around what is read at once; contents that differ only in their last byte, or not at all.
const sizes = [0, 1, 2, 131_071, 131_072, 131_073];
const someContent = fc
  .record({ size: fc.constantFrom(...sizes), last: fc.constantFrom('x', 'y') })
  .map(({ size, last }) => (size === 0 ? '' : last.padStart(size, 'x')));
const someFiles = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e.log', 'é', '~'), someContent);
type Files = Record<string, string>;
const someTree = fc.record({ top: someFiles, inner: fc.option(someFiles), other: fc.option(someFiles) });

function made({ top, ...inner }: Record<string, Files | null> & { readonly top: Files }): string {
  const folder = aFolder();
  for (const [name, content] of Object.entries(top)) writeFileSync(join(folder, name), content);
  for (const [at, files] of Object.entries(inner)) {
    if (files === null) continue;
    mkdirSync(join(folder, at));
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, at, name), content);
  }
  return folder;
}

test('two environments that are looked at in one run tell just what each tells by itself', async () => {
  await fc.assert(
    fc.asyncProperty(someTree, someTree, async (tree, that) => {
      const [one, other] = [made(tree), made(that)];
      const apart = [await sectionOf(one), await sectionOf(other)];
      expect(await together(one, other)).toEqual(apart);
    }),
    { numRuns: 60 },
  );
});

test('a large folder, libraries, links and names that are left out are told together as they are apart', async () => {
  const sides = [aFolder(), aFolder()];
  for (const [side, folder] of sides.entries()) {
    mkdirSync(join(folder, 'many'));
    for (let at = 0; at < 1_200; at += 1)
      if (at % 97 !== side) writeFileSync(join(folder, 'many', `file-${at}`), String(at % 7));
    writeFileSync(join(folder, 'shop.dll'), aDll(`4.${side}.0.0`));
    writeFileSync(join(folder, 'same.dll'), aDll('1.0.0.0'));
    writeFileSync(join(folder, 'shop.log'), 'x');
    symlinkSync(`target-${side}`, join(folder, 'link'));
  }
  const [one = '', other = ''] = sides;
  const ignore = ['*.log'];

  const [here, there] = await together(one, other, ignore);

  expect(here).toEqual(await sectionOf(one, { ignore }));
  expect(there).toEqual(await sectionOf(other, { ignore }));
  expect(here && thingIn(here, 'shop.dll')?.props['version']).toBe('4.0.0.0');
  expect(there && thingIn(there, 'shop.dll')?.props['version']).toBe('4.1.0.0');
});

test('a folder with more than one look reads is told whole, whatever the order of its names', async () => {
  const folders = [aFolder(), aFolder()];
  const names = ['m.dll', 'c', 'x', 'a', 'z', 'b.dll', 'y', 'd'];
  for (const folder of folders) {
    for (const name of names) {
      sparseFile(join(folder, name), 20 * 2 ** 20 + names.indexOf(name));
    }
  }
  const [one = '', other = ''] = folders;

  const [here, there] = await together(one, other);

  const sizes = names.map((name) => [here, there].map((side) => side && thingIn(side, name)?.props['size']));
  expect(sizes).toEqual(names.map((_, at) => [20 * 2 ** 20 + at, 20 * 2 ** 20 + at]));
  expect(here?.things).toHaveLength(names.length + 1);
});

test('one folder that cannot be looked at does not hinder the other environment', async () => {
  const one = aFolder();
  writeFileSync(join(one, 'file'), 'content');

  const [there, gone] = looksAt([one, join(one, 'gone')]);

  await expect(gone).rejects.toThrow('does not exist');
  expect(there && plain(await there)).toEqual(await sectionOf(one));
});

test('the hash of a file is its own, whatever was read just before it', () => {
  const folder = aFolder();
  const large = 'x'.repeat(200_000);
  const contents = [
    'one',
    'one',
    'two',
    '\0\0\0',
    'one',
    'on',
    'one',
    large,
    'one',
    `${large}y`,
    '',
    '',
    'one',
  ];
  const seen = contents.map((content, at) => {
    const path = join(folder, String(at));
    writeFileSync(path, content);
    return readEntry({ name: String(at), path });
  });
  expect(seen).toMatchObject(contents.map((content) => ({ sha256: sha256(content) })));
});
