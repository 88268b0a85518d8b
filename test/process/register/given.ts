import type { By } from '../../../src/kernel/by.js';
import {
  allot,
  authorise,
  authorisedContent,
  checkRequirements,
  fileTestDocument,
  finishTasks,
  hold,
  type Incident,
  type IncidentStatus,
  register,
  reject,
  reopen,
  resolve,
  settle,
} from '../../../src/process/register/incident.js';
import { frozen } from '../refused.js';

const kim: By = { team: 'T1', user: 'U3', name: 'Kim' };
const ana: By = { team: 'T2', user: 'U8', name: 'Ana' };
const at = '2026-03-01T01:00:00.000Z';
const liveAt = '2026-03-03T01:01:00.000Z';

/** How an incident comes to each status by the rules, from the status before it. */
const ways: Readonly<
  Record<
    IncidentStatus,
    readonly [from: IncidentStatus | undefined, way: (incident: Incident) => Incident | undefined]
  >
> = {
  registered: [undefined, (incident) => incident],
  analysed: ['registered', (incident) => allot(incident, { what: 'Mend the sum', who: 'U3', name: 'Kim' })],
  'in progress': ['analysed', (incident) => finishTasks(incident, [0], kim, at)],
  resolved: [
    'in progress',
    (incident) =>
      resolve(
        fileTestDocument(checkRequirements(incident, [0, 1], kim, at), 'https://test.example', kim, at),
        at,
      ),
  ],
  authorised: ['resolved', (incident) => authorise(incident, authorisedContent(incident), ana, at)],
  scheduled: ['authorised', (incident) => settle(incident, { status: 'scheduled', release: 'ACME-R1' })],
  live: ['scheduled', (incident) => settle(incident, { status: 'live', release: 'ACME-R1', since: liveAt })],
  closed: ['live', (incident) => settle(incident, { status: 'closed', release: 'ACME-R1', since: liveAt })],
  'on hold': ['analysed', (incident) => hold(incident, 'Waiting for the vendor')],
  rejected: ['registered', (incident) => reject(incident, 'Not ours')],
  reopened: ['resolved', (incident) => reopen(incident)],
};

/** An incident that came to this status by the rules. */
export function anIncident(status: IncidentStatus, { id = 'ACME-1' }: { id?: string } = {}): Incident {
  const [from, way] = ways[status];
  if (from === undefined) return frozen(fresh(id));
  const incident = way(anIncident(from, { id }));
  if (incident?.status !== status) throw new Error(`wanted ${status}, came to ${incident?.status}`);
  return frozen(incident);
}

function fresh(id: string): Incident {
  const words = {
    title: 'The invoice total is wrong',
    description: '',
    impact: 'New totals',
    priority: 'normal',
  } as const;
  return register(
    id,
    'acme',
    { ...words, requirements: ['Totals add up', 'Old invoices stay'], askedBy: 'Ana' },
    kim,
    at,
  );
}
