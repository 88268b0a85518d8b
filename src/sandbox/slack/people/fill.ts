import type { Placed } from '../inputs.js';
import { type Json, textOf } from '../json.js';
import { channelNamed, type PersonRecord, type Records } from '../records.js';
import { fileShape } from '../shapes.js';
import type { Slack } from '../slack.js';
import { optionNamed } from './find.js';
import { type PickedFile, upload } from './talk.js';

/** What a person puts into an input: words, an option's label, several, files, or nothing. */
export type Filling = string | number | readonly string[] | PickedFile | readonly PickedFile[] | null;

function personId(records: Records, word: string): string {
  const name = word.replace(/^@/, '');
  const found = records.people.find(({ id, key, name: full }) => [id, key, full].includes(name));
  if (found === undefined) throw new Error(`There is nobody called "${word}" in the workspace.`);
  return found.id;
}

function channelId(records: Records, word: string): string {
  const found = channelNamed(records, word);
  if (found === undefined) throw new Error(`There is no channel "${word}" in the workspace.`);
  return found.id;
}

/** A filling in Slack's own shape for this element. */
export function valueFor(slack: Slack, person: PersonRecord, { element }: Placed, filling: Filling): unknown {
  const { records } = slack;
  const many = (Array.isArray(filling) ? filling : filling === null ? [] : [filling]) as readonly (
    | string
    | PickedFile
  )[];
  const names = many.map((one) => (typeof one === 'object' ? one.name : String(one)));
  const [first] = names;
  switch (textOf(element.type)) {
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
      return first === undefined ? null : optionNamed(element, first);
    case 'checkboxes':
    case 'multi_static_select':
    case 'multi_external_select':
      return names.map((name) => optionNamed(element, name));
    case 'users_select':
      return first === undefined ? null : personId(records, first);
    case 'multi_users_select':
      return names.map((name) => personId(records, name));
    case 'conversations_select':
    case 'channels_select':
      return first === undefined ? null : channelId(records, first);
    case 'multi_conversations_select':
    case 'multi_channels_select':
      return names.map((name) => channelId(records, name));
    case 'file_input':
      return many.map((one) => fileValue(slack, person, one));
    case 'datetimepicker':
      return first === undefined ? null : Number(first);
    case 'rich_text_input':
      return first === undefined ? null : richText(first);
    default:
      return first ?? null;
  }
}

function fileValue(slack: Slack, person: PersonRecord, picked: string | PickedFile): Json {
  if (typeof picked === 'string') throw new Error('A file input takes { name, content }.');
  return fileShape(slack, upload(slack, person, picked));
}

const richText = (text: string): Json => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }],
});
