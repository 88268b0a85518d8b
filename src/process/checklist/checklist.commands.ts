import { releaseId } from '../../kernel/references.js';
import { Refusal } from '../../kernel/refusal.js';
import { counted } from '../../kernel/text.js';
import type { Answer, CommandRequest, SlackApp } from '../../platform/slack/app.js';
import { subcommands } from '../../platform/slack/subcommands.js';
import { answerOf, type Evidence, itemsOf, whatChecklistMisses } from './checklist.js';
import * as views from './checklist.views.js';
import type { ChecklistNeeds } from './needs.js';
import type { ChecklistUseCases } from './use-cases.js';

interface Needs extends ChecklistNeeds {
  readonly useCases: ChecklistUseCases;
}

/** `/checklist`, the buttons of its items, and the lessons that make it grow. */
export const checklistCommands =
  (needs: Needs) =>
  (slack: SlackApp): void => {
    const { useCases, people, permissions, releases } = needs;
    const begin = async (by: CommandRequest['by'], id: string): Promise<Answer> => {
      const { state } = await useCases.beginChecklist(by, id);
      const done = itemsOf(state).filter((item) => answerOf(item) !== undefined).length;
      const open = whatChecklistMisses(state);
      const next = open[0] === undefined ? 'Nothing is open.' : `Next: ${open[0].what} (${open[0].who}).`;
      return {
        text: `Checklist of ${id}: ${done} of ${counted(itemsOf(state).length, 'item')} answered. ${next} The items stand one by one in the thread of its board.`,
      };
    };

    slack.command(
      '/checklist',
      subcommands({
        command: '/checklist',
        about:
          'Walks the checklist of a release, item by item in the thread of its board. /checklist ACME-R7 starts it, or says what is open.',
        verbs: {},
        bare: async ({ by, channel }) => {
          await permissions.may(by, 'answer a checklist item');
          const open = await releases.open(people.clientIn(channel)?.key);
          const ready = open.filter(({ state }) => state.status === 'agreed' || state.status === 'preparing');
          const [only] = ready;
          if (ready.length === 1 && only !== undefined) return begin(by, only.id);
          if (ready.length === 0)
            return {
              text: 'No release is being prepared. A checklist begins once a date is agreed: /release list shows where each stands.',
            };
          return { text: `Which one? ${ready.map(({ id }) => `/checklist ${id}`).join(', ')}` };
        },
        otherwise: (request) =>
          /^\S*\d\S*$/u.test(request.text)
            ? begin(request.by, releaseId(request.text, people.clientIn(request.channel)?.key))
            : undefined,
      }),
    );
    slack.press('checklist.begin', async ({ by, value }) => begin(by, value));
    items(needs, slack);
    lessons(needs, slack);
  };

function items(needs: Needs, slack: SlackApp): void {
  const { useCases } = needs;
  const words =
    (kind: views.Kind | undefined) =>
    async ({ by, value }: { by: CommandRequest['by']; value: string }): Promise<Answer> => {
      const [id = '', at = ''] = value.split('|');
      const item = await useCases.openItem(by, id, at, kind === undefined ? 'change' : 'answer');
      return { modal: views.answerModal(id, item, kind) };
    };
  slack.press('checklist.yes', async (request) => {
    const [id = '', at = '', evidence] = request.value.split('|');
    if (evidence !== 'none') return words('yes')(request);
    await useCases.answerItem(request.by, id, at, { kind: 'yes', reason: '', evidence: '' });
    return undefined;
  });
  slack.press('checklist.no', words('no'));
  slack.press('checklist.not-applicable', words('not applicable'));
  slack.press('checklist.change', words(undefined));
  slack.submit('checklist.answer', async ({ by, inputs, keeps }) => {
    const kind = (['yes', 'no', 'not applicable'] as const).find(
      (one) => one === (keeps['kind'] ?? inputs.text('kind')),
    );
    if (kind === undefined)
      throw new Refusal('unreadable', 'Please choose yes, no or not applicable.', { field: 'kind' });
    const evidence = inputs.text('evidence') ?? inputs.text('file') ?? '';
    const given = { kind, reason: inputs.text('reason') ?? '', evidence };
    const intent = keeps['kind'] === undefined ? 'change' : 'answer';
    await useCases.answerItem(by, keeps['release'] ?? '', keeps['item'] ?? '', given, intent);
    return undefined;
  });
}

function lessons({ useCases, permissions }: Needs, slack: SlackApp): void {
  slack.press('lesson.record', async ({ by, value }) => {
    await permissions.may(by, 'answer a checklist item');
    return { modal: views.lessonModal(value) };
  });
  slack.submit('lesson.record', async ({ by, inputs, keeps }) => {
    const evidence =
      (['none', 'text', 'link', 'file'] satisfies Evidence[]).find(
        (one) => one === inputs.text('evidence'),
      ) ?? 'none';
    await useCases.recordLesson(by, keeps['release'] ?? '', {
      happened: inputs.text('happened') ?? '',
      ask: inputs.text('ask') ?? '',
      evidence,
    });
    return undefined;
  });
  slack.press('lesson.accept', async ({ by, value }) => {
    const { state } = await useCases.acceptLesson(by, value);
    return { text: `${state.id} is in the checklist: the next release is asked "${state.ask}"` };
  });
  slack.press('lesson.dismiss', async ({ by, value }) => {
    const { state } = await useCases.dismissLesson(by, value);
    return { text: `${state.id} is dismissed.` };
  });
}
