import type { Instant } from '../../kernel/instants.js';
import type { Client } from '../../people/people.js';
import type { Slot, SlotFile } from '../../platform/slack/slots.js';
import type { Incident } from '../register/index.js';
import type { Release } from '../release/index.js';
import { reportName } from './compare-environments.js';
import { comparisonOf } from './comparison.js';
import type { Archive } from './comparison.store.js';
import { comparisonMessage, watchMessage } from './comparison.views.js';

/** The comparison's message and what was seen later. A running one is left to whoever runs it, once it is posted. */
export function comparisonSlots(
  release: Release,
  incidents: readonly Incident[],
  client: Client,
  ourZone: string,
  board: string,
  now: Instant,
): Slot[] {
  const place = { channel: client.channels.team };
  const under = (slot: string, content: Slot['content'] | undefined): Slot[] =>
    content === undefined ? [] : [{ key: `release/${release.id}/${slot}`, place, thread: board, content }];
  const running = comparisonOf(release).run?.status === 'under way';
  return [
    ...(running ? [] : under('comparison', comparisonMessage(release, incidents, ourZone, now))),
    ...under('watch', watchMessage(release)),
  ];
}

/** The whole report of the last run, as a page and as JSON. */
export function comparisonFiles(
  release: Release,
  client: Client,
  board: string,
  archive: Archive,
): SlotFile[] {
  const { run, differences } = comparisonOf(release);
  if (run?.status !== 'done' || differences.length === 0) return [];
  return (['html', 'json'] as const).map((kind): SlotFile => {
    const filename = reportName(release.id, run.number, kind);
    return {
      key: `release/${release.id}/report/${run.number}/${kind}`,
      place: { channel: client.channels.team },
      thread: board,
      filename,
      title: `Comparison ${run.number} of ${release.id} (${kind === 'html' ? 'page' : 'JSON'})`,
      text: async () => (await archive.read(filename)) ?? 'The report is gone.',
    };
  });
}
