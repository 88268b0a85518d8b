import type { App } from '@slack/bolt';
import type { View } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Identity } from '../../kernel/by.js';
import type { Refusal } from '../../kernel/refusal.js';
import { inTime } from '../store/patience.js';
import { type Answer, refusalContent, sentenceModal } from './answers.js';
import { asText, unescaped } from './blocks.js';
import { asRefusal } from './failures.js';
import { identityOf } from './identity.js';
import { type Inputs, inputsOf, keptOf } from './inputs.js';

export type { Answer } from './answers.js';

/** A slash command as it was typed. */
export interface CommandRequest {
  readonly by: Identity;
  readonly text: string;
  readonly channel: string;
}

/** A press of a button, a pick from a menu or from a select. */
export interface PressRequest {
  readonly by: Identity;
  readonly value: string;
  /** The channel and message that hold the button; absent in modals and in App Home. */
  readonly channel: string | undefined;
  readonly message: string | undefined;
}

/** A submitted modal. */
export interface SubmitRequest {
  readonly by: Identity;
  readonly inputs: Inputs;
  readonly keeps: Readonly<Record<string, string>>;
}

/** A message shortcut, with the message it was used on. */
export interface ShortcutRequest {
  readonly by: Identity;
  readonly channel: string;
  readonly message: { readonly ts: string; readonly text: string; readonly user: string | undefined };
}

/**
 * What the steps register their handlers with. Every handler parses, calls one use case and gives back the answer;
 * this is the one place that acks (after the save), opens modals and turns refusals into words.
 */
export interface SlackApp {
  command(name: string, handle: (request: CommandRequest) => Promise<Answer>): void;
  press(action: string, handle: (request: PressRequest) => Promise<Answer>): void;
  submit(callback: string, handle: (request: SubmitRequest) => Promise<Answer>): void;
  shortcut(callback: string, handle: (request: ShortcutRequest) => Promise<Answer>): void;
  home(show: (by: Identity) => Promise<View>): void;
  /** Shows App Home anew, soon, to those who have looked at it: something that stands there may have changed. */
  refreshHomes(): void;
  /** What is registered: for help, and for holding the manifest to it. */
  registered(): { commands: string[]; presses: string[]; submits: string[]; shortcuts: string[] };
}

interface Tools {
  readonly app: App;
  readonly client: WebClient;
  readonly log: Logger;
  /** Runs around every request, so that a stop can wait for those under way. */
  readonly during: <T>(work: Promise<T>) => Promise<T>;
  /** How long a person's request may wait for the store, in milliseconds: Slack gives up after three seconds. */
  readonly storePatience: number;
}

/** How many people's App Home is kept fresh. */
const mostHomes = 30;

