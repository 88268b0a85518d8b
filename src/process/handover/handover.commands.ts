import type { By } from '../../kernel/by.js';
import { releaseId } from '../../kernel/references.js';
import { Refusal } from '../../kernel/refusal.js';
import type { Answer, SlackApp } from '../../platform/slack/app.js';
import { headed, type Subcommand } from '../../platform/slack/subcommands.js';
import type { ReleaseNeeds } from '../release/index.js';
import { draftNotes, handoverOf } from './handover.js';
import * as views from './handover.views.js';
import type { HandoverUseCases } from './use-cases.js';

interface Needs extends ReleaseNeeds {
  readonly useCases: HandoverUseCases;
}

/** `/release notes`, and the form in which they are read before they are sent. */
export const handoverCommands = (needs: Needs) => ({
  verbs: {
    notes: {
      takes: 'ACME-R7',
      does: 'opens the release notes, to be read and sent to the client',
      run: async (request): Promise<Answer> =>
        openNotes(
          needs,
          request.by,
          releaseId(headed(request.text)[0], needs.people.clientIn(request.channel)?.key),
          request.channel,
        ),
    },
  } satisfies Record<string, Subcommand>,
  register: (slack: SlackApp): void => {
    slack.press('handover.notes', async ({ by, value, channel }) =>
      openNotes(needs, by, value, channel ?? ''),
    );
    slack.submit('handover.notes', async ({ by, inputs, keeps }) => {
      const { state } = await needs.useCases.sendReleaseNotes(by, keeps['id'] ?? '', {
        news: inputs.text('news') ?? '',
        impact: inputs.text('impact') ?? '',
        toDo: inputs.text('toDo') ?? '',
        knownIssues: inputs.text('knownIssues') ?? '',
      });
      return { text: `The notes of ${state.id} are with the client.` };
    });
  },
});

async function openNotes(
  { releases, incidents, permissions }: Needs,
  by: By,
  id: string,
  channel: string,
): Promise<Answer> {
  await permissions.may(by, 'send release notes');
  const found = await releases.find(id);
  if (found === undefined) throw new Refusal('not-found', `There is no ${id}. /release list shows them.`);
  const sent = handoverOf(found.state).notes;
  if (sent !== undefined)
    throw new Refusal(
      'already-decided',
      `${sent.by.name} sent the notes of ${id} already; they stand in the shared channel.`,
    );
  const inside = (await incidents.named(found.state.scope)).map(({ state }) => state);
  return { modal: views.notesModal(found.state, draftNotes(found.state, inside), { channel }) };
}
