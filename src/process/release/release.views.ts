import type { KnownBlock, View } from '@slack/types';
import { type Instant, inZones, relative } from '../../kernel/instants.js';
import { cut } from '../../kernel/text.js';
import type { Client } from '../../people/people.js';
import {
  type Content,
  context,
  escaped,
  input,
  modal,
  option,
  section,
  textInput,
  ticks,
} from '../../platform/slack/blocks.js';
import type { Entry, Stored } from '../../platform/store/documents.js';
import type { Incident } from '../register/index.js';
import { agreedDate, isOver, type Release } from './release.js';

const marks: Partial<Record<Release['status'], string>> = {
  negotiating: ':hourglass_flowing_sand:',
  agreed: ':large_blue_circle:',
  preparing: ':large_blue_circle:',
  frozen: ':snowflake:',
  deploying: ':rocket:',
  verifying: ':large_blue_circle:',
  live: ':white_check_mark:',
  closed: ':white_check_mark:',
  'needs a human': ':rotating_light:',
  'rolled back': ':leftwards_arrow_with_hook:',
  cancelled: ':x:',
};

/** The status mark; the word always stands beside it. */
export function mark(release: Release): string {
  return marks[release.status] ?? ':large_blue_circle:';
}

/** `Tue 3 Mar, 18:00 Melbourne (07:00 London), in 2 days`; undefined while no date is agreed. */
export function when(release: Release, client: Client, ourZone: string, now: Instant): string | undefined {
  const date = agreedDate(release);
  if (date === undefined) return undefined;
  const named = inZones(date.instant, ourZone, client.zone);
  return isOver(release) || release.status === 'live' ? named : `${named}, ${relative(date.instant, now)}`;
}

/** A line of the board's thread. */
export function releaseHappening({ by, did }: Entry): Content {
  const text = `${by.name} ${did}`;
  return { text, blocks: [context(escaped(cut(text, 1_500)))] };
}

/** The modal that makes a release of authorised incidents; says what to do when there are none. */
export function newReleaseModal(
  client: Client,
  authorised: readonly Stored<Incident>[],
  keeps: Readonly<Record<string, string>>,
): View {
  if (authorised.length === 0) {
    const sentence = `No incident of ${client.name} is authorised and free. The client authorises in the shared channel once an incident is resolved; /incident list ${client.key} shows where each stands.`;
    return modal('sentence', 'New release', [section(escaped(sentence))], { close: 'Close' });
  }
  const options = authorised.map(({ id, state }) => option(cut(`${id} ${state.title}`, 75), id));
  const groups = Array.from({ length: Math.ceil(options.length / 10) }, (_, at): KnownBlock => {
    const part = options.slice(at * 10, at * 10 + 10);
    const all = part.map(({ value }) => value ?? '');
    return input(
      `scope${at}`,
      at === 0 ? 'Authorised incidents that go together' : 'and',
      ticks(`scope${at}`, part, all),
      { optional: at > 0 },
    );
  });
  return modal('release.new', `New release ${cut(client.name, 11)}`, groups.slice(0, 10), {
    submit: 'Create',
    keeps: { ...keeps, client: client.key },
  });
}

export function cancelModal(id: string, keeps: Readonly<Record<string, string>>): View {
  return modal(
    'release.cancel',
    `Cancel ${id}`,
    [
      section(
        'Its incidents become free for another release, a frozen staging thaws, and the client is told where they know of it.',
      ),
      textInput('reason', 'Why', { multiline: true, most: 1_000 }),
    ],
    { submit: 'Cancel it', close: 'Keep it', keeps: { ...keeps, id } },
  );
}

export function scopeModal(release: Release, candidates: readonly Stored<Incident>[]): View {
  const options = candidates.slice(0, 50).map(({ id, state }) => option(cut(`${id} ${state.title}`, 75), id));
  const groups = Array.from({ length: Math.ceil(options.length / 10) }, (_, at): KnownBlock => {
    const part = options.slice(at * 10, at * 10 + 10);
    return input(
      `scope${at}`,
      at === 0 ? 'In this release' : 'and',
      ticks(`scope${at}`, part, release.scope),
      { optional: true },
    );
  });
  const told =
    'date' in release
      ? [
          context(
            'The client agreed to what is in it now: after a change they are asked again, and are shown what changed.',
          ),
        ]
      : [];
  return modal('release.scope', `Scope of ${release.id}`, [...groups, ...told], {
    submit: 'Change',
    keeps: { id: release.id, shown: release.scope.join(' ') },
  });
}
