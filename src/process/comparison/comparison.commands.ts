import { releaseId } from '../../kernel/references.js';
import { Refusal } from '../../kernel/refusal.js';
import type { Answer, SlackApp } from '../../platform/slack/app.js';
import { headed, type Subcommand } from '../../platform/slack/subcommands.js';
import type { Incident } from '../register/index.js';
import type { Release, ReleaseNeeds } from '../release/index.js';
import { comparisonOf } from './comparison.js';
import * as views from './comparison.views.js';
import type { ComparisonUseCases } from './use-cases.js';

interface Needs extends ReleaseNeeds {
  readonly useCases: ComparisonUseCases;
}

/** `/release compare`, and the buttons by which differences are answered. */
export const comparisonCommands = (needs: Needs) => ({
  verbs: {
    compare: {
      takes: 'ACME-R7',
      does: 'compares staging with production: databases, files, parameters, permissions',
      run: async (request): Promise<Answer> => {
        const id = releaseId(headed(request.text)[0], needs.people.clientIn(request.channel)?.key);
        await needs.useCases.startComparison(request.by, id);
        return {
          text: `Staging and production are being compared for ${id}; the result comes into the thread of its board.`,
        };
      },
    },
  } satisfies Record<string, Subcommand>,
  register: (slack: SlackApp): void => register(needs, slack),
});

async function found(
  { releases, incidents }: Needs,
  id: string,
): Promise<{ release: Release; inside: Incident[] }> {
  const stored = await releases.find(id);
  if (stored === undefined) throw new Refusal('not-found', `There is no ${id}. /release list shows them.`);
  return {
    release: stored.state,
    inside: (await incidents.named(stored.state.scope)).map(({ state }) => state),
  };
}

function register(needs: Needs, slack: SlackApp): void {
  const { useCases, permissions, people, clock } = needs;
  slack.press('comparison.start', async ({ by, value }) => {
    await useCases.startComparison(by, value);
    return {
      text: `Staging and production are being compared for ${value}; the result comes into the thread of its board.`,
    };
  });
  slack.press('comparison.show', async ({ by, value }) => {
    await permissions.may(by, 'read the register');
    const { release, inside } = await found(needs, value);
    return (
      views.comparisonMessage(release, inside, people.house.zone, clock.now()) ?? {
        text: `${value} has not been compared yet.`,
      }
    );
  });
  slack.press('comparison.answer', async ({ by, value }) => {
    await permissions.may(by, 'work on an incident');
    const [id = '', difference = ''] = value.split('|');
    const { release, inside } = await found(needs, id);
    const { differences, answers } = comparisonOf(release);
    const one = differences.find((listed) => listed.id === difference);
    if (one === undefined)
      throw new Refusal('outdated', 'This difference is gone: a newer comparison does not show it any more.');
    return { modal: views.answerModal(release, one, inside, answers[one.id]) };
  });
  slack.submit('comparison.answer', async ({ by, inputs, keeps }) => {
    const filled = { incident: inputs.text('incident') ?? '', words: inputs.text('words') };
    await useCases.answerDifference(by, keeps['id'] ?? '', keeps['difference'] ?? '', filled);
    return undefined;
  });
  slack.press('comparison.answer-many', async ({ by, value }) => {
    await permissions.may(by, 'work on an incident');
    const { release, inside } = await found(needs, value);
    return { modal: views.answerManyModal(release, inside) };
  });
  slack.submit('comparison.answer-many', async ({ by, inputs, keeps }) => {
    const filled = { incident: inputs.text('incident') ?? '', words: inputs.text('words') };
    const among = inputs.text('among') === 'all' ? 'all' : 'open';
    const choice = { pattern: inputs.text('pattern') ?? '', among } as const;
    await useCases.answerMany(by, keeps['id'] ?? '', choice, filled);
    return undefined;
  });
}
