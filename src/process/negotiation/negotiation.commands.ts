import { clientOf, releaseId } from '../../kernel/references.js';
import { Refusal } from '../../kernel/refusal.js';
import type { SlackApp } from '../../platform/slack/app.js';
import { headed, type Subcommand } from '../../platform/slack/subcommands.js';
import type { Release, ReleaseNeeds } from '../release/index.js';
import { negotiationOf } from './negotiation.js';
import * as views from './negotiation.views.js';
import { pickedDate, readDate } from './read-date.js';
import type { NegotiationUseCases } from './use-cases.js';

interface Needs extends ReleaseNeeds {
  readonly useCases: NegotiationUseCases;
}

/** `/release propose`, and the buttons by which two sides come to a date. */
export const negotiationCommands = (needs: Needs) => ({
  verbs: { propose: proposeVerb(needs) },
  register: (slack: SlackApp): void => {
    ours(needs, slack);
    theirs(needs, slack);
  },
});

function proposeVerb({ useCases, people, permissions, releases }: Needs): Subcommand {
  return {
    takes: 'ACME-R7 [next tuesday 6pm]',
    does: 'proposes a date to the client, read in your zone; without a date it opens the form',
    run: async (request) => {
      const [head, typed] = headed(request.text);
      const id = releaseId(head, people.clientIn(request.channel)?.key);
      const actor = await permissions.may(request.by, 'shape a release');
      if (typed === '') {
        const release = await known(releases, id);
        return { modal: views.proposeModal(release, actor.zone, { channel: request.channel }) };
      }
      const { state } = await useCases.proposeDate(request.by, id, {
        read: (zone, now) => readDate(typed, zone, now),
      });
      return views.proposed(state, people.client(state.client), people.house.zone);
    },
  };
}

async function known(releases: Needs['releases'], id: string): Promise<Release> {
  const stored = await releases.find(id);
  if (stored === undefined) throw new Refusal('not-found', `There is no ${id}. /release list shows them.`);
  return stored.state;
}

const parts = (value: string): readonly [id: string, shown: string] => {
  const at = value.indexOf('|');
  return at < 0 ? [value, ''] : [value.slice(0, at), value.slice(at + 1)];
};

function ours({ useCases, people, permissions, releases }: Needs, slack: SlackApp): void {
  slack.press('negotiation.propose', async ({ by, value, channel }) => {
    const actor = await permissions.may(by, 'shape a release');
    return {
      modal: views.proposeModal(await known(releases, value), actor.zone, { channel: channel ?? '' }),
    };
  });
  slack.submit('negotiation.propose', async ({ by, inputs, keeps }) => {
    const { state } = await useCases.proposeDate(by, keeps['id'] ?? '', {
      read: (zone, now) => readDate(inputs.text('date') ?? '', zone, now),
      words: inputs.text('words'),
      notice: inputs.text('notice') ?? '',
    });
    return views.proposed(state, people.client(state.client), people.house.zone);
  });
  slack.press('negotiation.accept-counter', async ({ by, value }) => {
    const { state } = await useCases.acceptCounter(by, ...parts(value));
    return { text: `${state.id} is agreed.` };
  });
}

function theirs({ useCases, people, permissions, releases }: Needs, slack: SlackApp): void {
  slack.press('negotiation.accept', async ({ by, value }) => {
    const { state } = await useCases.acceptDate(by, ...parts(value));
    return { text: `Thank you. ${state.id} is agreed for this date.` };
  });
  slack.press('negotiation.counter', async ({ by, value }) => {
    const [id, shown] = parts(value);
    const client = people.client(clientOf(id));
    await permissions.mayDecideFor(by, client);
    const release = await known(releases, id);
    const proposal = negotiationOf(release).proposals.find(
      ({ number }) => String(number) === shown.split('|')[0],
    );
    if (proposal?.status !== 'open')
      throw new Refusal('already-decided', 'This date is decided already; the message says how it stands.');
    return { modal: views.counterModal(release, shown, client, proposal) };
  });
  slack.submit('negotiation.counter', async ({ by, inputs, keeps }) => {
    await useCases.counterDate(by, keeps['id'] ?? '', keeps['shown'] ?? '', {
      read: (zone) => pickedDate(inputs.text('date') ?? '', inputs.text('time') ?? '', zone),
      words: inputs.text('words'),
    });
    return undefined;
  });
  slack.press('negotiation.decline', async ({ by, value }) => {
    const [id, shown] = parts(value);
    await permissions.mayDecideFor(by, people.client(clientOf(id)));
    return { modal: views.declineModal(id, shown) };
  });
  slack.submit('negotiation.decline', async ({ by, inputs, keeps }) => {
    await useCases.declineDate(by, keeps['id'] ?? '', keeps['shown'] ?? '', inputs.text('reason') ?? '');
    return undefined;
  });
  slack.press('negotiation.ask', async ({ by, value }) => {
    await permissions.mayDecideFor(by, people.client(clientOf(value)));
    return { modal: views.questionModal(value) };
  });
  slack.submit('negotiation.ask', async ({ by, inputs, keeps }) => {
    await useCases.askQuestion(by, keeps['id'] ?? '', inputs.text('question') ?? '');
    return undefined;
  });
}
