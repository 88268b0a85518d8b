import type {
  ActionsBlock,
  Button,
  Checkboxes,
  ConfirmationDialog,
  ContextBlock,
  HeaderBlock,
  InputBlock,
  KnownBlock,
  Overflow,
  PlainTextElement,
  PlainTextInput,
  PlainTextOption,
  SectionBlock,
  StaticSelect,
  View,
} from '@slack/types';
import type { Instant } from '../../kernel/instants.js';
import { inZone } from '../../kernel/instants.js';
import { cut } from '../../kernel/text.js';

/**
 * What a message says: `text` alone must say everything that matters, because screen readers and notifications read only
 * that. It is plain words; whoever sends it escapes it.
 */
export interface Content {
  readonly text: string;
  readonly blocks?: readonly KnownBlock[];
}

/** Escapes the three characters that Slack gives meaning to; whoever wants `<!channel>` in a title gets it as text. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Words as the `text` of a message, escaped and short enough to be edited later: chat.update takes at most 4,000 characters. */
export function asText(words: string): string {
  return cut(escaped(words), 3_900);
}

/** What somebody typed, before Slack escaped it. Whatever shows it again escapes it again. */
export function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

export function plain(text: string, most = 3_000): PlainTextElement {
  return { type: 'plain_text', text: cut(text, most), emoji: true };
}

/** A section of mrkdwn. Words of people in it must have gone through `escaped`; it is verbatim, so that nothing links by itself. */
export function section(text: string, accessory?: SectionBlock['accessory']): SectionBlock {
  return {
    type: 'section',
    text: { type: 'mrkdwn', text: cut(text, 3_000), verbatim: true },
    ...(accessory === undefined ? {} : { accessory }),
  };
}

export function fields(pairs: readonly (readonly [label: string, value: string])[]): SectionBlock {
  return {
    type: 'section',
    fields: pairs.slice(0, 10).map(([label, value]) => ({
      type: 'mrkdwn',
      text: cut(`*${label}*\n${value}`, 2_000),
      verbatim: true,
    })),
  };
}

export function header(text: string): HeaderBlock {
  return { type: 'header', text: plain(text, 150) };
}

export function context(...texts: string[]): ContextBlock {
  return {
    type: 'context',
    elements: texts.slice(0, 10).map((text) => ({ type: 'mrkdwn', text: cut(text, 2_000), verbatim: true })),
  };
}

export const divider: KnownBlock = { type: 'divider' };

export interface Press {
  readonly label: string;
  readonly action: string;
  readonly value: string;
  readonly style?: 'primary' | 'danger';
  /** Asked before it counts; the text says what will happen. */
  readonly confirm?: { readonly title: string; readonly text: string; readonly yes: string };
}

export function button({ label, action, value, style, confirm }: Press): Button {
  return {
    type: 'button',
    text: plain(label, 75),
    action_id: action,
    value,
    ...(style === undefined ? {} : { style }),
    ...(confirm === undefined ? {} : { confirm: question(confirm, style) }),
  };
}

function question(asked: NonNullable<Press['confirm']>, style: Press['style']): ConfirmationDialog {
  return {
    title: plain(asked.title, 100),
    text: plain(asked.text, 300),
    confirm: plain(asked.yes, 30),
    deny: plain('Not now', 30),
    ...(style === undefined ? {} : { style }),
  };
}

/** A menu of further verbs: each option's value is `action|value`, and the app hands it on as a press of that action. */
export function overflow(
  id: string,
  options: readonly Pick<Press, 'label' | 'action' | 'value'>[],
): Overflow {
  return {
    type: 'overflow',
    action_id: `more.${id}`,
    options: options
      .slice(0, 5)
      .map(({ label, action, value }) => ({ text: plain(label, 75), value: `${action}|${value}` })),
  };
}

/** A row of buttons. Slack wants their action ids to differ, so a repeated one gets `#2`, which the app takes off again. */
export function actions(id: string, elements: readonly (Button | Overflow | StaticSelect)[]): ActionsBlock {
  const distinct = elements.map((element, at) => {
    const before = elements.slice(0, at).filter(({ action_id }) => action_id === element.action_id).length;
    return before === 0 ? element : { ...element, action_id: `${element.action_id}#${before + 1}` };
  });
  return { type: 'actions', block_id: id, elements: distinct };
}

/** `text` as an input named `name`; what was typed comes back under that name. */
export function textInput(
  name: string,
  label: string,
  more: {
    multiline?: boolean;
    optional?: boolean;
    initial?: string;
    hint?: string;
    placeholder?: string;
    most?: number;
  } = {},
): InputBlock {
  const element: PlainTextInput = {
    type: 'plain_text_input',
    action_id: name,
    multiline: more.multiline ?? false,
    max_length: more.most ?? 3_000,
    ...(more.initial === undefined || more.initial === '' ? {} : { initial_value: more.initial }),
    ...(more.placeholder === undefined ? {} : { placeholder: plain(more.placeholder, 150) }),
  };
  return input(name, label, element, more);
}

export function input(
  name: string,
  label: string,
  element: InputBlock['element'],
  more: { optional?: boolean; hint?: string } = {},
): InputBlock {
  return {
    type: 'input',
    block_id: name,
    label: plain(label, 2_000),
    element,
    optional: more.optional ?? false,
    ...(more.hint === undefined ? {} : { hint: plain(more.hint, 2_000) }),
  };
}

export function option(label: string, value: string, description?: string): PlainTextOption {
  return {
    text: plain(label, 75),
    value,
    ...(description === undefined ? {} : { description: plain(description, 75) }),
  };
}

export function select(name: string, options: readonly PlainTextOption[], initial?: string): StaticSelect {
  const chosen = options.find(({ value }) => value === initial);
  return {
    type: 'static_select',
    action_id: name,
    options: options.slice(0, 100),
    ...(chosen === undefined ? {} : { initial_option: chosen }),
  };
}

export function ticks(
  name: string,
  options: readonly PlainTextOption[],
  ticked: readonly string[] = [],
): Checkboxes {
  const initial = options.filter(({ value }) => value !== undefined && ticked.includes(value));
  return {
    type: 'checkboxes',
    action_id: name,
    options: options.slice(0, 10),
    ...(initial.length === 0 ? {} : { initial_options: initial }),
  };
}

/** A modal. `keeps` travels with it and comes back at its submission: ids only, never secrets. */
export function modal(
  callback: string,
  title: string,
  blocks: readonly KnownBlock[],
  more: { submit?: string; close?: string; keeps?: Readonly<Record<string, string>> } = {},
): View {
  return {
    type: 'modal',
    callback_id: callback,
    title: plain(title, 24),
    close: plain(more.close ?? 'Cancel', 24),
    ...(more.submit === undefined ? {} : { submit: plain(more.submit, 24) }),
    private_metadata: JSON.stringify(more.keeps ?? {}),
    blocks: blocks.slice(0, 100),
  };
}

/** The moment in each reader's own zone; where Slack cannot, in words with the named zone. */
export function moment(instant: Instant, zone: string): string {
  const fallback = inZone(instant, zone).replaceAll('|', ' ').replaceAll('>', ' ');
  return `<!date^${Math.floor(Date.parse(instant) / 1000)}^{date_short_pretty}, {time}|${fallback}>`;
}
