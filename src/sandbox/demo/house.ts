import { stringify } from 'yaml';
import type { Workspace } from '../slack/workspace.js';
import type { Acme } from './acme.js';
import { comparedOf, expectedOf } from './compared.js';
import { demoApprovers, demoRoles, demoRota, demoSeed } from './people.js';

export interface Pace {
  /** How long production is watched after a deployment. */
  readonly bake: string;
  readonly escalateAfter: string;
  /** Pause between the tries of a probe. */
  readonly probePause: string;
}

/** slipway.yaml of the demo: the agency with its one client, with the ids of this workspace. */
export function demoHouse(workspace: Workspace, acme: Acme, pace: Pace): string {
  const user = (key: string): string => workspace.person(key).id;
  const named = (key: string): string => workspace.person(key).name.split(' ')[0] ?? key;
  const zoneOf = (key: string): string =>
    demoSeed.people.find((one) => one.key === key)?.zone ?? demoSeed.zone;
  return stringify({
    team: workspace.teamId,
    zone: demoSeed.zone,
    people: Object.entries(demoRoles).map(([key, roles]) => ({
      user: user(key),
      name: named(key),
      roles,
      zone: zoneOf(key),
    })),
    onCall: {
      channel: workspace.channelId('on-call'),
      rota: demoRota.map(user),
      since: '2026-01-05',
      turn: '3650 days',
      escalateAfter: pace.escalateAfter,
    },
    clients: {
      acme: {
        name: 'Acme',
        zone: 'Europe/London',
        holidays: 'GB-ENG',
        channels: { team: workspace.channelId('acme-team'), shared: workspace.channelId('acme-shared') },
        approvers: demoApprovers.map((key) => ({
          team: workspace.person(key).teamId,
          user: user(key),
          name: named(key),
        })),
        windows: [{ days: ['tue', 'wed', 'thu'], from: '06:00', to: '20:00' }],
        answerWithin: '2 days',
        environments: {
          staging: { url: acme.stagingUrl, ...comparedOf(acme, 'staging') },
          production: { url: acme.productionUrl, ...comparedOf(acme, 'production') },
        },
        ...expectedOf(acme),
        deployment: {
          folder: acme.folder,
          run: ['./deploy.sh'],
          rollBack: ['./roll-back.sh'],
          timeLimit: '5 minutes',
          startWithin: '1 hour',
        },
        probes: [
          {
            name: 'home page',
            url: acme.productionUrl,
            status: 200,
            contains: 'Acme invoices',
            tries: 3,
            timeLimit: '5 seconds',
          },
        ],
        probePause: pace.probePause,
        bake: pace.bake,
        checklist: [
          {
            ask: 'Are staging and production compared, and every difference explained?',
            why: 'Parameters and tables that differ surprise everybody on the evening.',
            evidence: 'text',
            answeredBy: 'developer',
          },
          { ask: 'Does everybody who is needed know the date?', evidence: 'none' },
          {
            ask: 'Can it be rolled back, and was that tried?',
            evidence: 'none',
            answeredBy: 'release manager',
          },
        ],
      },
    },
  });
}
