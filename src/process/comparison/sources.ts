import { resolve } from 'node:path';
import { z } from 'zod';
import { ConfigurationFaults, type Fault } from '../../config/environment.js';
import type { Collector } from './collectors/collector.js';
import { filesSource } from './collectors/files/source.js';
import { filesCollector } from './collectors/files.js';
import { mariadbSource } from './collectors/mariadb/source.js';
import { mariadbCollector } from './collectors/mariadb.js';
import { mongodbSource } from './collectors/mongodb/source.js';
import { mongodbCollector } from './collectors/mongodb.js';
import { parametersSource } from './collectors/parameters/source.js';
import { parametersCollector } from './collectors/parameters.js';
import { postgresqlSource } from './collectors/postgresql/source.js';
import { postgresqlCollector } from './collectors/postgresql.js';
import { secretPatterns, secretsBy } from './secrets.js';
import type { Look } from './take-snapshot.js';

/** What slipway.yaml says of a source, checked; or what is wrong with it. */
type Read = { readonly look: Look } | { readonly issues: readonly z.core.$ZodIssue[] };

const technology =
  <Schema extends z.ZodType>(schema: Schema, collector: Collector<z.output<Schema>>) =>
  (source: string, written: unknown, folder: string): Read => {
    const { success, data, error } = schema.safeParse(written);
    if (!success) return { issues: error.issues };
    const placed = inFolder(data, folder);
    return { look: { source, collect: (tools) => collector.collect(source, placed, tools) } };
  };

/** A folder of this machine starts where slipway.yaml is; one of another machine is as it was written. */
function inFolder<Source>(source: Source, folder: string): Source {
  const local = z.object({ folder: z.string(), sftp: z.undefined().optional() }).safeParse(source);
  return local.success ? { ...source, folder: resolve(folder, local.data.folder) } : source;
}

/** Everything that can be looked at: the word in slipway.yaml, the schema of what stands under it, and who looks. */
const technologies = {
  postgresql: technology(postgresqlSource, postgresqlCollector),
  mariadb: technology(mariadbSource, mariadbCollector),
  mongodb: technology(mongodbSource, mongodbCollector),
  files: technology(filesSource, filesCollector()),
  parameters: technology(parametersSource, parametersCollector),
};

const known = Object.keys(technologies) as (keyof typeof technologies)[];
const sourceName = z
  .string()
  .regex(
    /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,39}$/u,
    'must be a name of up to 40 letters, digits, dots and dashes',
  );
const entry = z.looseObject({ name: sourceName });

/** Where a list of sources stands in slipway.yaml, to name its faults by; and the folder that relative ones start from. */
export interface Place {
  readonly setting: string;
  readonly folder: string;
}

/**
 * Reads the `compare` list of an environment: `[{ name: shop, postgresql: { url: … } }, { name: site, files: { folder: … } }]`.
 * Throws ConfigurationFaults that name every fault by its place.
 */
export function readSources(compare: readonly unknown[], { setting, folder }: Place): Look[] {
  const faults: Fault[] = [];
  const looks: Look[] = [];
  for (const [at, written] of compare.entries()) {
    const place = `${setting}.${at}`;
    const read = readSource(written, folder);
    if ('look' in read) looks.push(read.look);
    else faults.push(...read.issues.map((issue) => faultOf(place, issue)));
  }
  const names = looks.map(({ source }) => source);
  for (const twice of new Set(names.filter((name, at) => names.indexOf(name) !== at)))
    faults.push({ setting, sentence: `two sources are called ${twice}; give each a name of its own` });
  if (faults.length > 0) throw new ConfigurationFaults(faults);
  return looks;
}

function readSource(written: unknown, folder: string): Read {
  const { success, data, error } = entry.safeParse(written);
  if (!success) return { issues: error.issues };
  const { name, ...rest } = data;
  const words = Object.keys(rest);
  const word = known.find((one) => words.includes(one));
  if (word === undefined || words.length > 1) {
    const message = `needs a name and exactly one of ${known.join(', ')}; it has ${words.join(', ') || 'none'}`;
    return { issues: [{ code: 'custom', path: [], message, input: undefined }] };
  }
  const read = technologies[word](name, rest[word], folder);
  return 'look' in read
    ? read
    : { issues: read.issues.map((issue) => ({ ...issue, path: [word, ...issue.path] })) };
}

const faultOf = (place: string, { path, message }: z.core.$ZodIssue): Fault => ({
  setting: `slipway.yaml ${[place, ...path.map(String)].join('.')}`,
  sentence: message,
});

/** Reads a client's `secrets`: what looks like a secret beside what is known by default. Throws ConfigurationFaults. */
export function readSecrets(secrets: unknown, setting: string): (name: string, value: string) => boolean {
  const { success, data, error } = secretPatterns.safeParse(secrets ?? {});
  if (!success) throw new ConfigurationFaults(error.issues.map((issue) => faultOf(setting, issue)));
  return secretsBy(data);
}
