import Holidays from 'date-holidays';
import ms from 'ms';
import { z } from 'zod';
import { isZone } from '../kernel/instants.js';

/** `10 minutes`, `2h`, `1 day`: given as milliseconds. */
export const duration = z.string().transform((text, context): number => {
  // Without a unit it would be milliseconds, which nobody means.
  const length = /[a-z]/iu.test(text) ? (ms(text as ms.StringValue) as number | undefined) : undefined;
  if (length !== undefined && length > 0) return length;
  context.addIssue({
    code: 'custom',
    message: `"${text}" is not a length of time; write for example "10 minutes"`,
  });
  return z.NEVER;
});

export const zone = z.string().refine(isZone, 'is not an IANA time zone; write for example Europe/London');
export const user = z.string().regex(/^[UW][A-Z0-9]+$/u, 'is not a Slack user id (U…)');
export const team = z.string().regex(/^[TE][A-Z0-9]+$/u, 'is not a Slack team id (T…)');
export const channel = z.string().regex(/^[CG][A-Z0-9]+$/u, 'is not a Slack channel id (C…)');
export const clockFace = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/u, 'is not a time of day like 17:00');
export const environmentName = z.string().regex(/^[a-z][a-z0-9-]{0,30}$/u, 'must be a short lower-case name');

export const holidayPlace = z.string().refine((place) => {
  const [country = '', state, region] = place.split('-');
  const known = new Holidays();
  if (!Object.hasOwn(known.getCountries(), country)) return false;
  if (state === undefined) return true;
  if (!Object.hasOwn(known.getStates(country) ?? {}, state)) return false;
  return region === undefined || Object.hasOwn(known.getRegions(country, state) ?? {}, region);
}, 'is not a place whose holidays are known; write for example GB, AU-VIC or DE-BY');
