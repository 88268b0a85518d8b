import { noCalls } from './calls.js';
import { aDelivery } from './delivery/delivery.js';
import { noSockets } from './delivery/sockets.js';
import { aNewsDesk } from './happenings.js';
import { journalIn } from './journal.js';
import { readManifest } from './manifest.js';
import { noModals } from './modals.js';
import type { Records } from './records.js';
import { noResponseUrls } from './response-urls.js';
import { grow, recordsFrom, type WorkspaceSeed } from './seed.js';
import type { Slack, StoryClock } from './slack.js';
import { triggersLiving } from './triggers.js';

export interface WorkspaceOptions {
  readonly seed: WorkspaceSeed;
  /** A free one when absent. */
  readonly port?: number;
  /** Path of the app's manifest; the project's own when absent. */
  readonly manifest?: string;
  /** Name and version of the MongoDB engine, for the page. */
  readonly engine?: string;
  readonly clock?: StoryClock;
  /** Keeps messages, files, people, ids and tokens between runs. */
  readonly dataDir?: string;
  /** Milliseconds that the bot has for an ack, that a trigger lives, and that a person looks for something: 3000 each. */
  readonly ackWithin?: number;
  readonly triggerLife?: number;
  readonly patience?: number;
}

const ownManifest = new URL('../../../manifests/slack-app.yaml', import.meta.url);

function recordsOf(options: WorkspaceOptions, kept: Records | undefined): Records {
  if (kept === undefined) return recordsFrom(options.seed);
  // Ephemeral messages live in people's clients only, so a restart takes them away.
  for (const [channel, messages] of Object.entries(kept.messages)) {
    kept.messages[channel] = messages.filter(({ onlyFor }) => onlyFor === undefined);
  }
  return grow(kept, options.seed);
}

/** Puts a workspace together; `address` is filled in once it is served, `timers` are cleared by whoever stops it. */
export function assembled(
  options: WorkspaceOptions,
  address: { readonly url: string },
  timers: Set<NodeJS.Timeout>,
): Slack {
  const journal = journalIn(options.dataDir);
  const records = recordsOf(options, journal.load());
  const desk = aNewsDesk();
  desk.listen(() => journal.changed(records));
  const sockets = noSockets(records.bot.appId, desk);
  const { clock, engine } = options;
  return {
    records,
    desk,
    journal,
    sockets,
    manifest: readManifest(options.manifest ?? ownManifest),
    modals: noModals(desk),
    triggers: triggersLiving(options.triggerLife ?? 3000, records.team.id),
    responseUrls: noResponseUrls(records.team.id),
    calls: noCalls(desk),
    delivery: aDelivery(records.secrets.signingSecret, sockets, options.ackWithin ?? 3000),
    ...(engine === undefined ? {} : { engine }),
    ...(clock === undefined ? {} : { clock }),
    url: () => address.url,
    now: () => Date.now() + (clock?.ahead() ?? 0),
    later: (milliseconds, what) => {
      const timer = setTimeout(() => void (timers.delete(timer) && what()), milliseconds).unref();
      timers.add(timer);
    },
  };
}
