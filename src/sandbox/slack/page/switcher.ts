import { useEffect, useState } from 'preact/hooks';
import type { PersonCard } from '../contract.js';
import { formatAddress } from './address.js';
import { useDesk } from './desk.js';
import { classes, html } from './html.js';
import { Avatar, firstNameOf, titleOf } from './people.js';
import { fetchState } from './server.js';

const LOOK_AROUND = 10_000;

/** Who one is, and everybody else one can be. Links, so that another tab can be another person. */
export function Switcher() {
  const { model, address, go } = useDesk();
  const { me, people } = model.state;
  const waiting = useWaiting(people, me.id);
  const everyone = people.filter((person) => !person.bot);
  const become = (event: MouseEvent, id: string): void => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go({ as: id, thread: undefined, message: undefined });
  };
  return html`<nav class="switcher" aria-label="Who you are">
    ${everyone.map((person) => {
      const current = person.id === me.id;
      const count = waiting[person.id] ?? 0;
      return html`<a class=${classes('person', current && 'current')} key=${person.id} aria-current=${current ? 'true' : undefined}
        href=${formatAddress({ as: person.id, channel: address.channel })} title=${describe(person)} aria-label=${describe(person) + (count > 0 && !current ? `, ${count} unread` : '')}
        onClick=${(event: MouseEvent) => become(event, person.id)}>
        <${Avatar} person=${person} size="small" />
        <span class="person-words">
          <span class="person-name">${current ? person.name : firstNameOf(person.name)}</span>
          <span class="person-title">${titleOf(person)}</span>
        </span>
        ${!current && count > 0 && html`<span class="waiting-dot"></span>`}
      </a>`;
    })}
  </nav>`;
}

const describe = (person: PersonCard): string =>
  `${person.name}, ${person.title}, ${person.teamName}${person.external ? ' (another organisation)' : ''}`;

/** Unread messages of the others, looked up now and then, so that one sees whose turn it is. */
function useWaiting(people: readonly PersonCard[], me: string): Readonly<Record<string, number>> {
  const [waiting, setWaiting] = useState<Readonly<Record<string, number>>>({});
  useEffect(() => {
    const look = async (): Promise<void> => {
      if (document.hidden) return;
      const others = people.filter((person) => !person.bot && person.id !== me);
      const counts = await Promise.all(others.map(async ({ id }) => [id, await unreadOf(id)] as const));
      setWaiting(Object.fromEntries(counts));
    };
    void look();
    const timer = window.setInterval(() => void look(), LOOK_AROUND);
    return () => window.clearInterval(timer);
  }, [people, me]);
  return waiting;
}

/** Nothing is claimed of a person whose workspace could not be fetched. */
const unreadOf = async (id: string): Promise<number> => {
  try {
    const { channels } = await fetchState(id);
    return channels.reduce((sum, { unread }) => sum + unread, 0);
  } catch {
    return 0;
  }
};
