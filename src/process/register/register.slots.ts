import type { Client } from '../../people/people.js';
import type { Slot } from '../../platform/slack/slots.js';
import type { Stored } from '../../platform/store/documents.js';
import type { Incident } from './incident.js';
import { clientCard, incidentCard, incidentHappening, welcome } from './register.views.js';

/** The one message in a shared channel that is always there: how the client asks for something. */
export function welcomeSlot(client: Client): Slot {
  const place = { channel: client.channels.shared };
  return { key: `client/${client.key}/welcome`, place, pin: true, content: welcome(client) };
}

/** Every message that follows from an incident: the team's card with its thread, and what the client reads. */
export function incidentSlots(stored: Stored<Incident>, client: Client): Slot[] {
  const card = `incident/${stored.id}/card`;
  const team = { channel: client.channels.team };
  return [
    { key: card, place: team, content: incidentCard(stored, client) },
    {
      key: `incident/${stored.id}/client`,
      place: { channel: client.channels.shared },
      content: clientCard(stored, client),
    },
    ...stored.history
      .filter(({ version }) => version > 1)
      .map(
        (entry): Slot => ({
          key: `incident/${stored.id}/line/${entry.version}`,
          place: team,
          thread: card,
          content: incidentHappening(entry),
        }),
      ),
  ];
}
