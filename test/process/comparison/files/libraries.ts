import { crc32 } from 'node:zlib';
import { NtExecutable, NtExecutableResource } from 'pe-library';
import { Resource } from 'resedit';

/** A Windows library that says of itself which version it is. */
export function aDll(version: string): Buffer {
  const executable = NtExecutable.createEmpty(true, true);
  const resources = NtExecutableResource.from(executable);
  const told = Resource.VersionInfo.createEmpty();
  told.setFileVersion(version, 1033);
  told.outputToResourceEntries(resources.entries);
  resources.outputResource(executable);
  return Buffer.from(executable.generate());
}

/** An archive with one file in it, stored as it is, which is listed so many times under another name before. */
export function anArchive(name: string, text: string, others = 0): Buffer {
  const content = Buffer.from(text);
  const path = Buffer.from(name);
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt32LE(crc32(content), 10);
  common.writeUInt32LE(content.length, 14);
  common.writeUInt32LE(content.length, 18);
  common.writeUInt16LE(path.length, 22);
  const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, path, content]);
  const entry = (path: Buffer): Buffer =>
    Buffer.concat([Buffer.from('PK\x01\x02\x14\0'), common, Buffer.alloc(14), path]);
  const other = entry(Buffer.alloc(path.length, 'x'));
  const central = Buffer.concat([...Array.from({ length: others }, () => other), entry(path)]);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06');
  end.writeUInt16LE(others + 1, 8);
  end.writeUInt16LE(others + 1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}

export const aJar = (version: string): Buffer =>
  anArchive(
    'META-INF/MANIFEST.MF',
    `Manifest-Version: 1.0\r\nImplementation-Ver\r\n sion: ${version}\r\n\r\nName: x\r\n`,
  );
