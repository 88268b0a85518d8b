import { known } from '../databases/notes.js';
import { type Catalogue, filled, isNotPermitted, isSince, literal, quoted } from './catalogue.js';
import type { Cell } from './session.js';

/** The database's own defaults, and the server's version. */
export async function askDatabase({ ask, note, server }: Catalogue): Promise<void> {
  const comment = isSince(server, 10, 5) ? 'schema_comment' : 'null';
  await ask<[charset: string, collation: string, comment: Cell]>(
    `select default_character_set_name, default_collation_name, ${comment} from information_schema.schemata
      where schema_name = database()`,
    ([charset, collation, words]) => {
      const values = { version: server.version, charset, collation, comment: filled(words) };
      note('database', ['database'], known(values));
    },
  );
}

/** What is listed beside tables, and which of these are partitioned. */
interface Listed {
  readonly views: string[];
  readonly sequences: string[];
  readonly partitioned: string[];
}

/**
 * Asks for what stands in tables, a portion of them at a time. MariaDB opens each table for each question; of a portion they stay
 * open from one question to the next, and the application's own are not pushed out of the server's cache (2,000 by default).
 */
export async function askByTable(
  catalogue: Catalogue,
  questions: readonly ((catalogue: Catalogue, those: string) => Promise<void>)[],
): Promise<void> {
  const [sequences, partitioned]: [string[], string[]] = [[], []];
  for (const portion of catalogue.server.isMariadb ? portions : ['true']) {
    const before = catalogue.tables.size;
    const listed = await askTables(catalogue, portion);
    catalogue.views.push(...listed.views);
    sequences.push(...listed.sequences);
    partitioned.push(...listed.partitioned);
    if (catalogue.tables.size === before) continue;
    // Views would be opened with everything below them. Names are compared by their bytes: a table may be called Orders and a view orders.
    const others = [...listed.views, ...listed.sequences];
    const those =
      others.length === 0
        ? portion
        : `${portion} and cast(table_name as binary) not in (${others.map(literal).join(', ')})`;
    for (const ask of questions) await ask(catalogue, those);
  }
  await askSequences(catalogue, sequences);
  await askPartitions(catalogue, partitioned);
}

const portions = [0, 1, 2, 3].map((at) => `crc32(table_name) % 4 = ${at}`);

/** Tables, without what they have reached: the next automatic number is data. */
async function askTables(catalogue: Catalogue, portion: string): Promise<Listed> {
  const listed: Listed = { views: [], sequences: [], partitioned: [] };
  await catalogue.ask<
    [name: string, type: string, engine: Cell, collation: Cell, options: Cell, comment: Cell]
  >(
    `select table_name, table_type, engine, table_collation, create_options, table_comment
      from information_schema.tables where table_schema = database() and ${portion}`,
    ([name, type, engine, collation, options, comment]) => {
      if (type === 'SEQUENCE') return void listed.sequences.push(name);
      if (type.endsWith('VIEW')) return void listed.views.push(name);
      const { intern } = catalogue;
      // How it is partitioned is told with the partitions.
      const further = options?.replace(/(?:^| )partitioned\b/u, '').trim() ?? null;
      if (further !== options?.trim()) listed.partitioned.push(name);
      const table = {
        engine: intern(engine),
        collation: intern(collation),
        options: filled(further),
        versioned: type === 'SYSTEM VERSIONED' ? true : undefined,
        comment: filled(comment),
      };
      catalogue.tables.set(name, catalogue.note('table', [name], known(table)));
    },
  );
  return listed;
}

async function askSequences(catalogue: Catalogue, names: readonly string[]): Promise<void> {
  const { ask, note, notes, sequences } = catalogue;
  for (const name of names) sequences.set(name, { kind: 'sequence', name: [name] });
  if (names.length === 0) return;
  const selects = names.map(
    (name, at) =>
      `select ${at}, start_value, minimum_value, maximum_value, increment, cache_size, cycle_option from ${quoted(name)}`,
  );
  type Sequence = [
    at: string,
    start: string,
    least: string,
    most: string,
    increment: string,
    cache: string,
    cycle: string,
  ];
  try {
    await ask<Sequence>(selects.join(' union all '), ([at, start, least, most, increment, cache, cycle]) =>
      note('sequence', [names[Number(at)] ?? ''], {
        start,
        least,
        most,
        increment,
        cache,
        cycle: cycle === '1',
      }),
    );
  } catch (error) {
    if (!isNotPermitted(error)) throw error;
    notes.blind.push({ kind: 'sequence', name: [], why: 'the user may not read every sequence' });
  }
}

/** Partitions are asked for only where there are any: the question opens every table that it names. */
async function askPartitions(
  { ask, note, notes, tables }: Catalogue,
  names: readonly string[],
): Promise<void> {
  if (names.length === 0) return;
  const literals = names.map(literal);
  type Partition = [
    table: string,
    name: string,
    sub: Cell,
    by: string,
    subBy: Cell,
    values: Cell,
    comment: Cell,
  ];
  const partitionings = new Map<string, string>();
  await ask<Partition>(
    `select table_name, partition_name, subpartition_name, concat(partition_method, ' (', coalesce(partition_expression, ''), ')'),
        concat(subpartition_method, ' (', subpartition_expression, ')'), partition_description, nullif(partition_comment, '')
      from information_schema.partitions
      where table_schema = database() and partition_name is not null and table_name in (${literals.join(', ')})`,
    ([table, name, sub, by, subBy, values, comment]) => {
      partitionings.set(table, subBy === null ? by : `${by} SUBPARTITION BY ${subBy}`);
      const path = [table, name, ...(sub === null ? [] : [sub])];
      note('partition', path, known({ by: by.replace(/ .*/su, ''), values, comment }), tables.get(table));
    },
  );
  for (const [at, thing] of notes.things.entries()) {
    const partitionBy = thing.kind === 'table' ? partitionings.get(thing.name[0] ?? '') : undefined;
    if (partitionBy !== undefined) notes.things[at] = { ...thing, props: { ...thing.props, partitionBy } };
  }
}
