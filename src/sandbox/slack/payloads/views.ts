import type { InputState } from '../contract.js';
import type { Json } from '../json.js';
import type { OpenModal } from '../modals.js';
import type { HomeRecord, PersonRecord } from '../records.js';
import type { Slack } from '../slack.js';
import { homeShape, modalShape } from '../view-shapes.js';
import { common, theirTeam, userOf } from './parts.js';

export function modalPress(slack: Slack, person: PersonRecord, modal: OpenModal, action: Json): Json {
  return viewPress(slack, person, modal.id, modalShape(slack, modal), action, modal.id);
}

export function homePress(
  slack: Slack,
  person: PersonRecord,
  home: HomeRecord,
  state: InputState,
  action: Json,
): Json {
  return viewPress(
    slack,
    person,
    home.id,
    { ...homeShape(slack, person, home), state: { values: state } },
    action,
  );
}

function viewPress(
  slack: Slack,
  person: PersonRecord,
  id: string,
  view: Json,
  action: Json,
  modalId?: string,
): Json {
  return {
    type: 'block_actions',
    user: userOf(person),
    ...common(slack),
    container: { type: 'view', view_id: id },
    trigger_id: slack.triggers.issue({
      user: person.id,
      ...(modalId === undefined ? {} : { viewId: modalId }),
    }),
    team: theirTeam(slack, person),
    view,
    state: view.state,
    actions: [action],
  };
}

export function submission(
  slack: Slack,
  person: PersonRecord,
  modal: OpenModal,
  responseUrls: readonly Json[],
): Json {
  return {
    type: 'view_submission',
    team: theirTeam(slack, person),
    user: userOf(person),
    ...common(slack),
    trigger_id: slack.triggers.issue({ user: person.id, viewId: modal.id }),
    view: modalShape(slack, modal),
    response_urls: responseUrls,
  };
}

export function closing(slack: Slack, person: PersonRecord, modal: OpenModal, cleared: boolean): Json {
  return {
    type: 'view_closed',
    team: theirTeam(slack, person),
    user: userOf(person),
    ...common(slack),
    view: modalShape(slack, modal),
    is_cleared: cleared,
  };
}
