import { DateTime, IANAZone } from 'luxon';

/** A moment in UTC as ISO 8601 with milliseconds and `Z`: sorts as text. */
export type Instant = string;

/** What people agree on: a time on the wall, and the IANA zone of that wall. */
export interface WallTime {
  /** `2026-03-03T18:00`, without offset; seconds only where somebody asked for them. */
  readonly local: string;
  readonly zone: string;
}

/** The moment at which that wall shows that time. In the gap of a spring-forward night it is the moment after. */
export function instantOf(wall: WallTime): Instant {
  const at = DateTime.fromISO(wall.local, { zone: wall.zone });
  if (!at.isValid) throw new RangeError(`not a wall time: ${wall.local} ${wall.zone}`);
  return at.toUTC().toISO();
}

/** That moment as the wall of a zone shows it; milliseconds are dropped. */
export function wallOf(instant: Instant, zone: string): WallTime {
  const at = DateTime.fromISO(instant, { zone });
  const format = at.second === 0 ? "yyyy-MM-dd'T'HH:mm" : "yyyy-MM-dd'T'HH:mm:ss";
  return { local: at.toFormat(format), zone };
}

/** The moment some milliseconds later (earlier, when negative). */
export function later(instant: Instant, milliseconds: number): Instant {
  return DateTime.fromISO(instant, { zone: 'utc' }).plus(milliseconds).toISO() ?? instant;
}

/** Milliseconds from one moment to another; negative when `to` is earlier. */
export function between(from: Instant, to: Instant): number {
  return Date.parse(to) - Date.parse(from);
}

/** Whichever of the two comes first. */
export function earlier(one: Instant, other: Instant): Instant {
  return between(one, other) >= 0 ? one : other;
}

/** Whether the moment has come. */
export function isDue(instant: Instant, now: Instant): boolean {
  return between(instant, now) >= 0;
}

/** The last part of a zone in words: `Australia/Melbourne` gives `Melbourne`, `UTC` stays. */
export function placeOf(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}

/** Whether this name is an IANA zone that this machine knows. */
export function isZone(zone: string): boolean {
  return IANAZone.isValidZone(zone);
}

const day = (at: DateTime): string => at.toFormat('ccc d LLL', { locale: 'en-GB' });
const clockFace = (at: DateTime): string => at.toFormat(at.second === 0 ? 'HH:mm' : 'HH:mm:ss');

/** `Tue 3 Mar, 18:00 Melbourne (07:00 London)`; the day is repeated where it differs, the second zone left out where it is the same. */
export function inZones(instant: Instant, zone: string, other: string): string {
  const here = DateTime.fromISO(instant, { zone });
  const there = DateTime.fromISO(instant, { zone: other });
  const first = `${day(here)}, ${clockFace(here)} ${placeOf(zone)}`;
  if (placeOf(zone) === placeOf(other)) return first;
  const second = day(here) === day(there) ? clockFace(there) : `${day(there)}, ${clockFace(there)}`;
  return `${first} (${second} ${placeOf(other)})`;
}

/** `Tue 3 Mar, 18:00 Melbourne`. */
export function inZone(instant: Instant, zone: string): string {
  return inZones(instant, zone, zone);
}

/** `14:02`, or with the day when it is not `now`'s day. */
export function shortTime(instant: Instant, now: Instant, zone: string): string {
  const at = DateTime.fromISO(instant, { zone });
  const time = at.toFormat('HH:mm');
  return at.hasSame(DateTime.fromISO(now, { zone }), 'day') ? time : `${day(at)} ${time}`;
}

/** `in 2 days`, `3 minutes ago`, `now`. */
export function relative(instant: Instant, now: Instant): string {
  if (Math.abs(between(instant, now)) < 1000) return 'now';
  return (
    DateTime.fromISO(instant, { zone: 'utc' }).toRelative({
      base: DateTime.fromISO(now, { zone: 'utc' }),
      locale: 'en-GB',
    }) ?? ''
  );
}

/** `1 min 12 s`, `2 h 5 min`, `8 s`. */
export function lasting(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  if (hours > 0) return minutes > 0 ? `${hours} h ${minutes} min` : `${hours} h`;
  return minutes > 0 ? `${minutes} min${seconds % 60 > 0 ? ` ${seconds % 60} s` : ''}` : `${seconds} s`;
}
