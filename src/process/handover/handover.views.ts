import type { View } from '@slack/types';
import { inZone } from '../../kernel/instants.js';
import type { Client } from '../../people/people.js';
import {
  type Content,
  context,
  escaped,
  header,
  modal,
  section,
  textInput,
} from '../../platform/slack/blocks.js';
import type { Release } from '../release/index.js';
import type { Notes, SentNotes } from './handover.js';

const parts: readonly (readonly [keyof Notes, string])[] = [
  ['news', 'What is new'],
  ['impact', 'What your users will notice'],
  ['toDo', 'What you need to do'],
  ['knownIssues', 'What is known not to work yet'],
];

/** The form in which a release manager reads the notes before the client does. */
export function notesModal(release: Release, notes: Notes, keeps: Readonly<Record<string, string>>): View {
  return modal(
    'handover.notes',
    `Notes of ${release.id}`,
    [
      section(
        'Please read this as the client will: their words, no file names. It goes to the shared channel.',
      ),
      ...parts.map(([name, label]) =>
        textInput(name, label, {
          multiline: true,
          most: 2_500,
          optional: name !== 'news',
          initial: notes[name],
        }),
      ),
    ],
    { submit: 'Send to client', keeps: { ...keeps, id: release.id } },
  );
}

/** The notes in the shared channel. */
export function releaseNotes(
  release: Release & { liveSince: string },
  notes: SentNotes,
  client: Client,
): Content {
  const told = parts.filter(([name]) => notes[name] !== '');
  const title = `Release notes of ${release.id}`;
  const since = `Live since ${inZone(release.liveSince, client.zone)}`;
  return {
    text: `${title}. ${since}. ${told.map(([name, label]) => `${label}: ${notes[name].replaceAll('\n', '; ')}`).join('. ')}`,
    blocks: [
      header(title),
      context(escaped(since)),
      ...told.map(([name, label]) =>
        section(
          `*${label}*\n${escaped(
            notes[name]
              .split('\n')
              .map((line) => `• ${line}`)
              .join('\n'),
          )}`,
        ),
      ),
    ],
  };
}

/** The same as a file, for whoever keeps such things. */
export function notesAsText(
  release: Release & { liveSince: string },
  notes: SentNotes,
  client: Client,
): string {
  const told = parts.filter(([name]) => notes[name] !== '');
  return [
    `# Release notes of ${release.id}`,
    `${client.name}, live since ${inZone(release.liveSince, client.zone)}`,
    ...told.map(
      ([name, label]) =>
        `## ${label}\n${notes[name]
          .split('\n')
          .map((line) => `- ${line}`)
          .join('\n')}`,
    ),
  ]
    .join('\n\n')
    .concat('\n');
}
