import type { MultiSelect, Select } from '@slack/types';
import type { State } from '../../contract.js';
import { nameOf } from '../state.js';
import { withEmoji } from '../text/emoji.js';
import type { Value } from './values.js';

/** One thing to pick, whatever kind of select it stands in. `chosen` is what Slack sends for it. */
export interface Choice {
  readonly key: string;
  readonly label: string;
  readonly detail?: string | undefined;
  readonly chosen: unknown;
}

export interface ChoiceGroup {
  readonly label?: string;
  readonly choices: readonly Choice[];
}

interface Option {
  readonly text: { readonly text: string };
  readonly value?: string;
  readonly description?: { readonly text: string };
}

const ofOption = (option: Option): Choice => ({
  key: option.value ?? option.text.text,
  label: withEmoji(option.text.text),
  detail: option.description?.text,
  chosen: option,
});

const people = (state: State): readonly Choice[] =>
  state.people
    .filter((person) => !person.bot)
    .map(({ id, name, external, teamName }) => ({
      key: id,
      label: external ? `${name} (${teamName})` : name,
      chosen: id,
    }));

const channels = (state: State, kinds: readonly string[]): readonly Choice[] =>
  state.channels
    .filter(({ kind }) => kinds.includes(kind))
    .map((channel) => ({ key: channel.id, label: nameOf(state, channel), chosen: channel.id }));

/** What a select offers; undefined for external selects, whose options only the bot knows. */
export function choicesOf(element: Select | MultiSelect, state: State): readonly ChoiceGroup[] | undefined {
  switch (element.type) {
    case 'static_select':
    case 'multi_static_select':
      return [
        ...(element.options === undefined ? [] : [{ choices: element.options.map(ofOption) }]),
        ...(element.option_groups ?? []).map(({ label, options }) => ({
          label: label.text,
          choices: options.map(ofOption),
        })),
      ];
    case 'users_select':
    case 'multi_users_select':
      return [{ choices: people(state) }];
    case 'conversations_select':
    case 'multi_conversations_select':
      return [{ choices: channels(state, ['channel', 'im']) }];
    case 'channels_select':
    case 'multi_channels_select':
      return [{ choices: channels(state, ['channel']) }];
    case 'external_select':
    case 'multi_external_select':
      return undefined;
  }
}

/** The name under which Slack sends what was picked. */
const FIELDS: Readonly<Record<string, string>> = {
  static_select: 'selected_option',
  external_select: 'selected_option',
  users_select: 'selected_user',
  conversations_select: 'selected_conversation',
  channels_select: 'selected_channel',
  multi_static_select: 'selected_options',
  multi_external_select: 'selected_options',
  multi_users_select: 'selected_users',
  multi_conversations_select: 'selected_conversations',
  multi_channels_select: 'selected_channels',
};

export const fieldOf = (type: string): string => FIELDS[type] ?? 'selected_option';

/** The keys of what a select's value holds now. */
export function keysOf(type: string, value: Value): readonly string[] {
  const held = [value[fieldOf(type)] ?? []].flat();
  return held.map((each) => (typeof each === 'string' ? each : ofOption(each as Option).key));
}
