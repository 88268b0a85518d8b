import { setTimeout } from 'node:timers/promises';
import { couldNotLook } from '../databases/credentials.js';
import { type Entry, kindOfLetter } from '../files/entry.js';
import { type ByteName, byteName } from '../files/names.js';
import { parted } from '../files/things.js';
import type { Ran } from './command.js';
import type { Connection } from './connection.js';

/** What stands below a folder of the far side, as one walk there saw it. */
export interface FarTree {
  readonly entries: ReadonlyMap<ByteName, Entry>;
  /** Folders that may not be opened. */
  readonly closed: readonly ByteName[];
  /** The far side's own time when the walk began, in milliseconds since 1970. */
  readonly at: number;
}

/** A far side that lists and hashes by itself, so that its files need not travel. */
export interface FarSide {
  walk(): Promise<FarTree>;
  /** The hashes of these files; those that cannot be read have none. */
  hash(paths: readonly ByteName[]): Promise<ReadonlyMap<ByteName, string>>;
}

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
const beginning = '\0slipway begins\0';
const begin = String.raw`printf '\0slipway begins\0'`;
/**
 * The person's own shell, whichever it is, only starts the one that is known. It may greet first, on either way out: what
 * counts begins after a mark.
 */
const inShell = (script: string, folder: string): string =>
  `sh -c ${quoted(`LC_ALL=C; export LC_ALL; ${begin}; ${begin} >&2; ${script}`)} slipway ${quoted(folder)}`;

function afterGreeting({ output, complaints, code }: Ran): Ran {
  const [start, words] = [output.indexOf(beginning), complaints.indexOf(beginning)];
  return {
    output: start < 0 ? Buffer.alloc(0) : output.subarray(start + beginning.length),
    complaints: words < 0 ? complaints : complaints.slice(words + beginning.length),
    code,
  };
}

/** In milliseconds. */
const patience = 20_000;
const probe = 'find --version; printf x | sha256sum -z -b';
const hashOfX = '2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881';

const isReadable = String.raw`\( -type d \( -readable -executable -printf r -o -printf c \) -o -printf r \)`;
const fields = String.raw`-printf '%y\0%s\0%m\0%T@\0%C@\0%i\0%u\0%g\0%l\0%P\0'`;
const walkScript = `cd -- "$1" && date +%s && find . ${isReadable} ${fields}`;
const hashScript = 'cd -- "$1" && xargs -0 -r sha256sum -z -b --';
const fieldCount = 10;

/** Fields that end with NUL, one after the other: a million files would be too many to split at once. */
function* fieldsOf(output: Buffer, from: number): Generator<string> {
  for (let at = from; at < output.length; ) {
    const end = output.indexOf(0, at);
    if (end < 0) return;
    yield output.toString('latin1', at, end);
    at = end + 1;
  }
}

function treeIn(output: Buffer): FarTree {
  const start = output.indexOf(10) + 1;
  const entries = new Map<ByteName, Entry>();
  const closed: ByteName[] = [];
  let row: string[] = [];
  for (const field of fieldsOf(output, start)) {
    row.push(field);
    if (row.length < fieldCount) continue;
    const [type = '', size, mode = '', modified = '', changed = '', inode = ''] = row;
    const [owner = '', group = '', target, path = ''] = row.slice(6);
    row = [];
    const kind = kindOfLetter(type.charCodeAt(1));
    const numbers = { size: Number(size), mode: Number.parseInt(mode, 8) };
    const entry: Entry = {
      ...{ name: parted(path).name, kind, owner, group },
      ...{ ...numbers, modified, changed, inode },
    };
    entries.set(path, kind === 'symlink' ? { ...entry, target: target ?? '' } : entry);
    if (type.startsWith('c')) closed.push(path);
  }
  return { entries, closed, at: Number(output.toString('latin1', 0, start)) * 1000 };
}

/** Files come and go and some are closed to us; any other complaint means that not all was seen. */
function isBenign({ complaints }: Ran): boolean {
  return complaints
    .split('\n')
    .filter(Boolean)
    .every((line) => /: (?:Permission denied|No such file or directory)$/u.test(line));
}

/** Gives undefined where no commands are allowed or its tools are not GNU's: then the files have to be fetched. */
export async function farSideOf(
  source: string,
  connection: Connection,
  folder: string,
): Promise<FarSide | undefined> {
  const run = async (script: string, input?: Iterable<Buffer>): Promise<Ran> => {
    const ran = afterGreeting(await connection.run(inShell(script, folder), input));
    if (ran.code === undefined)
      throw couldNotLook(source, 'the connection was lost while the files were read.');
    return ran;
  };
  // Some servers answer every command with a menu, and wait.
  const answer = connection.run(inShell(probe, '/')).catch(() => undefined);
  const tools = await Promise.race([answer, setTimeout(patience, undefined, { ref: false })]);
  connection.check();
  const told = tools?.output.toString('latin1') ?? '';
  if (!told.includes('GNU findutils') || !told.includes(hashOfX)) return undefined;
  return {
    walk: async () => {
      const ran = await run(walkScript);
      if (ran.output.length === 0) throw couldNotLook(source, `the folder ${folder} cannot be opened there.`);
      if (ran.code !== 0 && !isBenign(ran))
        throw couldNotLook(source, `not all of ${folder} could be listed there.`);
      return treeIn(ran.output);
    },
    hash: async (paths) => {
      const ran = await run(
        hashScript,
        paths.map((path) => Buffer.from(`./${path}\0`, 'latin1')),
      );
      if (ran.code !== 0 && ran.code !== 123)
        throw couldNotLook(source, `files of ${folder} could not be hashed there.`);
      const lines = [...fieldsOf(ran.output, 0)];
      return new Map(lines.map((line) => [line.slice(line.indexOf('./') + 2), line.slice(0, 64)]));
    },
  };
}

/** Whether the far side can be asked for this path by SFTP, whose names are text. */
export function isText(path: ByteName): boolean {
  return byteName(Buffer.from(path, 'latin1').toString('utf8')) === path;
}
