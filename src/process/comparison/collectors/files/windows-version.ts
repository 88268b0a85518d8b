import type { Binary } from './binary.js';

/*
 * By hand, because anybody may have made the file: the library for it goes round for ever in a version resource with a part of
 * length 0, and copies all of a program to find it. Here every step goes forward and reads at most some kilobytes.
 * https://learn.microsoft.com/windows/win32/debug/pe-format, https://learn.microsoft.com/windows/win32/menurc/vs-versioninfo
 */

const mostSections = 96; // Windows loads no more
const largestOptionalHeader = 1024;
const mostResources = 4096;
const largestResource = 65_535;
const versionResource = 16;

/** Where in the file something is that a running program would find at this address. */
type Placing = (address: number) => number | undefined;

interface Resources {
  readonly at: number;
  readonly place: Placing;
}

/** Undefined for what is no program, and for a program without resources. */
async function resourcesOf({ read }: Binary): Promise<Resources | undefined> {
  const start = await read(0, 64);
  if (start.toString('latin1', 0, 2) !== 'MZ') return undefined;
  const header = await read(start.readUInt32LE(60), 24 + largestOptionalHeader + 40 * mostSections);
  const [count, optionalBytes] = [header.readUInt16LE(6), header.readUInt16LE(20)];
  const isLarge = count > mostSections || optionalBytes > largestOptionalHeader;
  if (header.toString('latin1', 0, 4) !== 'PE\0\0' || isLarge) return undefined;
  const directories = header.readUInt16LE(24) === 0x20b ? 24 + 112 : 24 + 96;
  const sections = Array.from({ length: count }, (_, index) => {
    const at = 24 + optionalBytes + 40 * index;
    const [virtual, raw] = [header.readUInt32LE(at + 8), header.readUInt32LE(at + 16)];
    return {
      length: Math.max(virtual, raw),
      from: header.readUInt32LE(at + 12),
      to: header.readUInt32LE(at + 20),
    };
  });
  const place: Placing = (address) => {
    const section = sections.find(({ from, length }) => address >= from && address < from + length);
    return section && address - section.from + section.to;
  };
  const address = header.readUInt32LE(directories + 16);
  const at = address === 0 ? undefined : place(address);
  return at === undefined ? undefined : { at, place };
}

/** Where an entry of a table of resources leads, counted from the first table: of this number, or the first of all. */
async function entryIn({ read }: Binary, at: number, id?: number): Promise<number | undefined> {
  const head = await read(at, 16);
  const count = Math.min(head.readUInt16LE(12) + head.readUInt16LE(14), mostResources);
  const entries = await read(at + 16, 8 * count);
  for (let entry = 0; entry + 8 <= entries.length; entry += 8) {
    if (id === undefined || entries.readUInt32LE(entry) === id)
      return entries.readUInt32LE(entry + 4) & 0x7fff_ffff;
  }
  return undefined;
}

async function versionBlock(file: Binary): Promise<Buffer | undefined> {
  const resources = await resourcesOf(file);
  if (resources === undefined) return undefined;
  const { at, place } = resources;
  let found = await entryIn(file, at, versionResource);
  for (const _ of ['name', 'language']) {
    if (found !== undefined) found = await entryIn(file, at + found);
  }
  if (found === undefined) return undefined;
  const entry = await file.read(at + found, 8);
  const start = place(entry.readUInt32LE(0));
  return start === undefined ? undefined : file.read(start, Math.min(entry.readUInt32LE(4), largestResource));
}

/** A part of a version resource: its name, its value and then the parts inside it. */
interface Block {
  readonly key: string;
  readonly valueAt: number;
  readonly valueLength: number;
  readonly end: number;
}

const aligned = (at: number): number => Math.ceil(at / 4) * 4;

/** Up to a NUL. */
function textAt(bytes: Buffer, at: number, end: number): string {
  let stop = at;
  while (stop + 2 <= end && bytes.readUInt16LE(stop) !== 0) stop += 2;
  return bytes.toString('utf16le', at, stop);
}

function* blocksIn(bytes: Buffer, from: number, to: number): Generator<Block> {
  for (let at = from; at + 6 <= to; ) {
    const length = bytes.readUInt16LE(at);
    if (length < 6) return;
    const end = Math.min(at + length, to);
    const key = textAt(bytes, at + 6, end);
    const valueAt = aligned(at + 6 + 2 * (key.length + 1));
    yield { key, valueAt, valueLength: bytes.readUInt16LE(at + 2), end };
    at = aligned(at + length);
  }
}

/** The version that people are shown. */
function fileVersionIn(bytes: Buffer, from: number, to: number): string | undefined {
  for (const block of blocksIn(bytes, from, to)) {
    if (block.key !== 'StringFileInfo') continue;
    for (const table of blocksIn(bytes, block.valueAt, block.end)) {
      for (const { key, valueAt, end } of blocksIn(bytes, table.valueAt, table.end)) {
        const version = key === 'FileVersion' ? textAt(bytes, valueAt, end).trim() : '';
        if (version !== '') return version;
      }
    }
  }
  return undefined;
}

/** The version that a Windows or .NET library or program says of itself. Throws a RangeError for one that is cut short. */
export async function windowsVersion(file: Binary): Promise<string | undefined> {
  const bytes = await versionBlock(file);
  const [root] = bytes === undefined ? [] : blocksIn(bytes, 0, bytes.length);
  if (bytes === undefined || root?.key !== 'VS_VERSION_INFO') return undefined;
  const { valueAt, valueLength, end } = root;
  const told = fileVersionIn(bytes, aligned(valueAt + valueLength), end);
  if (told !== undefined || valueLength < 52 || bytes.readUInt32LE(valueAt) !== 0xfeef_04bd) return told;
  const numbers = [10, 8, 14, 12].map((offset) => bytes.readUInt16LE(valueAt + offset));
  return numbers.join('.');
}
