import * as chrono from 'chrono-node';
import { DateTime } from 'luxon';
import { type Instant, instantOf, inZone, type WallTime, wallOf } from '../../kernel/instants.js';
import { Refusal } from '../../kernel/refusal.js';
import { cut } from '../../kernel/text.js';

const example = 'Write for example "next tuesday 6pm", "3 March 18:00" or "in 2 hours".';

/** Reads a date as people write it, as the wall in `zone` would show it. Refuses what is no date, lacks the time of day, or holds further words. */
export function readDate(typed: string, zone: string, now: Instant): WallTime {
  const here = DateTime.fromISO(now, { zone });
  const reference = { instant: here.toJSDate(), timezone: here.offset };
  const results = chrono.parse(typed, reference, { forwardDate: true });
  const [found] = results;
  if (found === undefined || results.length > 1 || found.end !== null) throw unreadable(typed);
  mustBeOneDay(typed);
  const { start } = found;
  if (!start.isCertain('hour'))
    throw new Refusal('unreadable', `At what time on that day? ${example}`, { field: 'date' });
  const rest = `${typed.slice(0, found.index)} ${typed.slice(found.index + found.text.length)}`
    .replace(/\s+/gu, ' ')
    .trim();
  if (/[\p{L}\p{N}]/u.test(rest.replace(/\b(at|on|the|by)\b/giu, ''))) {
    const read = inZone(instantOf(wallIn(start, zone, typed)), zone);
    throw new Refusal(
      'unreadable',
      `I read ${read}, but not "${cut(rest, 60)}". Please write only the date; the form of /release propose has room for words.`,
      { field: 'date' },
    );
  }
  return wallIn(start, zone, typed);
}

// Half of the world reads 10/3 as 10 March, the other half as 3 October; between two sides that is no date.
function mustBeOneDay(typed: string): void {
  const [, one, other] = /(?<![\d/])(\d{1,2})\/(\d{1,2})(?!\d)/u.exec(typed) ?? [];
  if (one === undefined || Number(one) === Number(other) || Math.max(Number(one), Number(other)) > 12) return;
  throw new Refusal('unreadable', `${one}/${other} can be two days. Please write the month as a word.`, {
    field: 'date',
  });
}

function unreadable(typed: string): Refusal {
  const heard = typed.trim() === '' ? 'When?' : `"${cut(typed.trim(), 60)}" is not a date I can read.`;
  return new Refusal('unreadable', `${heard} ${example}`, { field: 'date' });
}

function wallIn(start: chrono.ParsedComponents, zone: string, typed: string): WallTime {
  const exact = /\bsec|\d:\d\d:\d\d/iu.test(typed);
  // "6pm UTC" and "in 2 hours" are moments, whatever the clocks do until then; the rest is what the wall shows.
  if (start.isCertain('timezoneOffset')) {
    const moment = DateTime.fromJSDate(start.date(), { zone: 'utc' });
    return wallOf((exact ? moment : moment.startOf('minute')).toISO() ?? '', zone);
  }
  const part = (name: chrono.Component): number => start.get(name) ?? 0;
  const second = exact ? part('second') : 0;
  const [year, month, day, hour, minute] = [
    part('year'),
    part('month'),
    part('day'),
    part('hour'),
    part('minute'),
  ];
  return existing(
    DateTime.fromObject({ year, month, day, hour, minute, second }, { zone }),
    hour,
    minute,
    zone,
  );
}

/** The wall as given by pickers. */
export function pickedDate(date: string, time: string, zone: string): WallTime {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return existing(DateTime.fromISO(`${date}T${time}`, { zone }), hour, minute, zone);
}

// In the night the clocks go forward an hour is missing; nobody can agree to meet in it.
function existing(at: DateTime, hour: number, minute: number, zone: string): WallTime {
  if (!at.isValid) throw unreadable('');
  if (at.hour !== hour || at.minute !== minute) {
    throw new Refusal(
      'date-unusable',
      `The clocks go forward that night, so this time does not exist there. Please take ${at.toFormat('HH:mm')} or another one.`,
      { field: 'date' },
    );
  }
  return wallOf(at.toUTC().toISO() ?? '', zone);
}