/** Gives the SlackApp that stands on a Bolt app. */
export function slackApp({ app, client, log, during, storePatience }: Tools): SlackApp {
  const homes = new Map<string, () => Promise<void>>();
  let refreshing: NodeJS.Timeout | undefined;
  const names = {
    commands: [] as string[],
    presses: [] as string[],
    submits: [] as string[],
    shortcuts: [] as string[],
  };
  const presses = new Map<string, (request: PressRequest) => Promise<Answer>>();

  /** Runs a handler; what it throws becomes a refusal, told as words. */
  const answered = async (
    operation: string,
    work: () => Promise<Answer>,
  ): Promise<{ answer: Answer; refusal?: Refusal }> => {
    try {
      return { answer: await during(inTime(storePatience, work)) };
    } catch (error) {
      const refusal = asRefusal(error, operation, log);
      return { answer: refusalContent(refusal), refusal };
    }
  };

  const open = async (answer: Answer, trigger: string, inModal: boolean): Promise<Answer> => {
    if (answer === undefined || !('modal' in answer)) return answer;
    try {
      await (inModal ? client.views.push : client.views.open)({ trigger_id: trigger, view: answer.modal });
      return undefined;
    } catch (error) {
      log.warn({ err: error }, 'a modal could not be opened');
      return { text: 'Slack did not open the form in time. Please press again.' };
    }
  };

  app.error(async (error) => log.error({ err: error }, 'Bolt could not process a request'));

  app.action({ type: 'block_actions' }, async ({ ack, action, body, respond }) => {
    const name =
      action.action_id.startsWith('more.') && action.type === 'overflow'
        ? ((action.selected_option.value ?? '').split('|')[0] ?? '')
        : (action.action_id.split('#')[0] ?? '');
    const handle = presses.get(name);
    if (handle === undefined) return ack(); // a select inside a modal, whose value comes with the submission
    const { answer } = await answered(`press ${name}`, () =>
      handle({
        by: identityOf(body.user),
        value: pressedValue(action),
        channel: body.channel?.id,
        message: body.message?.ts,
      }),
    );
    const inModal = body.view?.type === 'modal';
    const words = await open(answer, body.trigger_id, inModal);
    await ack();
    if (words === undefined || 'modal' in words) return;
    if (body.response_url !== undefined) {
      await respond({ response_type: 'ephemeral', replace_original: false, ...mutable(words) });
    } else {
      const view = sentenceModal('Slipway', words.text);
      await (inModal ? client.views.push : client.views.open)({ trigger_id: body.trigger_id, view });
    }
  });

  return {
    command: (name, handle) => {
      names.commands.push(name);
      app.command(name, async ({ ack, command }) => {
        const by: Identity = { team: command.team_id, user: command.user_id, name: command.user_name };
        const { answer } = await answered(`command ${name}`, () =>
          handle({ by, text: unescaped(command.text).trim(), channel: command.channel_id }),
        );
        const words = await open(answer, command.trigger_id, false);
        if (words === undefined || 'modal' in words) return ack();
        return ack({ response_type: 'ephemeral', ...mutable(words) });
      });
    },
    press: (action, handle) => {
      names.presses.push(action);
      presses.set(action, handle);
    },
    submit: (callback, handle) => {
      names.submits.push(callback);
      app.view({ callback_id: callback, type: 'view_submission' }, async ({ ack, body, view }) => {
        const keeps = keptOf(view.private_metadata);
        const { answer, refusal } = await answered(`submit ${callback}`, () =>
          handle({ by: identityOf(body.user), inputs: inputsOf(view.state.values), keeps }),
        );
        if (refusal?.field !== undefined && view.blocks.some(({ block_id }) => block_id === refusal.field)) {
          return ack({ response_action: 'errors', errors: { [refusal.field]: refusal.message } });
        }
        if (refusal !== undefined) {
          return ack({ response_action: 'push', view: sentenceModal('Not recorded', refusal.message) });
        }
        if (answer !== undefined && 'modal' in answer) {
          return ack({ response_action: 'update', view: answer.modal });
        }
        await ack();
        const channel = keeps['channel'];
        if (answer === undefined || channel === undefined || channel === '') return undefined;
        // A courtesy: what was done stands in the messages already.
        await client.chat
          .postEphemeral({ channel, user: body.user.id, ...mutable(answer) })
          .catch((error: unknown) => log.info({ err: error }, 'an answer could not be shown'));
        return undefined;
      });
    },
    shortcut: (callback, handle) => {
      names.shortcuts.push(callback);
      app.shortcut({ callback_id: callback, type: 'message_action' }, async ({ ack, shortcut, respond }) => {
        const { answer } = await answered(`shortcut ${callback}`, () =>
          handle({
            by: identityOf(shortcut.user, shortcut.team?.id),
            channel: shortcut.channel.id,
            message: {
              ts: shortcut.message_ts,
              text: unescaped(shortcut.message.text ?? ''),
              user: shortcut.message.user,
            },
          }),
        );
        const words = await open(answer, shortcut.trigger_id, false);
        await ack();
        if (words !== undefined && !('modal' in words)) {
          await respond({ response_type: 'ephemeral', replace_original: false, ...mutable(words) });
        }
      });
    },
    home: (show) => {
      app.event('app_home_opened', async ({ event, body }) => {
        if (event.tab !== 'home') return;
        const by: Identity = { team: body.team_id, user: event.user, name: '' };
        const publish = async (): Promise<void> => {
          const view = await show(by);
          await client.views.publish({ user_id: event.user, view });
        };
        // The newest last, and no more than a small team: each costs a call of Slack's.
        homes.delete(event.user);
        homes.set(event.user, publish);
        const [oldest] = homes.keys();
        if (homes.size > mostHomes && oldest !== undefined) homes.delete(oldest);
        await during(publish()).catch((error: unknown) =>
          log.warn({ err: error }, 'App Home could not be shown'),
        );
      });
    },
    refreshHomes: () => {
      if (refreshing !== undefined || homes.size === 0) return;
      refreshing = setTimeout(() => {
        refreshing = undefined;
        for (const publish of homes.values()) {
          during(publish()).catch((error: unknown) =>
            log.info({ err: error }, 'App Home could not be shown anew'),
          );
        }
      }, 1_000).unref();
    },
    registered: () => names,
  };
}

function mutable<T extends { blocks?: readonly B[] | undefined }, B>(
  content: T & { text: string },
): { text: string; blocks?: B[] } {
  return {
    text: asText(content.text),
    ...(content.blocks === undefined ? {} : { blocks: [...content.blocks] }),
  };
}

function pressedValue(action: { readonly type: string }): string {
  const pressed = action as { value?: string; selected_option?: { value?: string }; selected_user?: string };
  const value = pressed.value ?? pressed.selected_option?.value ?? pressed.selected_user ?? '';
  return action.type === 'overflow' ? value.slice(value.indexOf('|') + 1) : value;
}
