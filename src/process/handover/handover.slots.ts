import type { Client } from '../../people/people.js';
import type { Slot, SlotFile } from '../../platform/slack/slots.js';
import type { Release } from '../release/index.js';
import { handoverOf } from './handover.js';
import { notesAsText, releaseNotes } from './handover.views.js';

/** The release notes in the shared channel, once they are sent. */
export function handoverSlots(release: Release, client: Client): { slots: Slot[]; files: SlotFile[] } {
  const { notes } = handoverOf(release);
  if (notes === undefined || !('liveSince' in release)) return { slots: [], files: [] };
  const key = `release/${release.id}/notes`;
  const place = { channel: client.channels.shared };
  const title = `Release notes of ${release.id}`;
  return {
    slots: [{ key, place, content: releaseNotes(release, notes, client) }],
    files: [
      {
        key: `${key}/file`,
        place,
        thread: key,
        filename: `${release.id}-notes.md`,
        title,
        text: async () => notesAsText(release, notes, client),
      },
    ],
  };
}
