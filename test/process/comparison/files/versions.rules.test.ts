import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { versionIn } from '../../../../src/process/comparison/collectors/files/version.js';
import { aDll, aJar, anArchive } from './libraries.js';

/** How much was read, and the version that was found. */
async function told(name: string, content: Buffer): Promise<{ version: string | undefined; read: number }> {
  let read = 0;
  const version = await versionIn(name, {
    size: content.length,
    read: async (at, length) => {
      const part = content.subarray(at, at + length);
      read += part.length;
      return part;
    },
  });
  return { version, read };
}

test('libraries of Windows and of Java say which version they are', async () => {
  expect((await told('a.dll', aDll('4.2.0.17'))).version).toBe('4.2.0.17');
  expect((await told('a.EXE', aDll('1.0.65535.3'))).version).toBe('1.0.65535.3');
  expect((await told('a.jar', aJar('4.2'))).version).toBe('4.2');
});

test('of a large library only some kilobytes are read', async () => {
  const behind = Buffer.alloc(40 * 2 ** 20);
  const { version, read } = await told('a.dll', Buffer.concat([aDll('4.2.0.17'), behind]));
  expect(version).toBe('4.2.0.17');
  expect(read).toBeLessThan(100_000);
});

test('a version resource whose parts have no length ends', async () => {
  const dll = aDll('4.2.0.17');
  const key = dll.indexOf(Buffer.from('StringFileInfo', 'utf16le'));
  dll.writeUInt16LE(0, key - 6);
  expect((await told('a.dll', dll)).version).toBe('4.2.0.17'); // from the numbers before it
});

test('tables that lead to themselves end, however many entries they claim', async () => {
  const dll = Buffer.concat([aDll('4.2.0.17'), Buffer.alloc(4 * 2 ** 20)]);
  const key = dll.indexOf(Buffer.from('VS_VERSION_INFO', 'utf16le'));
  for (let at = 0; at < key - 6; at += 4) {
    const before = dll.readUInt32LE(at);
    dll.writeUInt32LE(0xffff_ffff, at);
    const { read } = await told('a.dll', dll);
    expect(read).toBeLessThan(300_000);
    dll.writeUInt32LE(before, at);
  }
});

test('a very long version is cut', async () => {
  const manifest = `Implementation-Version: ${'9'.repeat(50_000)}\n`;
  const { version } = await told('a.jar', anArchive('META-INF/MANIFEST.MF', manifest));
  expect(version).toHaveLength(200);
});

test('a manifest behind a great many others is not looked for, and a very large one is not read', async () => {
  const [name, manifest] = ['META-INF/MANIFEST.MF', 'Implementation-Version: 4.2\n'];
  expect((await told('a.jar', anArchive(name, manifest, 5_000))).version).toBe('4.2');
  expect((await told('a.jar', anArchive(name, manifest, 20_000))).version).toBeUndefined();
  const large = await told('a.jar', anArchive(name, manifest + ' '.repeat(2 ** 21)));
  expect(large.version).toBeUndefined();
  expect(large.read).toBeLessThan(300_000);
});

test.each([
  ['a.dll', aDll('4.2.0.17')],
  ['a.jar', aJar('4.2')],
])('however %s is broken, it is only not told which version it is', async (name, whole) => {
  const at = fc.nat(whole.length - 1);
  const damage = fc.array(fc.tuple(at, fc.constantFrom(0, 1, 0x7f, 0x80, 0xff)), {
    minLength: 1,
    maxLength: 6,
  });
  await fc.assert(
    fc.asyncProperty(damage, at, fc.boolean(), async (changes, end, isCut) => {
      const broken = Buffer.from(whole);
      for (const [place, byte] of changes) broken.writeUInt8(byte, place);
      const { read } = await told(name, isCut ? broken.subarray(0, end) : broken);
      expect(read).toBeLessThan(2_000_000);
    }),
    { numRuns: 1_000 },
  );
});
