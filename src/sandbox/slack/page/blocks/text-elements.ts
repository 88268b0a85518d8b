import type { EmailInput, NumberInput, PlainTextInput, URLInput } from '@slack/types';
import { html } from '../html.js';
import { described, type ElementProps, nameless } from './element.js';
import { useSurface } from './surface.js';

type TextInput = PlainTextInput | EmailInput | URLInput | NumberInput;
type Typed = Event & { readonly currentTarget: HTMLInputElement | HTMLTextAreaElement };

const TYPES = {
  plain_text_input: 'text',
  email_text_input: 'email',
  url_text_input: 'url',
  number_input: 'text',
} as const;

/** Everything one types into. With `dispatch` the bot is told on Enter or at each character, as the element asks. */
export function TextElement({ element, control, ...setting }: ElementProps<TextInput>) {
  const surface = useSurface();
  const triggers = element.dispatch_action_config?.trigger_actions_on ?? ['on_enter_pressed'];
  const asValue = (text: string) => ({ type: element.type, value: text === '' ? null : text });
  const tell = (text: string): void => void surface.act(setting.place, asValue(text));
  const type = (event: Typed): void => {
    const { value } = event.currentTarget;
    surface.enter(setting.place, asValue(value));
    if (setting.dispatch && triggers.includes('on_character_entered')) tell(value);
  };
  const enter = (event: KeyboardEvent & Typed): void => {
    if (
      event.key !== 'Enter' ||
      event.shiftKey ||
      !setting.dispatch ||
      !triggers.includes('on_enter_pressed')
    )
      return;
    event.preventDefault();
    tell(event.currentTarget.value);
  };
  const shared = {
    ...described(setting),
    'aria-label': nameless(setting, element.placeholder?.text ?? 'Text'),
    'data-focus-first': element.focus_on_load,
    class: 'typed',
    value: control.value.value ?? '',
    placeholder: element.placeholder?.text,
    maxlength: 'max_length' in element ? element.max_length : undefined,
    onInput: type,
    onKeyDown: enter,
  };
  if (element.type === 'plain_text_input' && element.multiline === true)
    return html`<textarea rows="4" ...${shared}></textarea>`;
  const inputmode = element.type === 'number_input' ? 'decimal' : undefined;
  return html`<input type=${TYPES[element.type]} inputmode=${inputmode} autocomplete="off" ...${shared} />`;
}
