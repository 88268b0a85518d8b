import Holidays from 'date-holidays';
import { DateTime } from 'luxon';
import { between, type Instant, inZones, placeOf } from '../../kernel/instants.js';
import { Refusal } from '../../kernel/refusal.js';
import { listed } from '../../kernel/text.js';
import type { Client } from '../../people/people.js';
import { agreedDate, type Release } from '../release/index.js';

const dayNames = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const hour = 3_600_000;

/** What speaks against a date without forbidding it: outside the client's windows, a public holiday. A sentence each. */
export function concerns(instant: Instant, client: Client): string[] {
  const there = DateTime.fromISO(instant, { zone: client.zone });
  const said: string[] = [];
  const inside = client.windows.some((window) => isInside(there, window));
  if (client.windows.length > 0 && !inside) {
    const windows = client.windows.map(
      ({ days, from, to }) =>
        `${listed(days.map((name) => `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`))} ${from} to ${to}`,
    );
    said.push(
      `This is outside the usual windows of ${client.name} (${windows.join('; ')}, ${placeOf(client.zone)}).`,
    );
  }
  const holiday = holidayOn(there, client);
  if (holiday !== undefined) said.push(`${holiday} is a public holiday for ${client.name}.`);
  return said;
}

/** A window that ends earlier than it begins goes on past midnight; its days are those on which it begins. */
function isInside(there: DateTime, { days, from, to }: Client['windows'][number]): boolean {
  const time = there.toFormat('HH:mm');
  const on = (day: DateTime): boolean => days.some((name) => dayNames[day.weekday - 1] === name);
  if (from < to) return on(there) && time >= from && time < to;
  return (on(there) && time >= from) || (on(there.minus({ days: 1 })) && time < to);
}

function holidayOn(there: DateTime, client: Client): string | undefined {
  if (client.holidays === undefined) return undefined;
  const [country = '', state, region] = client.holidays.split('-');
  const calendar =
    state === undefined
      ? new Holidays(country)
      : region === undefined
        ? new Holidays(country, state)
        : new Holidays(country, state, region);
  // Asked for noon of that day where the holiday is kept: a text would be read in the zone of this machine.
  const [zone = client.zone] = calendar.getTimezones() ?? [];
  const found = calendar.isHoliday(there.set({ hour: 12 }).setZone(zone, { keepLocalTime: true }).toJSDate());
  return found === false ? undefined : found.find(({ type }) => type === 'public' || type === 'bank')?.name;
}

/** Refuses a date within two hours of another agreed release of the same client: their verification would overlap. */
export function mustNotClash(
  instant: Instant,
  release: string,
  others: readonly Release[],
  zones: readonly [string, string],
): void {
  for (const other of others) {
    const date = agreedDate(other);
    if (other.id === release || date === undefined || Math.abs(between(instant, date.instant)) >= 2 * hour)
      continue;
    throw new Refusal(
      'date-unusable',
      `${other.id} is agreed for ${inZones(date.instant, ...zones)}; two releases need two hours between them. Please take another time.`,
      { field: 'date' },
    );
  }
}
