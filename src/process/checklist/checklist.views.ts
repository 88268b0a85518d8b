import type { KnownBlock, View } from '@slack/types';
import { type Instant, shortTime } from '../../kernel/instants.js';
import {
  actions,
  button,
  type Content,
  context,
  escaped,
  input,
  modal,
  option,
  overflow,
  section,
  select,
  textInput,
} from '../../platform/slack/blocks.js';
import { answerOf, evidenceWords, type Item, waitsFor } from './checklist.js';
import type { Lesson } from './lesson.js';

const kinds = ['yes', 'no', 'not applicable'] as const;
export type Kind = (typeof kinds)[number];

/** One item in the thread: the question with its buttons, or the answer that was given. */
export function checklistItem(
  release: string,
  item: Item,
  zone: string,
  now: Instant,
  changeable: boolean,
): Content {
  const given = answerOf(item);
  const value = `${release}|${item.id}`;
  if (given === undefined) {
    const wanted = item.evidence === 'none' ? '' : ` Evidence wanted: ${evidenceWords[item.evidence]}.`;
    const why = item.why === '' ? '' : ` ${item.why}`;
    return {
      text: `Checklist of ${release}: ${item.ask}${why}${wanted} Waiting for ${waitsFor(item)}.`,
      blocks: [
        section(`:hourglass_flowing_sand: *${escaped(item.ask)}*`),
        context(escaped(`${why}${wanted} Waiting for ${waitsFor(item)}.`.trim())),
        actions('checklist', [
          button({
            label: 'Yes',
            action: 'checklist.yes',
            value: `${value}|${item.evidence}`,
            style: 'primary',
          }),
          button({ label: 'No…', action: 'checklist.no', value }),
          button({ label: 'Not applicable…', action: 'checklist.not-applicable', value }),
        ]),
      ],
    };
  }
  const told = [
    given.kind === 'yes' ? 'Yes' : given.kind === 'no' ? 'No' : 'Not applicable',
    `${given.by.name}, ${shortTime(given.at, now, zone)}`,
    ...(given.reason === '' ? [] : [given.reason]),
    ...(given.evidence === '' ? [] : [given.evidence]),
  ];
  const sign = given.kind === 'no' ? ':x:' : ':white_check_mark:';
  const change = overflow('checklist', [{ label: 'Change', action: 'checklist.change', value }]);
  return {
    text: `${item.ask} ${told.join(' · ')}`,
    blocks: [
      section(`${sign} ${escaped(item.ask)}\n${escaped(told.join(' · '))}`, changeable ? change : undefined),
    ],
  };
}

/** The modal for an answer that needs words: a reason, evidence, or both. */
export function answerModal(release: string, item: Item, kind: Kind | undefined): View {
  const blocks: KnownBlock[] = [section(`*${escaped(item.ask)}*`)];
  if (item.why !== '') blocks.push(context(escaped(item.why)));
  if (kind === undefined)
    blocks.push(
      input(
        'kind',
        'Answer',
        select(
          'kind',
          kinds.map((one) => option(one, one)),
          answerOf(item)?.kind ?? 'yes',
        ),
      ),
    );
  if (kind !== 'yes')
    blocks.push(
      textInput('reason', 'Why', {
        multiline: true,
        most: 1_000,
        optional: kind === undefined,
        hint: 'Wanted for no and not applicable.',
      }),
    );
  if (kind !== 'no' && kind !== 'not applicable') {
    const wanted =
      item.evidence === 'none' ? 'Anything worth keeping' : `Wanted here: ${evidenceWords[item.evidence]}`;
    blocks.push(
      textInput('evidence', 'Evidence', {
        most: 1_000,
        optional: kind === undefined || item.evidence === 'none' || item.evidence === 'file',
        hint: wanted,
      }),
    );
    if (item.evidence === 'file') {
      blocks.push(
        input('file', 'File', { type: 'file_input', action_id: 'file', max_files: 1 }, { optional: true }),
      );
    }
  }
  return modal('checklist.answer', 'Checklist', blocks, {
    submit: 'Answer',
    keeps: { release, item: item.id, ...(kind === undefined ? {} : { kind }) },
  });
}

/** Asks the team what a release with trouble has taught; or shows what was learnt. */
export function lessonPrompt(
  release: string,
  troubles: readonly string[],
  learnt: readonly Lesson[],
): Content {
  const trouble = troubles.join('; ');
  const lines = learnt.map(({ ask, status }) => `${ask} (${status})`);
  const text =
    learnt.length === 0
      ? `${release} had trouble: ${trouble}. What did it teach?`
      : `${release} had trouble: ${trouble}. Learnt: ${lines.join('; ')}.`;
  return {
    text,
    blocks: [
      section(escaped(text)),
      actions('lesson', [
        button({
          label: learnt.length === 0 ? 'Record a lesson…' : 'Another lesson…',
          action: 'lesson.record',
          value: release,
        }),
      ]),
    ],
  };
}

export function lessonModal(release: string): View {
  return modal(
    'lesson.record',
    'A lesson',
    [
      textInput('happened', `What went wrong in ${release}`, {
        most: 200,
        placeholder: 'the cron user lacked rights',
      }),
      textInput('ask', 'What should the checklist ask next time?', {
        most: 300,
        placeholder: 'Has the cron user rights on the new folder?',
      }),
      input(
        'evidence',
        'Evidence wanted',
        select(
          'evidence',
          ['none', 'text', 'link', 'file'].map((one) => option(one, one)),
          'none',
        ),
      ),
    ],
    { submit: 'Record', keeps: { release } },
  );
}

/** A lesson on its way into the checklist. */
export function lessonMessage(lesson: Lesson): Content {
  const line = `${lesson.id}, from ${lesson.release}: ${lesson.happened}. The checklist would ask: ${lesson.ask}`;
  if (lesson.status !== 'proposed') {
    const end = lesson.status === 'accepted' ? 'accepted into the checklist' : 'dismissed';
    return {
      text: `${line} · ${end} by ${lesson.decidedBy.name}`,
      blocks: [section(escaped(line)), context(escaped(`${end} by ${lesson.decidedBy.name}`))],
    };
  }
  return {
    text: `${line} · written by ${lesson.by.name}, waits for a release manager`,
    blocks: [
      section(escaped(line)),
      context(escaped(`Written by ${lesson.by.name}; a release manager takes it in.`)),
      actions('lesson', [
        button({ label: 'Into the checklist', action: 'lesson.accept', value: lesson.id, style: 'primary' }),
        button({ label: 'Dismiss', action: 'lesson.dismiss', value: lesson.id }),
      ]),
    ],
  };
}
