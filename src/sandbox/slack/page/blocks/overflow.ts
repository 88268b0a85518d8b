import type { Overflow, PlainTextOption } from '@slack/types';
import { html } from '../html.js';
import { Icon } from '../icons.js';
import { Menu } from '../menu.js';
import { withEmoji } from '../text/emoji.js';
import type { ElementProps } from './element.js';

/** The menu for whatever has no button of its own. */
export function OverflowElement({ element, control }: ElementProps<Overflow>) {
  const choose = (option: PlainTextOption): void => {
    if (option.url !== undefined) window.open(option.url, '_blank', 'noopener');
    control.set({ type: 'overflow', selected_option: option });
  };
  const items = element.options.map((option) => ({
    label: withEmoji(option.text.text),
    detail: option.description?.text,
    choose: () => choose(option),
  }));
  return html`<${Menu} name="More actions" className="button square" busy=${control.busy} items=${items} face=${html`<${Icon} name="more" />`} />`;
}
