import { DateTime } from 'luxon';
import type { ClientSettings, House, Role } from '../config/house.js';
import type { By } from '../kernel/by.js';
import type { Instant } from '../kernel/instants.js';
import { Refusal } from '../kernel/refusal.js';

/** Somebody acting, as far as Slipway knows them: by ids, never by names. */
export interface Actor {
  readonly by: By;
  readonly roles: readonly Role[];
  /** Keys of the clients that this person decides for. */
  readonly approves: readonly string[];
  /** IANA zone in which their words about time are read. */
  readonly zone: string;
}

/** A client as configured, with its key. */
export interface Client extends ClientSettings {
  readonly key: string;
}

/** Roles that admins gave or took since the configuration was written. */
export interface RoleChanges {
  rolesOf(user: string): Promise<readonly Role[] | undefined>;
  all(): Promise<ReadonlyMap<string, readonly Role[]>>;
}

export interface People {
  actor(by: By): Promise<Actor>;
  client(key: string): Client;
  clients(): readonly Client[];
  /** The client whose team or shared channel this is. */
  clientIn(channel: string): Client | undefined;
  /** Who has this role, by name. */
  holders(role: Role): Promise<readonly { user: string; name: string }[]>;
  /** The name of one of ours, or of an approver. */
  nameOf(user: string): string;
  /** Who is on call at that moment, and who comes next when they do not answer. */
  onCall(now: Instant): readonly { user: string; name: string }[];
  readonly house: House;
}

/** People and clients of the configured house, with the roles that were changed since. */
export function people(house: House, changes: RoleChanges): People {
  const clients = Object.entries(house.clients).map(([key, settings]): Client => ({ key, ...settings }));
  const person = (user: string) => house.people.find((one) => one.user === user);
  const nameOf = (user: string): string =>
    person(user)?.name ??
    clients.flatMap(({ approvers }) => approvers).find((one) => one.user === user)?.name ??
    user;

  return {
    house,
    nameOf,
    actor: async (by) => {
      const ours = by.team === house.team;
      const known = ours ? person(by.user) : undefined;
      const roles = ours ? ((await changes.rolesOf(by.user)) ?? known?.roles ?? []) : [];
      const approves = clients.filter(({ approvers }) =>
        approvers.some((one) => one.user === by.user && one.team === by.team),
      );
      const name = nameOf(by.user) === by.user ? by.name || by.user : nameOf(by.user);
      return {
        by: { team: by.team, user: by.user, name },
        roles,
        approves: approves.map(({ key }) => key),
        zone: known?.zone ?? approves[0]?.zone ?? house.zone,
      };
    },
    client: (key) => {
      const found = clients.find((one) => one.key === key.toLowerCase());
      if (found !== undefined) return found;
      throw new Refusal(
        'not-found',
        `There is no client "${key}". Known are: ${clients.map((one) => one.key).join(', ')}.`,
      );
    },
    clients: () => clients,
    clientIn: (channel) =>
      clients.find(({ channels }) => channels.team === channel || channels.shared === channel),
    holders: async (role) => {
      const changed = await changes.all();
      const users = new Set([...house.people.map(({ user }) => user), ...changed.keys()]);
      return [...users]
        .filter((user) => (changed.get(user) ?? person(user)?.roles ?? []).includes(role))
        .map((user) => ({ user, name: nameOf(user) }));
    },
    onCall: (now) => {
      const { rota, since, turn } = house.onCall;
      // Reckoned on the wall, so that a turn begins at midnight also after the clocks have changed.
      const wall = DateTime.fromISO(now, { zone: house.zone }).setZone('utc', { keepLocalTime: true });
      const turns = Math.max(
        0,
        Math.floor(wall.diff(DateTime.fromISO(since, { zone: 'utc' })).toMillis() / turn),
      );
      const first = turns % rota.length;
      return [...rota.slice(first), ...rota.slice(0, first)].map((user) => ({ user, name: nameOf(user) }));
    },
  };
}
