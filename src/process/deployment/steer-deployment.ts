import type { By } from '../../kernel/by.js';
import { isDue } from '../../kernel/instants.js';
import { clientOf } from '../../kernel/references.js';
import { Refusal } from '../../kernel/refusal.js';
import { prose } from '../../kernel/text.js';
import type { Stored } from '../../platform/store/documents.js';
import { heldBack } from '../comparison/index.js';
import { agreedDate, type Release } from '../release/index.js';
import { claim, endAttempt, lastAttempt, requestStop } from './deployment.js';
import type { DeploymentNeeds } from './needs.js';

/** What people do to a deployment: start it by hand, stop it, roll it back, say what became of a lost one. */
export const steerDeployment = ({ releases, people, permissions, clock, runner }: DeploymentNeeds) => ({
  /** Starts the deployment by hand: after the agreed time, or after a failed attempt. Before the agreed time a reason is needed. */
  startDeployment: async (by: By, id: string, because?: string): Promise<Stored<Release>> => {
    const actor = await permissions.may(by, because === undefined ? 'start a deployment' : 'override');
    const reason = because === undefined ? 'by hand' : prose(because, 'The reason', 1_000, 'reason');
    const now = clock.now();
    return releases.change(id, { by: actor.by, now }, (release) => {
      const date = agreedDate(release);
      if (because === undefined && date !== undefined && !isDue(date.instant, now)) {
        throw new Refusal(
          'date-unusable',
          `${id} starts by itself at the agreed time. To start it earlier say why: /release deploy ${id} because …`,
        );
      }
      const held = heldBack(release);
      if (because === undefined && release.status === 'frozen' && held !== undefined) {
        throw new Refusal(
          'incomplete',
          `${held.replace(/^s/u, 'S')}. Thaw, compare and freeze it again, or say why it may go: /release deploy ${id} because …`,
        );
      }
      const next = claim(release, { kind: 'deploy', host: runner.host, reason }, actor.by, now);
      return {
        next,
        did:
          because === undefined
            ? 'started the deployment'
            : `started the deployment although it was not time: ${reason}`,
      };
    });
  },

  stopDeployment: async (by: By, id: string): Promise<Stored<Release>> => {
    const actor = await permissions.may(by, 'stop a deployment');
    const now = clock.now();
    return releases.change(id, { by: actor.by, now }, (release) => ({
      next: requestStop(release, actor.by, now),
      did: 'stops the deployment',
    }));
  },

  /** Rolls back what is deployed. Never waits for a client. */
  rollBack: async (by: By, id: string, why: string): Promise<Stored<Release>> => {
    const actor = await permissions.may(by, 'stop a deployment');
    const reason = prose(why, 'The reason', 1_000, 'reason');
    const client = people.client(clientOf(id));
    if (client.deployment.rollBack === undefined) {
      throw new Refusal(
        'not-configured',
        `${client.name} has no roll-back script; add deployment.rollBack to slipway.yaml. Until then it is undone by hand.`,
      );
    }
    const now = clock.now();
    return releases.change(id, { by: actor.by, now }, (release) => ({
      next: claim(release, { kind: 'roll back', host: runner.host, reason }, actor.by, now),
      did: `rolls it back: ${reason}`,
    }));
  },

  /** A human says how a lost attempt ended, and how they know. */
  settleAttempt: async (
    by: By,
    id: string,
    succeeded: boolean,
    evidence: string,
  ): Promise<Stored<Release>> => {
    const actor = await permissions.may(by, 'stop a deployment');
    const seen = prose(evidence, 'How you know', 1_000, 'evidence');
    const how = `${actor.by.name} saw: ${seen}`;
    const now = clock.now();
    return releases.change(id, { by: actor.by, now }, (release) => {
      const attempt = lastAttempt(release);
      if (attempt?.status !== 'unknown')
        throw new Refusal(
          'already-decided',
          `No attempt of ${id} waits for this: the last one is ${attempt?.status ?? 'not there'}.`,
        );
      return {
        next: endAttempt(release, attempt.number, { succeeded, how }, now),
        did: `says that attempt ${attempt.number} ${succeeded ? 'succeeded' : 'failed'}: ${seen}`,
      };
    });
  },
});
