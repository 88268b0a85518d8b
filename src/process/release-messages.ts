import type { House } from '../config/house.js';
import type { Slot, SlotFile } from '../platform/slack/slots.js';
import type { Entry, Stored } from '../platform/store/documents.js';
import { board, troubles } from './board.js';
import { answerOf, checklistSlots, itemsOf, type Lesson, lessonPrompt } from './checklist/index.js';
import { type Archive, comparisonFiles, comparisonSlots } from './comparison/index.js';
import { deploymentFiles, deploymentOf, deploymentSlots, type Runner } from './deployment/index.js';
import { handoverSlots } from './handover/index.js';
import { counterMessage, dateMessage } from './negotiation/index.js';
import type { Look } from './next.js';
import type { Incident } from './register/index.js';
import { releaseHappening } from './release/index.js';
import { verificationOf, verificationSlots } from './verification/index.js';

interface Scene {
  readonly look: Look;
  readonly history: readonly Entry[];
  readonly incidents: readonly Stored<Incident>[];
  readonly lessons: readonly Lesson[];
  readonly house: House;
  readonly runner: Runner;
  readonly archive: Archive;
}

/** Every message and file that follows from a release, the board first because the others stand in its thread. */
export function releaseMessages({ look, history, incidents, lessons, house, runner, archive }: Scene): {
  slots: Slot[];
  files: SlotFile[];
} {
  const { release, client, ourZone, now } = look;
  const key = `release/${release.id}/board`;
  const team = { channel: client.channels.team };
  const shared = { channel: client.channels.shared };
  const scene = { release, incidents, client, ourZone, now };
  const inThread = (slot: string, content: Slot['content'] | undefined): Slot[] =>
    content === undefined
      ? []
      : [{ key: `release/${release.id}/${slot}`, place: team, thread: key, content }];
  const date = dateMessage(scene);
  const trouble = troublesOf(look);
  const handover = handoverSlots(release, client);
  return {
    slots: [
      { key, place: team, pin: true, content: board(look) },
      ...history
        .filter(({ version, quiet }) => version > 1 && !quiet)
        .flatMap((entry) => inThread(`line/${entry.version}`, releaseHappening(entry))),
      ...(date === undefined ? [] : [{ key: `release/${release.id}/date`, place: shared, content: date }]),
      ...inThread('counter', counterMessage(scene)),
      ...checklistSlots(release, client, ourZone, key, now),
      ...comparisonSlots(release, look.incidents, client, ourZone, key, now),
      ...deploymentSlots(release, client, key),
      ...verificationSlots(release, client, house, key, now),
      ...handover.slots,
      ...inThread('lesson', trouble.length === 0 ? undefined : lessonPrompt(release.id, trouble, lessons)),
    ],
    files: [
      ...comparisonFiles(release, client, key, archive),
      ...deploymentFiles(release, client, key, runner),
      ...handover.files,
    ],
  };
}

function troublesOf(look: Look): string[] {
  const { release } = look;
  const failed = deploymentOf(release).attempts.flatMap((attempt) =>
    attempt.status === 'failed' ? [{ number: attempt.number, how: attempt.how }] : [],
  );
  const probes = verificationOf(release).alerts.filter(({ cause }) => !cause.startsWith('attempt '));
  const refused = itemsOf(release)
    .filter((item) => answerOf(item)?.kind === 'no')
    .map(({ ask }) => ask);
  return troubles(look, probes, failed, refused);
}
