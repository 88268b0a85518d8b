import type { ProbeSettings } from '../../config/house.js';
import type { By } from '../../kernel/by.js';
import { clientOf } from '../../kernel/references.js';
import type { Client } from '../../people/people.js';
import type { Stored } from '../../platform/store/documents.js';
import type { DeploymentNeeds } from '../deployment/index.js';
import { changeBySlipway, type Release } from '../release/index.js';
import { httpProbe } from './probes/http.probe.js';
import {
  acknowledge,
  alertOfAttempt,
  dueRound,
  escalate,
  leaveAlerts,
  type ProbeResult,
  recordRound,
  wantRound,
} from './verification.js';

export type VerificationNeeds = Pick<
  DeploymentNeeds,
  'releases' | 'people' | 'permissions' | 'clock' | 'background'
>;

/** Probes production when it is due, raises and escalates alerts, and takes what people do about them. */
export const verifyProduction = ({ releases, people, permissions, clock, background }: VerificationNeeds) => {
  const change = changeBySlipway({ releases, clock });
  const calling = () => ({
    rota: people.onCall(clock.now()),
    escalateAfter: people.house.onCall.escalateAfter,
  });

  const look = async (id: string, client: Client): Promise<void> => {
    const found = await releases.find(id);
    const kind = found === undefined ? undefined : dueRound(found.state, client.bake, clock.now());
    if (kind === undefined) return;
    const results = await Promise.all(client.probes.map((probe) => tried(probe, client.probePause)));
    const failed = results.filter(({ ok }) => !ok);
    const said =
      failed.length === 0
        ? 'all probes pass'
        : failed.map(({ probe, came }) => `${probe} ${came}`).join('; ');
    await change(id, `checked production ${kind}: ${said}`, (release, now) =>
      dueRound(release, client.bake, now) === kind
        ? recordRound(release, { kind, results, bake: client.bake, ...calling() }, now)
        : undefined,
    );
  };

  return {
    /** Looks at a release: probes it when due, raises and escalates what has to be. Safe to repeat. */
    attendVerification: async (id: string): Promise<void> => {
      const client = people.client(clientOf(id));
      const { rota, escalateAfter } = calling();
      await change(id, 'raised an alert', (release, now) =>
        alertOfAttempt(release, rota, escalateAfter, now),
      );
      await change(id, 'closed its alert', (release, now) => leaveAlerts(release, now));
      await change(id, 'called the next one on call', (release, now) =>
        escalate(release, rota, escalateAfter, now),
      );
      const found = await releases.find(id);
      if (found === undefined || dueRound(found.state, client.bake, clock.now()) === undefined) return;
      background.run(`verification/${id}`, () => look(id, client));
    },

    acknowledgeAlert: async (by: By, id: string, number: number): Promise<Stored<Release>> => {
      const actor = await permissions.may(by, 'acknowledge an alert');
      const now = clock.now();
      return releases.change(id, { by: actor.by, now }, (release) => ({
        next: acknowledge(release, number, actor.by, now),
        did: `acknowledged alert ${number}`,
      }));
    },

    checkAgain: async (by: By, id: string): Promise<Stored<Release>> => {
      const actor = await permissions.may(by, 'acknowledge an alert');
      const now = clock.now();
      return releases.change(id, { by: actor.by, now }, (release) => ({
        next: wantRound(release, actor.by, now),
        did: 'asked for another check of production',
      }));
    },
  };
};

/** Tries a probe as often as configured, until it passes. */
async function tried(probe: ProbeSettings, pause: number): Promise<ProbeResult> {
  const expected = `answers ${probe.status}${probe.contains === undefined ? '' : ` with "${probe.contains}"`}`;
  for (let tries = 1; ; tries += 1) {
    const { ok, came } = await httpProbe(probe);
    if (ok || tries >= probe.tries) return { probe: probe.name, ok, came, expected, tries };
    await new Promise((wake) => setTimeout(wake, pause));
  }
}
