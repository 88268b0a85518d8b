import type { By } from '../../kernel/by.js';
import { Refusal } from '../../kernel/refusal.js';
import { line, optionalProse } from '../../kernel/text.js';
import type { Stored } from '../../platform/store/documents.js';
import { type Incident, type Priority, priorities, register } from './incident.js';
import type { RegisterNeeds } from './needs.js';

/** What somebody asks for, as they wrote it. */
export interface IncidentWish {
  readonly client: string;
  readonly title: string;
  readonly description?: string | undefined;
  readonly impact?: string | undefined;
  readonly priority?: string | undefined;
  /** One a line. */
  readonly requirements?: string | undefined;
  /** The user whose wish it is, when somebody else registers it. */
  readonly askedBy?: string | undefined;
}

/** Registers an incident under the client's next number. Refuses who may not, an unknown client, and words that do not fit. */
export const registerIncident =
  ({ incidents, people, permissions, counters, clock }: RegisterNeeds) =>
  async (by: By, wish: IncidentWish): Promise<Stored<Incident>> => {
    const client = people.client(wish.client);
    const actor = await permissions.mayOrClient(by, 'register an incident', client);
    const request = {
      title: line(wish.title, 'The title', 150, 'title'),
      description: optionalProse(wish.description, 'The description', 3_000, 'description'),
      impact: optionalProse(wish.impact, 'The impact on users', 1_000, 'impact'),
      priority: priorityOf(wish.priority),
      requirements: requirementsIn(wish.requirements),
      askedBy: asker(people, wish.askedBy) ?? actor.by.name,
    };
    const now = clock.now();
    const id = `${client.key.toUpperCase()}-${await counters.next(`incidents/${client.key}`)}`;
    const stored = await incidents.insert(
      id,
      register(id, client.key, request, actor.by, now),
      'registered it',
      { by: actor.by, now },
    );
    if (stored === undefined) throw new Error(`${id} was given out twice`);
    return stored;
  };

/** The name of somebody whom Slipway knows; a stranger's message stays with whoever registers it. */
function asker(people: RegisterNeeds['people'], user: string | undefined): string | undefined {
  if (user === undefined) return undefined;
  const name = people.nameOf(user);
  return name === user ? undefined : name;
}

function priorityOf(typed: string | undefined): Priority {
  if (typed === undefined) return 'normal';
  const found = priorities.find((one) => one === typed);
  if (found !== undefined) return found;
  throw new Refusal('unreadable', `"${typed}" is not a priority. It is one of: ${priorities.join(', ')}.`, {
    field: 'priority',
  });
}

/** The lines of a text as requirements; at most 30 of at most 300 characters. */
export function requirementsIn(text: string | undefined): string[] {
  const lines = (text ?? '')
    .split('\n')
    .map((one) => one.replace(/^\s*(?:[-*•]|\d+[.)])\s+/u, '').trim())
    .filter(Boolean);
  if (lines.length > 30)
    throw new Refusal('too-long', 'That is more than 30 requirements; please split the incident.', {
      field: 'requirements',
    });
  return lines.map((one) => line(one, 'A requirement', 300, 'requirements'));
}
