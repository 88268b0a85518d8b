import { Refusal } from './refusal.js';

/** `ACME-42`, however it was typed: any case, with a `#`, or only `42` where the channel tells the client. Undefined when it is no such thing. */
export function incidentReference(typed: string, client: string | undefined): string | undefined {
  return reference(typed, client, /^(?:([a-z][a-z0-9]{1,11})-)?(\d{1,7})$/iu, '');
}

/** `ACME-R7`, however it was typed: any case, or only `r7` where the channel tells the client. */
export function releaseReference(typed: string, client: string | undefined): string | undefined {
  return reference(typed, client, /^(?:([a-z][a-z0-9]{1,11})-)?r(\d{1,7})$/iu, 'R');
}

function reference(
  typed: string,
  client: string | undefined,
  shape: RegExp,
  letter: string,
): string | undefined {
  const match = shape.exec(typed.replace(/^#/u, '').replace(/[,;.]$/u, ''));
  const key = match?.[1] ?? client;
  if (match === null || key === undefined) return undefined;
  return `${key.toUpperCase()}-${letter}${Number(match[2])}`;
}

/** The client key in an id: `ACME-R7` gives `acme`. */
export function clientOf(id: string): string {
  return id.slice(0, id.indexOf('-')).toLowerCase();
}

/** Like incidentReference, but refuses what cannot be read. */
export function incidentId(typed: string, client: string | undefined): string {
  const id = incidentReference(typed, client);
  if (id !== undefined) return id;
  const heard = typed === '' ? 'Which incident?' : `"${typed}" is not the number of an incident.`;
  throw new Refusal(
    'unreadable',
    `${heard} Write it like ${(client ?? 'acme').toUpperCase()}-42; /incident list shows them.`,
  );
}

/** Like releaseReference, but refuses what cannot be read. */
export function releaseId(typed: string, client: string | undefined): string {
  const id = releaseReference(typed, client);
  if (id !== undefined) return id;
  const heard = typed === '' ? 'Which release?' : `"${typed}" is not a Release ID.`;
  throw new Refusal(
    'unreadable',
    `${heard} Write it like ${(client ?? 'acme').toUpperCase()}-R7; /release list shows them.`,
  );
}
