import { releaseId } from '../../kernel/references.js';
import { Refusal } from '../../kernel/refusal.js';
import type { Answer, CommandRequest, SlackApp } from '../../platform/slack/app.js';
import { headed, type Subcommand } from '../../platform/slack/subcommands.js';
import * as views from './deployment.views.js';
import type { DeploymentNeeds } from './needs.js';
import type { DeploymentUseCases } from './use-cases.js';

interface Needs extends DeploymentNeeds {
  readonly useCases: DeploymentUseCases;
}

/** The verbs of `/release` that steer a deployment, and its buttons. */
export const deploymentCommands = (needs: Needs) => ({
  verbs: verbs(needs),
  register: (slack: SlackApp): void => {
    const { useCases, permissions } = needs;
    slack.press('deployment.stop', async ({ by, value }) => {
      await useCases.stopDeployment(by, value);
      return { text: `${value} is being stopped.` };
    });
    slack.press('deployment.again', async ({ by, value }) => {
      await useCases.startDeployment(by, value);
      return { text: `A new attempt of ${value} starts.` };
    });
    slack.press('deployment.roll-back', async ({ by, value }) => {
      await permissions.may(by, 'stop a deployment');
      return { modal: views.rollBackModal(value) };
    });
    slack.submit('deployment.roll-back', async ({ by, inputs, keeps }) => {
      await useCases.rollBack(by, keeps['id'] ?? '', inputs.text('reason') ?? '');
      return undefined;
    });
    slack.press('deployment.settle', async ({ by, value }) => {
      await permissions.may(by, 'stop a deployment');
      return { modal: views.settleModal(value) };
    });
    slack.submit('deployment.settle', async ({ by, inputs, keeps }) => {
      const outcome = inputs.text('outcome');
      if (outcome !== 'succeeded' && outcome !== 'failed')
        throw new Refusal('unreadable', 'Please choose how it ended.', { field: 'outcome' });
      await useCases.settleAttempt(
        by,
        keeps['id'] ?? '',
        outcome === 'succeeded',
        inputs.text('evidence') ?? '',
      );
      return undefined;
    });
  },
});

function verbs({ useCases, people, permissions, releases }: Needs): Record<string, Subcommand> {
  const target = ({ text, channel }: CommandRequest): readonly [id: string, rest: string] => {
    const [head, rest] = headed(text);
    return [releaseId(head, people.clientIn(channel)?.key), rest];
  };
  return {
    deploy: {
      takes: 'ACME-R7 [because why]',
      does: 'starts it by hand; it starts by itself at the agreed time',
      run: async (request): Promise<Answer> => {
        const [id, rest] = target(request);
        const because = /^because\s+([\s\S]+)$/iu.exec(rest)?.[1];
        if (rest !== '' && because === undefined)
          throw new Refusal(
            'unreadable',
            `Write /release deploy ${id}, or before the agreed time: /release deploy ${id} because …`,
          );
        await useCases.startDeployment(request.by, id, because);
        return { text: `${id} is being deployed; its output stands in the thread of its board.` };
      },
    },
    stop: {
      takes: 'ACME-R7',
      does: 'stops a running deployment',
      run: async (request): Promise<Answer> => {
        const [id] = target(request);
        await useCases.stopDeployment(request.by, id);
        return { text: `${id} is being stopped.` };
      },
    },
    rollback: {
      takes: 'ACME-R7 why',
      does: 'takes it back out of production',
      run: async (request): Promise<Answer> => {
        const [id, why] = target(request);
        await permissions.may(request.by, 'stop a deployment');
        if (why === '') {
          if ((await releases.find(id)) === undefined)
            throw new Refusal('not-found', `There is no ${id}. /release list shows them.`);
          return { modal: views.rollBackModal(id) };
        }
        await useCases.rollBack(request.by, id, why);
        return { text: `${id} is being rolled back.` };
      },
    },
  };
}
