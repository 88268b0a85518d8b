import { inOrder } from '../canonical.js';
import type { Blind, Section, Thing } from '../snapshot.js';
import type { Collector, CollectorTools } from './collector.js';
import { couldNotLook } from './databases/credentials.js';
import { localPlace } from './files/local-place.js';
import { shownPath } from './files/names.js';
import { type Findings, type FoundFile, type Place, Unreadable, type Unseen } from './files/place.js';
import { chosenBy } from './parameters/chosen.js';
import { type Format, formatOf, parseParameters } from './parameters/formats.js';
import { type Parameter, Unparsable } from './parameters/parameter.js';
import type { ParametersSource } from './parameters/source.js';
import { textOf } from './parameters/text.js';
import { parameterThings } from './parameters/things.js';
import { sftpPlace } from './sftp.js';

/** Raised when parameters are told of differently. */
const version = 2;
/** Reading a file keeps everybody else waiting, a second for some formats. */
const largestFile = 2 ** 20;

interface Reading {
  readonly name: string;
  readonly source: ParametersSource;
  readonly tools: CollectorTools;
}

function formatIn({ formats: given }: ParametersSource, path: string): Format | undefined {
  return Object.entries(given).find(([pattern]) => chosenBy([pattern]).matches(path))?.[1] ?? formatOf(path);
}

async function read(file: FoundFile, { source, tools }: Reading): Promise<readonly Thing[] | Blind> {
  const shown = shownPath(file.path).join('/');
  const format = formatIn(source, shown);
  const blind = (why: string): Blind => ({ name: [shown], why });
  if (format === undefined) return blind('its name does not tell its format; say it under `formats`');
  if (file.size > largestFile) return blind('it is larger than 1 MB, too large for a parameter file');
  try {
    return parameterThings(shown, format, parsed(format, await file.read()), tools);
  } catch (error) {
    // Anything else, such as a lost connection, ends the collection.
    if (error instanceof Unparsable || error instanceof Unreadable) return blind(error.message);
    throw error;
  }
}

/** Parsers quote what they stumble over, which may be a secret: nothing of their words is told. */
function parsed(format: Format, content: Buffer): readonly Parameter[] {
  try {
    return parseParameters(format, textOf(content, format));
  } catch (error) {
    throw error instanceof Unparsable ? error : new Unparsable(`it cannot be parsed as ${format}`);
  }
}

/** A folder that cannot be opened may hold any of the files: then the whole source is not seen. */
function spotOf({ path, why, isFolder }: Unseen): Blind {
  const shown = shownPath(path).join('/');
  return isFolder
    ? { name: [], why: `the folder ${shown} cannot be opened: ${why}` }
    : { name: [shown], why };
}

async function readAll({ files, blind: unseen }: Findings, reading: Reading) {
  const things: Thing[] = [];
  const blind: Blind[] = unseen.map(spotOf);
  for (const [index, file] of files.entries()) {
    reading.tools.signal.throwIfAborted();
    if (index % 50 === 0) reading.tools.progress(`${index} of ${files.length} parameter files`);
    const found = await read(file, reading);
    if ('why' in found) blind.push(found);
    else things.push(...found);
  }
  return { things, blind };
}

async function placeOf({ name, source, tools }: Reading): Promise<Place> {
  if (source.sftp !== undefined) return sftpPlace(name, source.sftp, source.folder, tools.signal);
  return localPlace(source.folder, tools.signal);
}

async function collect(reading: Reading): Promise<Section> {
  const { name, source, tools } = reading;
  if (tools.secretKey === '') throw couldNotLook(name, 'the key that stands for secrets is not set.');
  const place = await placeOf(reading);
  try {
    const chosen = chosenBy(source.files);
    const findings = await place.find(chosen.matches, chosen.mayHold);
    const root = findings.blind.find(({ path }) => path === '');
    if (root !== undefined) throw couldNotLook(name, `${place.subject} cannot be opened: ${root.why}.`);
    const { things, blind } = await readAll(findings, reading);
    if (findings.files.length === 0)
      blind.push({ name: [], why: `no file is named ${source.files.join(' or ')}` });
    return {
      ...{ source: name, collector: 'parameters', collectorVersion: version, subject: place.subject },
      things: things.sort(inOrder),
      blind,
    };
  } finally {
    await place.close();
  }
}

/** Reads parameter files key by key; what looks like a secret is told as a keyed hash only. */
export const parametersCollector: Collector<ParametersSource> = {
  name: 'parameters',
  version,
  collect: (name, source, tools) => collect({ name, source, tools }),
};
