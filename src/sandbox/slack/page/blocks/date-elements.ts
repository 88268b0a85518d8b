import type { Datepicker, DateTimepicker, Timepicker } from '@slack/types';
import { useState } from 'preact/hooks';
import { useDesk } from '../desk.js';
import { html } from '../html.js';
import { clockTime, instantOf, isoDay, placeOf } from '../text/dates.js';
import { described, type ElementProps, nameless } from './element.js';

type Changed = Event & { readonly currentTarget: HTMLInputElement };

export function DateElement({ element, control, ...setting }: ElementProps<Datepicker>) {
  const pick = (event: Changed): void =>
    control.set({ type: element.type, selected_date: event.currentTarget.value || null });
  return html`<input type="date" class="picker" ...${described(setting)} value=${control.value.selected_date ?? ''}
    aria-label=${nameless(setting, element.placeholder?.text ?? 'Date')} data-focus-first=${element.focus_on_load} onChange=${pick} />`;
}

export function TimeElement({ element, control, ...setting }: ElementProps<Timepicker>) {
  const zone = element.timezone === undefined ? {} : { timezone: element.timezone };
  const pick = (event: Changed): void =>
    control.set({ type: element.type, selected_time: event.currentTarget.value || null, ...zone });
  return html`<span class="picker-with-zone">
    <input type="time" class="picker" ...${described(setting)} value=${control.value.selected_time ?? ''}
      aria-label=${nameless(setting, element.placeholder?.text ?? 'Time')} data-focus-first=${element.focus_on_load} onChange=${pick} />
    ${element.timezone && html`<small>${placeOf(element.timezone)}</small>`}
  </span>`;
}

/** Day and time in the reader's zone; Slack sends the instant in Unix seconds. */
export function DateTimeElement({ element, control, ...setting }: ElementProps<DateTimepicker>) {
  const { zone } = useDesk().model.state.me;
  const held = control.value.selected_date_time;
  const known = typeof held === 'number' ? held * 1000 : undefined;
  const [day, setDay] = useState(known === undefined ? '' : isoDay(known, zone));
  const [time, setTime] = useState(known === undefined ? '' : clockTime(known, zone));
  const settle = (newDay: string, newTime: string): void => {
    setDay(newDay);
    setTime(newTime);
    const whole = newDay !== '' && newTime !== '';
    control.set({
      type: element.type,
      selected_date_time: whole ? instantOf(newDay, newTime, zone) / 1000 : null,
    });
  };
  const { id, ...attributes } = described(setting);
  return html`<span class="picker-with-zone" role="group" ...${attributes}>
    <input type="date" class="picker" id=${id} aria-label="Day" value=${day} data-focus-first=${element.focus_on_load}
      onChange=${(event: Changed) => settle(event.currentTarget.value, time)} />
    <input type="time" class="picker" aria-label="Time" value=${time}
      onChange=${(event: Changed) => settle(day, event.currentTarget.value)} />
    <small>${placeOf(zone)}</small>
  </span>`;
}
