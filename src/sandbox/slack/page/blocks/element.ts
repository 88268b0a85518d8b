import type { ConfirmationDialog } from '@slack/types';
import { html } from '../html.js';
import { ButtonElement } from './button.js';
import { DateElement, DateTimeElement, TimeElement } from './date-elements.js';
import { FileElement } from './file-element.js';
import { MultiSelectElement } from './multi-select.js';
import { Checkboxes, RadioButtons } from './option-lists.js';
import { OverflowElement } from './overflow.js';
import { SelectElement } from './select.js';
import { isAt, type Surface, useSurface } from './surface.js';
import { TextElement } from './text-elements.js';
import { type Element, type Place, type Value, valueAt } from './values.js';

/** What an element is told by whatever it stands in. */
export interface Setting {
  readonly place: Place;
  /** The id that a label outside points to. */
  readonly id?: string;
  readonly labelledBy?: string;
  readonly describedBy?: string | undefined;
  readonly invalid?: boolean;
  readonly required?: boolean;
  /** Whether a choice is told to the bot at once. */
  readonly dispatch: boolean;
}

/** One element's own view of its surface. */
export interface Control {
  readonly value: Value;
  readonly busy: boolean;
  readonly set: (value: Value) => void;
}

export type ElementProps<Kind> = { readonly element: Kind; readonly control: Control } & Setting;

/** Attributes that a form control carries for people who listen. */
export const described = ({ id, labelledBy, describedBy, invalid = false, required = false }: Setting) => ({
  id,
  'aria-labelledby': labelledBy,
  'aria-describedby': describedBy,
  'aria-invalid': invalid ? 'true' : undefined,
  'aria-required': required ? 'true' : undefined,
});

/** The spoken name of an element that has no label beside it. */
export const nameless = ({ labelledBy, id }: Setting, name: string): string | undefined =>
  labelledBy === undefined && id === undefined ? name : undefined;

const questionOf = (element: Element): ConfirmationDialog | undefined =>
  'confirm' in element ? element.confirm : undefined;

function controlOf(surface: Surface, { place, dispatch }: Setting, element: Element): Control {
  return {
    value: valueAt(surface.values, place),
    busy: isAt(surface.working, place),
    set: (value) =>
      dispatch ? void surface.act(place, value, questionOf(element)) : surface.enter(place, value),
  };
}

/** Any element that Block Kit lets stand in a section, an actions block or an input. */
export function ElementView({ element, ...setting }: { readonly element: Element } & Setting) {
  const control = controlOf(useSurface(), setting, element);
  const Kind = kindOf(element);
  if (Kind === undefined) return html`<span class="unsupported">${element.type} cannot be shown here</span>`;
  return html`<${Kind} element=${element} control=${control} ...${setting} />`;
}

function kindOf(element: Element): unknown {
  switch (element.type) {
    case 'button':
    case 'workflow_button':
      return ButtonElement;
    case 'overflow':
      return OverflowElement;
    case 'image':
      return ImageAccessory;
    case 'static_select':
    case 'users_select':
    case 'conversations_select':
    case 'channels_select':
    case 'external_select':
      return SelectElement;
    case 'multi_static_select':
    case 'multi_users_select':
    case 'multi_conversations_select':
    case 'multi_channels_select':
    case 'multi_external_select':
      return MultiSelectElement;
    case 'datepicker':
      return DateElement;
    case 'timepicker':
      return TimeElement;
    case 'datetimepicker':
      return DateTimeElement;
    case 'radio_buttons':
      return RadioButtons;
    case 'checkboxes':
      return Checkboxes;
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
      return TextElement;
    case 'file_input':
      return FileElement;
    case 'rich_text_input':
      return undefined;
  }
}

const ImageAccessory = ({
  element,
}: {
  readonly element: { readonly image_url?: string; readonly alt_text: string };
}) => html`<img class="accessory-image" src=${element.image_url} alt=${element.alt_text} loading="lazy" />`;
