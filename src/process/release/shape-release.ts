import type { By } from '../../kernel/by.js';
import { clientOf } from '../../kernel/references.js';
import { Refusal } from '../../kernel/refusal.js';
import { listed, prose } from '../../kernel/text.js';
import { isDuplicate } from '../../platform/store/connection.js';
import type { Stored } from '../../platform/store/documents.js';
import type { ReleaseNeeds } from './needs.js';
import { cancel, changeScope, draft, type Release } from './release.js';

/** Creates releases, changes what is in them, and cancels them. Only authorised incidents of the same client get in. */
export const shapeRelease = ({ releases, incidents, people, permissions, counters, clock }: ReleaseNeeds) => {
  const authorisedOnly = async (client: string, ids: readonly string[]): Promise<void> => {
    const foreign = ids.filter((id) => clientOf(id) !== client);
    if (foreign.length > 0)
      throw new Refusal(
        'unreadable',
        `${listed(foreign)} belongs to another client; a release holds one client's incidents.`,
      );
    const found = new Map((await incidents.named(ids)).map(({ id, state }) => [id, state]));
    const unfit = ids.flatMap((id) => {
      const status = found.get(id)?.status;
      if (status === 'authorised' || status === 'scheduled') return [];
      return [status === undefined ? `${id} does not exist` : `${id} is ${status}`];
    });
    if (unfit.length === 0) return;
    throw new Refusal(
      'incomplete',
      `Only authorised incidents go into a release: ${listed(unfit)}. The client is asked once an incident is resolved.`,
    );
  };

  /** Says which release has an incident already, when the unique index refused it. */
  const orElsewhere = async <T>(ids: readonly string[], work: () => Promise<T>): Promise<T> => {
    const refused = async (): Promise<never> => {
      for (const id of ids) {
        const other = await releases.claiming(id);
        if (other === undefined) continue;
        throw new Refusal(
          'in-another-release',
          `${id} is in ${other.id} already. Take it out there first: /release remove ${other.id} ${id}`,
        );
      }
      throw new Refusal(
        'busy',
        'Somebody else was putting these incidents into a release. Nothing was recorded; please try again.',
      );
    };
    try {
      return await work();
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      return refused();
    }
  };

  const scopeChange = async (
    by: By,
    id: string,
    added: readonly string[],
    removed: readonly string[],
  ): Promise<Stored<Release>> => {
    const actor = await permissions.may(by, 'shape a release');
    await authorisedOnly(clientOf(id), added);
    return orElsewhere(added, () =>
      releases.change(id, { by: actor.by, now: clock.now() }, (release) => {
        const fresh = added.filter((one) => !release.scope.includes(one));
        const gone = removed.filter((one) => release.scope.includes(one));
        if (fresh.length + gone.length === 0) {
          throw new Refusal('already-decided', `Nothing to change: ${id} holds ${listed(release.scope)}.`);
        }
        const scope = [...release.scope.filter((one) => !gone.includes(one)), ...new Set(fresh)];
        const did = [
          ...(fresh.length > 0 ? [`added ${listed(fresh)}`] : []),
          ...(gone.length > 0 ? [`took out ${listed(gone)}`] : []),
        ];
        return { next: changeScope(release, scope), did: listed(did) };
      }),
    );
  };

  const someOf = (ids: readonly string[], typed: string): readonly string[] => {
    if (ids.length > 0) return ids;
    throw new Refusal('unreadable', `Which incidents? Write it like /release ${typed}`);
  };

  return {
    createRelease: async (by: By, clientKey: string, ids: readonly string[]): Promise<Stored<Release>> => {
      const actor = await permissions.may(by, 'shape a release');
      const client = people.client(clientKey);
      const scope = [...new Set(ids)];
      await authorisedOnly(client.key, scope);
      const now = clock.now();
      // Decided before a number is given out, so that a refused release leaves no gap.
      draft('', client.key, scope, actor.by, now);
      for (const id of scope) {
        const other = await releases.claiming(id);
        if (other)
          throw new Refusal(
            'in-another-release',
            `${id} is in ${other.id} already. Take it out there first: /release remove ${other.id} ${id}`,
          );
      }
      const id = `${client.key.toUpperCase()}-R${await counters.next(`releases/${client.key}`)}`;
      const stored = await releases.insert(
        id,
        draft(id, client.key, scope, actor.by, now),
        `created it with ${listed(scope)}`,
        { by: actor.by, now },
      );
      if (stored !== undefined) return stored;
      throw new Refusal(
        'busy',
        'Somebody else was putting these incidents into a release. Nothing was recorded; please look with /release list.',
      );
    },
    addToRelease: async (by: By, id: string, ids: readonly string[]) =>
      scopeChange(by, id, someOf(ids, `add ${id} ${clientOf(id).toUpperCase()}-42`), []),
    removeFromRelease: async (by: By, id: string, ids: readonly string[]) =>
      scopeChange(by, id, [], someOf(ids, `remove ${id} ${clientOf(id).toUpperCase()}-42`)),
    /** Takes in and takes out in one go: the client is asked once, or nothing is recorded. */
    rescopeRelease: scopeChange,
    cancelRelease: async (by: By, id: string, why: string): Promise<Stored<Release>> => {
      const actor = await permissions.may(by, 'shape a release');
      const reason = prose(why, 'The reason', 1_000, 'reason');
      return releases.change(id, { by: actor.by, now: clock.now() }, (release) => ({
        next: cancel(release, reason),
        did: `cancelled it: ${reason}`,
      }));
    },
  };
};
