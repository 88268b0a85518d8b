import type { By } from '../../kernel/by.js';
import type { Instant } from '../../kernel/instants.js';
import { Refusal } from '../../kernel/refusal.js';
import { listed } from '../../kernel/text.js';
import type { Incident } from '../register/index.js';
import { core, type Missing, mayMove, type Part, partOf, type Release, withPart } from '../release/index.js';

/** What the client reads about a release that is live. */
export interface Notes {
  readonly news: string;
  readonly impact: string;
  readonly toDo: string;
  readonly knownIssues: string;
}

export interface SentNotes extends Notes {
  readonly by: By;
  readonly at: Instant;
}

export interface Handover {
  readonly notes?: SentNotes;
}

export const handoverPart: Part<Handover> = { name: 'handover', empty: {} };

export function handoverOf(release: Release): Handover {
  return partOf(release, handoverPart);
}

/** The notes as the incidents tell them: what a release manager reads, mends and sends. */
export function draftNotes(release: Release, incidents: readonly Incident[]): Notes {
  const news = incidents
    .map(({ id, title, askedBy }) => `${title} (${id}, asked for by ${askedBy})`)
    .join('\n');
  const impact = incidents
    .map((incident) => incident.impact)
    .filter(Boolean)
    .join('\n');
  return { news, impact: impact === '' ? release.notice : impact, toDo: '', knownIssues: '' };
}

/** Sends the notes; once, and only of a release that is live. */
export function sendNotes(release: Release, notes: Notes, by: By, now: Instant): Release {
  if (release.status !== 'live') {
    throw new Refusal(
      'wrong-state',
      `${release.id} is ${release.status}; its notes go to the client once it is live.`,
    );
  }
  const { notes: sent } = handoverOf(release);
  if (sent !== undefined)
    throw new Refusal('already-decided', `${sent.by.name} sent the notes of ${release.id} already.`);
  return withPart(release, handoverPart, { notes: { ...notes, by, at: now } });
}

/** What stands between a live release and its end. */
export function whatHandoverMisses(release: Release, incidents: readonly Incident[]): Missing[] {
  const missing = incidents
    .filter(({ components }) => components.length === 0)
    .map(
      ({ id, tasks }): Missing => ({
        what: `${id} has no component recorded`,
        who: listed([...new Set(tasks.map(({ name }) => name))], 'or') || 'a developer',
        press: { label: `Component of ${id}`, action: 'incident.add-component', value: id },
      }),
    );
  if (handoverOf(release).notes !== undefined) return missing;
  return [
    ...missing,
    {
      what: 'the release notes wait to be read and sent',
      who: 'a release manager',
      press: { label: 'Release notes', action: 'handover.notes', value: release.id },
    },
  ];
}

/** Closes a live release when nothing is missing any more: staging thaws with it. Undefined while something is. */
export function close(release: Release, incidents: readonly Incident[], now: Instant): Release | undefined {
  if (release.status !== 'live' || whatHandoverMisses(release, incidents).length > 0) return undefined;
  mayMove(release, 'closed', 'closing it');
  const { claims: _, ...kept } = core(release);
  const { date, liveSince, checkedUntil } = release;
  return { ...kept, status: 'closed', date, liveSince, checkedUntil, closedAt: now };
}
