import { known } from '../databases/notes.js';
import { type Catalogue, filled, literal, quoted } from './catalogue.js';
import type { Cell } from './session.js';

/** Views as the server has normalised them, without the name of the database they are in. */
export async function askViews(catalogue: Catalogue): Promise<void> {
  const { ask, note, notes, sight, views, withoutDatabase, server } = catalogue;
  if (views.length === 0) return;
  await ask<
    [name: string, definition: string, check: string, definer: string, security: string, algorithm: Cell]
  >(
    `select table_name, view_definition, check_option, definer, security_type,
        ${server.isMariadb ? 'algorithm' : 'null'}
      from information_schema.views
      where table_schema = database() and table_name in (${views.map(literal).join(', ')})`,
    ([name, definition, check, definer, security, algorithm]) => {
      // Without the privilege the server gives an empty text.
      if (definition === '' && sight.views)
        notes.blind.push({ kind: 'view', name: [name], why: 'the server does not show its text' });
      const view = {
        definition: filled(definition && withoutDatabase(definition)),
        check: check === 'NONE' ? undefined : check,
        definer,
        security,
        algorithm,
      };
      note('view', [name], known(view));
    },
  );
}

type Routine = [
  name: string,
  type: string,
  returns: Cell,
  body: Cell,
  deterministic: string,
  access: string,
  security: string,
  mode: string,
  comment: string,
  definer: string,
];

/** Functions and procedures with what they take. */
export async function askRoutines({ ask, note, notes, sight }: Catalogue): Promise<void> {
  const parameters = new Map<string, string[]>();
  await ask<[type: string, name: string, mode: Cell, parameter: Cell, datatype: string]>(
    `select routine_type, specific_name, parameter_mode, parameter_name, dtd_identifier
      from information_schema.parameters where specific_schema = database() and ordinal_position > 0
      order by routine_type, specific_name, ordinal_position`,
    ([type, name, mode, parameter, datatype]) => {
      const key = `${type} ${name}`;
      const words = [type === 'FUNCTION' ? '' : (mode ?? ''), quoted(parameter ?? ''), datatype];
      parameters.set(key, [...(parameters.get(key) ?? []), words.filter(Boolean).join(' ')]);
    },
  );
  await ask<Routine>(
    `select routine_name, routine_type, dtd_identifier, routine_definition, is_deterministic, sql_data_access,
        security_type, sql_mode, routine_comment, definer
      from information_schema.routines where routine_schema = database()`,
    ([name, type, returns, body, deterministic, access, security, mode, comment, definer]) => {
      const kind = type.toLowerCase();
      if (body === null && sight.routines)
        notes.blind.push({ kind, name: [name], why: 'the server does not show its text' });
      const routine = {
        parameters: (parameters.get(`${type} ${name}`) ?? []).join(', '),
        returns: filled(returns),
        definition: body,
        deterministic: deterministic === 'YES',
        access,
        security,
        sqlMode: filled(mode),
        definer,
        comment: filled(comment),
      };
      note(kind, [name], known(routine));
    },
  );
}

/** Triggers of tables. */
export async function askTriggers({ ask, note, tables }: Catalogue): Promise<void> {
  type Trigger = [
    name: string,
    table: string,
    timing: string,
    event: string,
    order: string,
    body: string,
    definer: string,
    mode: string,
  ];
  const triggers: Trigger[] = [];
  await ask<Trigger>(
    `select trigger_name, event_object_table, action_timing, event_manipulation, action_order, action_statement, definer,
        sql_mode
      from information_schema.triggers where trigger_schema = database()`,
    (trigger) => triggers.push(trigger),
  );
  const before = new Map<string, string>();
  // By their numbers one trigger more would change all that come after it.
  for (const trigger of triggers.sort((one, other) => Number(one[4]) - Number(other[4]))) {
    const [name, table, timing, event, , body, definer, mode] = trigger;
    const moment = `${table}\0${timing} ${event}`;
    const follows = before.get(moment);
    before.set(moment, name);
    const props = { definition: `${timing} ${event} ${body}`, follows, definer, sqlMode: filled(mode) };
    note('trigger', [table, name], known(props), tables.get(table));
  }
}

type Event = [
  name: string,
  at: Cell,
  every: Cell,
  unit: Cell,
  starts: Cell,
  ends: Cell,
  status: string,
  completion: string,
  body: string,
  zone: string,
  definer: string,
  mode: string,
  comment: string,
];

/** What the server does by itself at certain times. */
export async function askEvents({ ask, note }: Catalogue): Promise<void> {
  await ask<Event>(
    `select event_name, execute_at, interval_value, interval_field, starts, ends, status, on_completion,
        event_definition, time_zone, definer, sql_mode, event_comment
      from information_schema.events where event_schema = database()`,
    ([name, at, every, unit, starts, ends, status, completion, body, zone, definer, mode, comment]) => {
      const event = {
        schedule: every === null ? `AT ${at}` : `EVERY ${every} ${unit}`,
        starts,
        ends,
        status,
        completion,
        definition: body,
        zone,
        definer,
        sqlMode: filled(mode),
        comment: filled(comment),
      };
      note('event', [name], known(event));
    },
  );
}
