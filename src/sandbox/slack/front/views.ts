import type { View } from '@slack/types';
import { isRecord, textOf } from '../json.js';
import { checkView } from '../limits/view.js';
import { withBlockIds } from '../messages.js';
import { aHash, aViewId } from '../modals.js';
import { personById } from '../records.js';
import type { Trigger } from '../triggers.js';
import { homeShape, modalShape } from '../view-shapes.js';
import { ApiError } from './api-error.js';
import { type Call, type MethodFamily, required, structured } from './method.js';

/** The view as Slack keeps it, or its refusal by the limits of its kind. */
export function viewFrom(value: unknown, kind: 'modal' | 'home'): View {
  if (!isRecord(value))
    throw new ApiError('invalid_arguments', {
      response_metadata: { messages: ['[ERROR] view must be an object'] },
    });
  if (Buffer.byteLength(JSON.stringify(value)) > 250_000) throw new ApiError('view_too_large');
  const faults = checkView(value, kind);
  if (faults.length > 0) throw new ApiError('invalid_arguments', { response_metadata: { messages: faults } });
  const view = value as unknown as View;
  return { ...view, blocks: [...withBlockIds(view.blocks)] };
}

const argument = ({ args }: Call, kind: 'modal' | 'home'): View =>
  viewFrom(structured(args, 'view', 'invalid_arguments'), kind);

function triggerOf({ slack, args }: Call): Trigger {
  return slack.triggers.exchange(textOf(args.trigger_id) || required(args, 'interactivity_pointer'));
}

function refuseTwins({ slack }: Call, view: View, except?: string): void {
  const externalId = 'external_id' in view ? textOf(view.external_id) : '';
  const twin = externalId === '' ? undefined : slack.modals.byExternalId(externalId);
  if (twin !== undefined && twin.id !== except) throw new ApiError('duplicate_external_id');
}

function open(call: Call) {
  const view = argument(call, 'modal');
  refuseTwins(call, view);
  return { view: modalShape(call.slack, call.slack.modals.push(triggerOf(call).user, view)) };
}

function push(call: Call) {
  const { slack } = call;
  const view = argument(call, 'modal');
  refuseTwins(call, view);
  const { user, viewId } = triggerOf(call);
  if (viewId === undefined || slack.modals.byId(viewId) === undefined) throw new ApiError('view_not_found');
  return { view: modalShape(slack, slack.modals.push(user, view)) };
}

function update(call: Call) {
  const { slack, args } = call;
  const modal =
    slack.modals.byId(textOf(args.view_id)) ?? slack.modals.byExternalId(textOf(args.external_id) || '\0');
  if (modal === undefined) throw new ApiError('not_found');
  const hash = textOf(args.hash);
  if (hash !== '' && hash !== modal.hash) throw new ApiError('hash_conflict');
  const view = argument(call, 'modal');
  refuseTwins(call, view, modal.id);
  return { view: modalShape(slack, slack.modals.replace(modal, view)) };
}

function publish(call: Call) {
  const { slack, args } = call;
  const { records } = slack;
  const user = personById(records, required(args, 'user_id'));
  if (user === undefined) throw new ApiError('user_not_found');
  const before = records.homes[user.id];
  const hash = textOf(args.hash);
  if (hash !== '' && before !== undefined && hash !== before.hash) throw new ApiError('hash_conflict');
  const home = { id: before?.id ?? aViewId(), hash: aHash(), view: argument(call, 'home') };
  records.homes[user.id] = home;
  slack.desk.tell({ type: 'home', user: user.id });
  return { view: homeShape(slack, user, home) };
}

export const viewMethods: MethodFamily = {
  'views.open': { scopes: [], run: open },
  'views.push': { scopes: [], run: push },
  'views.update': { scopes: [], run: update },
  'views.publish': { scopes: [], run: publish },
};
