/**
 * Instants as a person in a zone reads them. Everything takes the zone and, where it matters, the present as
 * arguments, so that the same call always gives the same words. Hours are shown on a 24 hour clock.
 */
export interface WallTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly weekday: string;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterFor(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    weekday: 'long',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  formatters.set(zone, made);
  return made;
}

/** What the clock on the wall says at an instant (milliseconds) in a zone. */
export function wallTime(milliseconds: number, zone: string): WallTime {
  const parts = new Map(
    formatterFor(zone)
      .formatToParts(milliseconds)
      .map(({ type, value }) => [type, value]),
  );
  const number = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.get(type));
  return {
    year: number('year'),
    month: number('month'),
    day: number('day'),
    hour: number('hour'),
    minute: number('minute'),
    second: number('second'),
    weekday: parts.get('weekday') ?? '',
  };
}

/** The instant in milliseconds at which a zone's clocks show this. In the gap of a clock change, the time after it. */
export function instantOf(date: string, time: string, zone: string): number {
  const asUtc = Date.parse(`${date}T${time}:00Z`);
  const offsetAt = (instant: number): number => {
    const { year, month, day, hour, minute, second } = wallTime(instant, zone);
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000;
  };
  const guess = asUtc - offsetAt(asUtc);
  return asUtc - offsetAt(guess);
}

const two = (value: number): string => String(value).padStart(2, '0');

/** `2026-03-03`, as date inputs want it. */
export function isoDay(milliseconds: number, zone: string): string {
  const { year, month, day } = wallTime(milliseconds, zone);
  return `${year}-${two(month)}-${two(day)}`;
}

/** `18:05`. */
export function clockTime(milliseconds: number, zone: string): string {
  const { hour, minute } = wallTime(milliseconds, zone);
  return `${two(hour)}:${two(minute)}`;
}

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);
const DAY = 86_400_000;
const HALF_A_YEAR = 183 * DAY;

/** How many midnights lie between two instants, as a zone counts them. */
export const daysBetween = (from: number, to: number, zone: string): number =>
  Math.round((Date.parse(isoDay(to, zone)) - Date.parse(isoDay(from, zone))) / DAY);

function relativeDay(milliseconds: number, zone: string, now: number): string | undefined {
  const names = new Map([
    [-1, 'Yesterday'],
    [0, 'Today'],
    [1, 'Tomorrow'],
  ]);
  return names.get(daysBetween(now, milliseconds, zone));
}

function ordinal(day: number): string {
  if (day >= 11 && day <= 13) return `${day}th`;
  return `${day}${['th', 'st', 'nd', 'rd'][day % 10] ?? 'th'}`;
}

function ago(milliseconds: number, now: number): string {
  const minutes = Math.round(Math.abs(now - milliseconds) / 60_000);
  const [count, unit] =
    minutes < 60
      ? [minutes, 'minute']
      : minutes < 48 * 60
        ? [Math.round(minutes / 60), 'hour']
        : [Math.round(minutes / 1440), 'day'];
  const amount = `${count} ${unit}${count === 1 ? '' : 's'}`;
  if (minutes === 0) return 'just now';
  return milliseconds > now ? `in ${amount}` : `${amount} ago`;
}

/**
 * Slack's `<!date^…>` format in the reader's zone. The year is left out of `{date}` and `{date_long}` within
 * half a year, as Slack documents it. `seconds` is a Unix time.
 */
export function formatSlackDate(format: string, seconds: number, zone: string, now: number): string {
  const instant = seconds * 1000;
  const { year, month, day, second, weekday } = wallTime(instant, zone);
  const name = MONTHS[month - 1] ?? '';
  const withYear = Math.abs(instant - now) > HALF_A_YEAR ? `, ${year}` : '';
  const relative = relativeDay(instant, zone, now);
  const plain: Readonly<Record<string, string>> = {
    date_num: `${year}-${two(month)}-${two(day)}`,
    date_slash: `${two(month)}/${two(day)}/${year}`,
    date: `${name} ${ordinal(day)}${withYear}`,
    date_short: `${name.slice(0, 3)} ${day}, ${year}`,
    date_long: `${weekday}, ${name} ${ordinal(day)}${withYear}`,
    time: clockTime(instant, zone),
    time_secs: `${clockTime(instant, zone)}:${two(second)}`,
    ago: ago(instant, now),
  };
  return format.replace(/\{(\w+)\}/g, (written, token: string) => {
    const base = plain[token.replace(/_pretty$/, '').replace(/^day_divider$/, 'date_long')];
    if (base === undefined) return written;
    return token.endsWith('_pretty') ? (relative ?? base) : base;
  });
}

/** The heading above a day's messages: `Today`, `Yesterday`, `Tuesday, 3 March`. */
export function dayHeading(milliseconds: number, zone: string, now: number): string {
  const { year, month, day, weekday } = wallTime(milliseconds, zone);
  const thisYear = wallTime(now, zone).year;
  return (
    relativeDay(milliseconds, zone, now) ??
    `${weekday}, ${day} ${MONTHS[month - 1]}${year === thisYear ? '' : ` ${year}`}`
  );
}

/** A message's ts in milliseconds. */
export const instantOfTs = (ts: string): number => Number(ts) * 1000;

/** `Melbourne` for `Australia/Melbourne`. */
export const placeOf = (zone: string): string => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');

/** `1 day 2 hours`, `10 minutes`: a span in the two largest units that it fills. */
export function spanInWords(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  const parts: [number, string][] = [
    [Math.floor(minutes / 1440), 'day'],
    [Math.floor((minutes % 1440) / 60), 'hour'],
    [minutes % 60, 'minute'],
  ];
  const said = parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}${count === 1 ? '' : 's'}`);
  return said.slice(0, 2).join(' ') || '0 minutes';
}
