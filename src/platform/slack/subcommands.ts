import { Refusal } from '../../kernel/refusal.js';
import { cut, nearest } from '../../kernel/text.js';
import type { Answer, CommandRequest } from './app.js';
import { type Content, escaped, section } from './blocks.js';

/** One verb of a slash command. */
export interface Subcommand {
  /** What to type after the verb, as in `ACME-42 @dev what`. */
  readonly takes: string;
  readonly does: string;
  run(request: CommandRequest): Promise<Answer>;
}

export interface Verbs {
  readonly command: string;
  readonly about: string;
  readonly verbs: Readonly<Record<string, Subcommand>>;
  /** What it does without any word. */
  bare(request: CommandRequest): Promise<Answer>;
  /** Takes what does not begin with a verb; undefined when it cannot either. */
  otherwise?(request: CommandRequest): Promise<Answer> | undefined;
}

/** Handles a slash command by its first word; `help` and words nobody knows answer with what to type. */
export function subcommands(table: Verbs): (request: CommandRequest) => Promise<Answer> {
  return async (request) => {
    const [, word = '', rest = ''] = /^(\S*)\s*([\s\S]*)$/u.exec(request.text) ?? [];
    if (word === '') return table.bare(request);
    const verb = word.toLowerCase();
    if (verb === 'help' || verb === '?') return help(table);
    const found = Object.hasOwn(table.verbs, verb) ? table.verbs[verb] : undefined;
    if (found !== undefined) return found.run({ ...request, text: rest });
    const taken = table.otherwise?.(request);
    if (taken !== undefined) return taken;
    const meant = nearest(verb, [...Object.keys(table.verbs), 'help']);
    const hint =
      meant === undefined
        ? `${table.command} help shows what it can do.`
        : `Did you mean ${table.command} ${meant}?`;
    throw new Refusal('unreadable', `${table.command} does not know "${cut(word, 40)}". ${hint}`);
  };
}

/** The few lines of `help`. */
export function help({ command, about, verbs }: Verbs): Content {
  const lines = Object.entries(verbs).map(([verb, { takes, does }]) => ({
    typed: [command, verb, takes].filter(Boolean).join(' '),
    does,
  }));
  const shown = lines.map(({ typed, does }) => `\`${escaped(typed)}\`  ${escaped(does)}`).join('\n');
  return {
    text: [about, ...lines.map(({ typed, does }) => `${typed} : ${does}`)].join('\n'),
    // Slack takes no section without words.
    blocks: [section(`*${command}* · ${escaped(about)}`), ...(shown === '' ? [] : [section(shown)])],
  };
}

/** The first word of a text, and what follows it. */
export function headed(text: string): readonly [head: string, rest: string] {
  const [, head = '', rest = ''] = /^(\S*)\s*([\s\S]*)$/u.exec(text.trim()) ?? [];
  return [head, rest];
}

/** The user whom a text begins by naming (`<@U1|kim> the rest`), and the rest. */
export function addressed(text: string): readonly [user: string, rest: string] | undefined {
  const match = /^<@([UW][A-Z0-9]+)(?:\|[^>]*)?>\s*([\s\S]*)$/u.exec(text.trim());
  return match === null ? undefined : [match[1] ?? '', match[2] ?? ''];
}
