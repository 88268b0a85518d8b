import type { State } from '../contract.js';
import { nameOf } from './state.js';

/** Something the composer offers to write. `replaces` says from where to the caret. */
export interface Suggestion {
  readonly label: string;
  readonly detail: string;
  readonly hint?: string;
  readonly text: string;
  readonly replaces: number;
}

export interface Completion {
  readonly suggestions: readonly Suggestion[];
  /** True where Enter takes the first suggestion: what stands there is not yet anything that could be sent. */
  readonly eager: boolean;
  /** How the command that is being typed goes on. */
  readonly usage?: string;
}

const NOTHING: Completion = { suggestions: [], eager: false };
const MOST = 8;

type Commands = State['commands'];

/** What could be meant by the text before the caret. */
export function complete(before: string, state: State, commandsToo: boolean): Completion {
  const mention = /(?:^|\s)([@#])([\p{L}\p{N}_.-]*)$/u.exec(before);
  if (mention !== null) return mentions(before, mention[1] ?? '', mention[2] ?? '', state);
  if (!commandsToo || !before.startsWith('/')) return NOTHING;
  return /\s/.test(before) ? words(before, state.commands) : commands(before, state.commands);
}

function commands(typed: string, known: Commands): Completion {
  const sought = typed.slice(1).toLowerCase();
  const fits = known.filter(({ command }) => command.slice(1).startsWith(sought));
  const suggestions = fits.slice(0, MOST).map(({ command, description, usageHint }) => ({
    label: command,
    detail: description,
    hint: usageHint,
    text: `${command} `,
    replaces: 0,
  }));
  const whole = fits.find(({ command }) => command === typed);
  return {
    suggestions,
    eager: whole === undefined,
    ...(whole === undefined ? {} : { usage: whole.usageHint }),
  };
}

/** The words that a usage hint such as `[client title] | list | show` offers behind the command. */
export function wordsOfHint(usageHint: string): readonly string[] {
  return usageHint
    .split('|')
    .map((part) => part.trim().split(/\s+/)[0] ?? '')
    .filter((word) => /^[a-z][a-z-]*$/i.test(word));
}

function words(typed: string, known: Commands): Completion {
  const [name = '', ...rest] = typed.split(/\s+/);
  const command = known.find((each) => each.command === name);
  if (command === undefined) return NOTHING;
  const usage = `${command.command} ${command.usageHint}`;
  if (rest.length !== 1) return { ...NOTHING, usage };
  const [sought = ''] = rest;
  const fits = wordsOfHint(command.usageHint).filter(
    (word) => word.startsWith(sought.toLowerCase()) && word !== sought,
  );
  const suggestions = fits.map((word) => ({
    label: `${command.command} ${word}`,
    detail: '',
    text: `${word} `,
    replaces: typed.length - sought.length,
  }));
  return { suggestions, eager: false, usage };
}

function mentions(before: string, sign: string, sought: string, state: State): Completion {
  const names =
    sign === '@'
      ? state.people.map(({ name, title }) => ({ label: `@${name}`, detail: title }))
      : state.channels
          .filter(({ kind }) => kind === 'channel')
          .map((channel) => ({ label: nameOf(state, channel), detail: channel.topic }));
  const suggestions = names
    .filter(({ label }) =>
      label
        .toLowerCase()
        .split(/[\s@#-]+/)
        .some((part) => part.startsWith(sought.toLowerCase())),
    )
    .slice(0, MOST)
    .map((name) => ({ ...name, text: `${name.label} `, replaces: before.length - sought.length - 1 }));
  return { suggestions, eager: true };
}
