import { type By, slipway } from '../../kernel/by.js';
import {
  earlier,
  type Instant,
  instantOf,
  inZones,
  isDue,
  later,
  type WallTime,
} from '../../kernel/instants.js';
import { clientOf } from '../../kernel/references.js';
import { Refusal } from '../../kernel/refusal.js';
import { optionalProse, prose } from '../../kernel/text.js';
import type { Client } from '../../people/people.js';
import type { Stored } from '../../platform/store/documents.js';
import type { Release, ReleaseNeeds } from '../release/index.js';
import { mustNotClash } from './calendar.js';
import { accept, counter, decline, expire, propose, proposeAgain } from './negotiation.js';

/** A date in somebody's mind: as they typed it (read in their own zone), or picked. */
export interface DateWish {
  /** Reads the wish once the person's zone and the time are known. */
  readonly read: (zone: string, now: Instant) => WallTime;
  readonly words?: string | undefined;
  /** What the client should know; replaces the release's notice when given. */
  readonly notice?: string | undefined;
}

/** The use cases by which two sides come to a date. Clients act only for themselves; `shown` is what they were shown. */
export const negotiateDate = ({ releases, people, permissions, clock }: ReleaseNeeds) => {
  const answerBy = (client: Client, instant: Instant, now: Instant): Instant => {
    return earlier(later(now, client.answerWithin), instant);
  };

  const noClash = async (client: Client, id: string, instant: Instant): Promise<void> =>
    mustNotClash(
      instant,
      id,
      (await releases.open(client.key)).map(({ state }) => state),
      [people.house.zone, client.zone],
    );

  return {
    proposeDate: async (by: By, id: string, wish: DateWish): Promise<Stored<Release>> => {
      const actor = await permissions.may(by, 'shape a release');
      const client = people.client(clientOf(id));
      const now = clock.now();
      const wall = wish.read(actor.zone, now);
      const instant = instantOf(wall);
      const words = optionalProse(wish.words, 'The message', 1_000, 'words');
      const notice =
        wish.notice === undefined
          ? undefined
          : optionalProse(wish.notice, 'What users notice', 1_000, 'notice');
      await noClash(client, id, instant);
      return releases.change(id, { by: actor.by, now }, (release) => {
        const informed = notice === undefined ? release : { ...release, notice };
        const request = {
          wall,
          side: 'us',
          by: actor.by,
          words,
          answerBy: answerBy(client, instant, now),
        } as const;
        return {
          next: propose(informed, request, now),
          did: `proposed ${inZones(instant, people.house.zone, client.zone)}`,
        };
      });
    },

    acceptDate: async (by: By, id: string, shown: string): Promise<Stored<Release>> => {
      const client = people.client(clientOf(id));
      const actor = await permissions.mayDecideFor(by, client);
      const now = clock.now();
      return releases.change(id, { by: actor.by, now }, (release) => ({
        next: accept(release, shown, 'client', actor.by, now),
        did: 'accepted the date',
      }));
    },

    /** Our side takes the date that the client asked for. */
    acceptCounter: async (by: By, id: string, shown: string): Promise<Stored<Release>> => {
      const actor = await permissions.may(by, 'shape a release');
      const now = clock.now();
      return releases.change(id, { by: actor.by, now }, (release) => ({
        next: accept(release, shown, 'us', actor.by, now),
        did: 'accepted the date that the client asked for',
      }));
    },

    counterDate: async (by: By, id: string, shown: string, wish: DateWish): Promise<Stored<Release>> => {
      const client = people.client(clientOf(id));
      const actor = await permissions.mayDecideFor(by, client);
      const now = clock.now();
      const wall = wish.read(client.zone, now);
      const instant = instantOf(wall);
      if (isDue(instant, now))
        throw new Refusal(
          'date-unusable',
          'That moment has passed already. Please pick one that is still to come.',
          { field: 'date' },
        );
      const words = optionalProse(wish.words, 'The message', 1_000, 'words');
      await noClash(client, id, instant);
      return releases.change(id, { by: actor.by, now }, (release) => {
        const request = {
          wall,
          side: 'client',
          by: actor.by,
          words,
          answerBy: answerBy(client, instant, now),
        } as const;
        return {
          next: counter(release, shown, request, now),
          did: `asked for ${inZones(instant, people.house.zone, client.zone)} instead`,
        };
      });
    },

    declineDate: async (by: By, id: string, shown: string, why: string): Promise<Stored<Release>> => {
      const actor = await permissions.mayDecideFor(by, people.client(clientOf(id)));
      const reason = prose(why, 'The reason', 1_000, 'reason');
      const now = clock.now();
      return releases.change(id, { by: actor.by, now }, (release) => ({
        next: decline(release, shown, 'client', reason, actor.by, now),
        did: `declined the date: ${reason}`,
      }));
    },

    /** What time alone does to a negotiation, and asking again after the scope was changed. Safe to repeat. */
    attendNegotiation: async (id: string): Promise<void> => {
      const client = people.client(clientOf(id));
      const now = clock.now();
      await releases.change(id, { by: slipway, now }, (release) => {
        const expired = expire(release, now);
        if (expired !== undefined)
          return { next: expired, did: 'let the proposal expire, because no answer came in time' };
        const again = proposeAgain(
          release,
          slipway,
          answerBy(client, later(now, client.answerWithin), now),
          now,
        );
        return again === undefined
          ? undefined
          : { next: again, did: 'asked the client again, because the scope was changed' };
      });
    },
  };
};
