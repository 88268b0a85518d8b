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
  const time = there.toFormat('HH:mm');
  const day = dayNames[there.weekday - 1];
  const inside = client.windows.some(
    ({ days, from, to }) => day !== undefined && days.includes(day) && time >= from && time < to,
  );
  if (client.windows.length > 0 && !inside) {
    const windows = client.windows.map(({ days, from, to }) => `${listed(days)} ${from} to ${to}`);
    said.push(
      `This is outside the usual windows of ${client.name} (${windows.join('; ')}, ${placeOf(client.zone)}).`,
    );
  }
  const holiday = holidayOn(there, client.holidays);
  if (holiday !== undefined) said.push(`${holiday} is a public holiday for ${client.name}.`);
  return said;
}

function holidayOn(there: DateTime, place: string | undefined): string | undefined {
  if (place === undefined) return undefined;
  const [country = '', state, region] = place.split('-');
  const calendar =
    state === undefined
      ? new Holidays(country)
      : region === undefined
        ? new Holidays(country, state)
        : new Holidays(country, state, region);
  const found = calendar.isHoliday(`${there.toFormat('yyyy-MM-dd')} 12:00:00`);
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
