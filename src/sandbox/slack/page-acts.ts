import type { Act, Outcome } from './contract.js';
import { markRead } from './messages.js';
import type { OpenModal } from './modals.js';
import type { Answer } from './people/answer.js';
import { pressInHome, pressInMessage, pressInModal } from './people/press.js';
import { openHome, useShortcut } from './people/shortcut.js';
import { close, submit } from './people/submit.js';
import { type } from './people/talk.js';
import { type ChannelRecord, type MessageRecord, messageAt, type PersonRecord } from './records.js';
import type { Slack } from './slack.js';

/** Does what a person did in the page. */
export async function perform(slack: Slack, person: PersonRecord, act: Act): Promise<Outcome> {
  try {
    return await done(slack, person, act);
  } catch (error) {
    if (error instanceof NotThere) return { ok: false, problem: error.message };
    throw error;
  }
}

/** What the act speaks of is gone: an answer to the page, no fault of the server. */
class NotThere extends Error {}

function done(slack: Slack, person: PersonRecord, act: Act): Promise<Outcome> {
  switch (act.kind) {
    case 'type': {
      const thread = act.threadTs === undefined ? {} : { threadTs: act.threadTs };
      return outcome(
        type(slack, person, { channel: channelOf(slack, person, act.channel), text: act.text, ...thread }),
      );
    }
    case 'act-in-message': {
      const { channel, message } = messageOf(slack, person, act.channel, act.ts);
      return outcome(pressInMessage(slack, person, channel, message, act));
    }
    case 'act-in-view':
      return outcome(pressInView(slack, person, act));
    case 'submit':
      return outcome(submit(slack, person, modalOf(slack, person, act.viewId), act.state));
    case 'close':
      return outcome(close(slack, person, modalOf(slack, person, act.viewId)));
    case 'message-shortcut':
      return outcome(
        useShortcut(slack, person, act.callbackId, messageOf(slack, person, act.channel, act.ts)),
      );
    case 'open-home':
      return outcome(openHome(slack, person));
    case 'read':
      markRead(slack, person.id, channelOf(slack, person, act.channel));
      slack.desk.tell({ type: 'channels' });
      return Promise.resolve({ ok: true });
    case 'advance-clock':
      return advance(slack, act.milliseconds);
    default:
      return Promise.resolve({ ok: false, problem: 'The sandbox does not know this act.' } satisfies Outcome);
  }
}

async function outcome(answering: Promise<Answer>): Promise<Outcome> {
  const { ok, errors, notice } = await answering;
  if (ok) return { ok: true };
  return errors === undefined ? { ok: false, problem: notice ?? "That didn't work." } : { ok: false, errors };
}

function channelOf(slack: Slack, person: PersonRecord, id: string): ChannelRecord {
  const channel = slack.records.channels.find(
    (known) => known.id === id && known.members.includes(person.id),
  );
  if (channel === undefined) throw new NotThere('You are not in this channel.');
  return channel;
}

function messageOf(slack: Slack, person: PersonRecord, channelId: string, ts: string) {
  const channel = channelOf(slack, person, channelId);
  const message: MessageRecord | undefined = messageAt(slack.records, channel.id, ts);
  if (message === undefined || (message.onlyFor ?? person.id) !== person.id)
    throw new NotThere('This message is gone.');
  return { channel, message };
}

function modalOf(slack: Slack, person: PersonRecord, id: string): OpenModal {
  const modal = slack.modals.of(person.id).find((open) => open.id === id);
  if (modal === undefined) throw new NotThere('This window is closed.');
  return modal;
}

function pressInView(
  slack: Slack,
  person: PersonRecord,
  act: Extract<Act, { kind: 'act-in-view' }>,
): Promise<Answer> {
  const home = slack.records.homes[person.id];
  if (home?.id === act.viewId) return pressInHome(slack, person, home, act);
  return pressInModal(slack, person, modalOf(slack, person, act.viewId), act);
}

async function advance(slack: Slack, milliseconds: number): Promise<Outcome> {
  if (slack.clock === undefined) return { ok: false, problem: 'The clock cannot be moved here.' };
  if (!(milliseconds > 0)) return { ok: false, problem: 'The clock moves forward only.' };
  await slack.clock.advance(milliseconds);
  slack.desk.tell({ type: 'clock', clockAhead: slack.clock.ahead() });
  return { ok: true };
}
