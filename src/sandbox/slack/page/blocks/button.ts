import type { Button, WorkflowButton } from '@slack/types';
import { classes, html } from '../html.js';
import { withEmoji } from '../text/emoji.js';
import type { ElementProps } from './element.js';

/** A button; while its click is under way it says so and takes no second one. */
export function ButtonElement({ element, control }: ElementProps<Button | WorkflowButton>) {
  const value = 'value' in element && element.value !== undefined ? { value: element.value } : {};
  const press = (): void => control.set({ type: element.type, text: element.text, ...value });
  const look = classes('button', element.style, control.busy && 'working');
  const face = html`<span>${withEmoji(element.text.text)}</span>`;
  const spoken = element.accessibility_label;
  if ('url' in element && element.url !== undefined) {
    return html`<a class=${look} href=${element.url} target="_blank" rel="noopener noreferrer" aria-label=${spoken} onClick=${press}>${face}</a>`;
  }
  return html`<button type="button" class=${look} aria-label=${spoken} aria-busy=${control.busy} onClick=${press}>${face}</button>`;
}
