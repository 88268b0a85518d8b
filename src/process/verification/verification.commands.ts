import type { SlackApp } from '../../platform/slack/app.js';
import type { VerificationUseCases } from './use-cases.js';

/** The buttons of an alert. */
export const verificationCommands =
  ({ useCases }: { readonly useCases: VerificationUseCases }) =>
  (slack: SlackApp): void => {
    slack.press('verification.acknowledge', async ({ by, value }) => {
      const [id = '', number = ''] = value.split('|');
      await useCases.acknowledgeAlert(by, id, Number(number));
      return { text: `It is yours: the alert of ${id} does not escalate any more.` };
    });
    slack.press('verification.again', async ({ by, value }) => {
      await useCases.checkAgain(by, value);
      return { text: `Production is being checked again for ${value}; the result comes here.` };
    });
  };
