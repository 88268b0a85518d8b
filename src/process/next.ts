import { type Instant, inZone, isDue, later, relative } from '../kernel/instants.js';
import { listed } from '../kernel/text.js';
import type { Client } from '../people/people.js';
import { answerOf, itemsOf } from './checklist/index.js';
import { comparisonOf, heldBack, isComparable, openDifferences } from './comparison/index.js';
import { lastAttempt } from './deployment/index.js';
import { whatFreezeMisses } from './freeze/index.js';
import { handoverOf, whatHandoverMisses } from './handover/index.js';
import { latest } from './negotiation/index.js';
import type { Incident } from './register/index.js';
import type { Missing, Release, ReleaseStatus } from './release/index.js';
import { openAlert } from './verification/index.js';

/** What a release is looked at with. */
export interface Look {
  readonly release: Release;
  readonly incidents: readonly Incident[];
  readonly client: Client;
  readonly ourZone: string;
  readonly now: Instant;
}

const leads = 'a release manager';

/** What the next step waits for: the same rules that would refuse it. */
export function whatIsNext(look: Look): Missing[] {
  const { release, incidents } = look;
  switch (release.status) {
    case 'draft':
      return [
        {
          what: 'a date to be proposed',
          who: leads,
          press: { label: 'Propose a date…', action: 'negotiation.propose', value: release.id },
        },
      ];
    case 'negotiating':
      return [whatTheDateWaitsFor(look)];
    case 'agreed':
      return whatPreparingMisses(look);
    case 'preparing': {
      const missing = whatFreezeMisses(release, incidents, isComparable(look.client));
      return missing.length > 0
        ? missing
        : [
            {
              what: 'staging to be frozen',
              who: leads,
              press: { label: 'Freeze staging', action: 'freeze.freeze', value: release.id },
            },
          ];
    }
    case 'frozen':
      return whatTheDeploymentWaitsFor(look);
    case 'deploying':
      return [{ what: 'the deployment to end', who: 'nobody' }];
    case 'needs a human':
      return [
        {
          what: release.question,
          who: 'whoever is on call',
          press: { label: 'Roll back…', action: 'deployment.roll-back', value: release.id },
        },
      ];
    case 'verifying':
      return [whatVerificationWaitsFor(look)];
    case 'live':
      return whatHandoverMisses(release, incidents);
    case 'closed':
    case 'cancelled':
    case 'rolled back':
      return [];
  }
}

// A release that was agreed anew keeps its answers, but has to be taken up again before it can be frozen.
function whatPreparingMisses({ release, incidents, client }: Look): Missing[] {
  const missing = whatFreezeMisses(release, incidents, isComparable(client));
  if (missing.some(({ press }) => press?.action === 'checklist.begin')) return missing;
  const press = { label: 'Take up checklist', action: 'checklist.begin', value: release.id };
  return [...missing, { what: 'the checklist to be taken up again', who: 'anybody of the team', press }];
}

function whatTheDateWaitsFor({ release, client, now }: Look): Missing {
  const press = { label: 'Propose another…', action: 'negotiation.propose', value: release.id };
  const proposal = latest(release);
  if (proposal?.status !== 'open')
    return {
      what: `another date to be proposed (the last one was ${proposal?.status ?? 'never made'})`,
      who: leads,
      press,
    };
  const asked = relative(proposal.at, now);
  if (proposal.side === 'client')
    return { what: `an answer to the date that ${client.name} asked for ${asked}`, who: leads, press };
  return {
    what: `${client.name} to answer about the date, asked ${asked}`,
    who: listed(
      client.approvers.map(({ name }) => name),
      'or',
    ),
  };
}

function whatTheDeploymentWaitsFor({ release, client, now }: Look): Missing[] {
  const held = heldBack(release);
  if (held !== undefined) {
    const press = { label: 'Thaw staging', action: 'freeze.thaw', value: release.id };
    const wayOut = `Thaw, compare and freeze it again, or start by hand with /release deploy ${release.id} because …`;
    return [{ what: `${held}. ${wayOut}`, who: leads, press }];
  }
  if (!('date' in release)) return [];
  const { instant } = release.date;
  if (!isDue(later(instant, client.deployment.startWithin), now))
    return [{ what: 'the agreed time; it starts by itself', who: 'nobody' }];
  return [
    {
      what: 'somebody to start it: the agreed time is over',
      who: leads,
      press: { label: 'Deploy now', action: 'deployment.again', value: release.id },
    },
  ];
}

function whatVerificationWaitsFor({ release, client, ourZone }: Look): Missing {
  const alert = openAlert(release);
  if (alert !== undefined) {
    const who =
      alert.status === 'acknowledged' ? alert.by.name : (alert.called.at(-1)?.name ?? 'whoever is on call');
    return { what: `the alert: ${alert.came}`, who };
  }
  const until =
    'liveSince' in release ? inZone(later(release.liveSince, client.bake), ourZone) : 'the bake ends';
  return { what: `production to be checked until ${until}`, who: 'nobody' };
}

const order: readonly ReleaseStatus[] = [
  'draft',
  'negotiating',
  'agreed',
  'preparing',
  'frozen',
  'deploying',
  'needs a human',
  'verifying',
  'live',
  'closed',
];

/** The process as one line, no step ever missing: ✓ done, ◐ under way, ○ to come. */
export function stepsLine(look: Look): string {
  const { release, incidents } = look;
  const { status } = release;
  if (status === 'cancelled' || status === 'rolled back') return `It ended here: ${status}.`;
  const at = order.indexOf(status);
  const sign = (begins: ReleaseStatus, done: ReleaseStatus): string =>
    at >= order.indexOf(done) ? '✓' : at >= order.indexOf(begins) ? '◐' : '○';
  const items = itemsOf(release);
  const answered = items.filter((item) =>
    ['yes', 'not applicable'].includes(answerOf(item)?.kind ?? ''),
  ).length;
  const recorded = incidents.filter(({ components }) => components.length > 0).length;
  const handing =
    status === 'live' ? ` ${recorded + (handoverOf(release).notes ? 1 : 0)}/${incidents.length + 1}` : '';
  const attempt = lastAttempt(release);
  const attempts = attempt !== undefined && attempt.number > 1 ? ` ×${attempt.number}` : '';
  return [
    `${sign('draft', 'negotiating')} Scope`,
    `${sign('negotiating', 'agreed')} Date`,
    `${items.length > 0 && answered === items.length ? '✓' : sign('agreed', 'frozen')} Checklist${items.length > 0 ? ` ${answered}/${items.length}` : ''}`,
    ...comparisonSign(look, sign('agreed', 'frozen')),
    `${sign('preparing', 'frozen')} Freeze`,
    `${sign('frozen', 'verifying')} Deploy${attempts}`,
    `${sign('verifying', 'live')} Verify`,
    `${sign('live', 'closed')} Hand over${handing}`,
  ].join('   ');
}

// Where nothing is configured to be compared, the checklist asks for it, and the line leaves it out.
function comparisonSign({ release, client }: Look, sign: string): string[] {
  if (!isComparable(client)) return [];
  const { run } = comparisonOf(release);
  const open = openDifferences(release).length;
  if (run?.status === 'done' && open === 0) return ['✓ Comparison'];
  const standing = run?.status !== 'done' ? '' : ` ${open} to answer`;
  return [`${run === undefined ? sign : sign === '✓' ? '✓' : '◐'} Comparison${standing}`];
}
