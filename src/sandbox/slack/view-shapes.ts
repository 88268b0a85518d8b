import { inputState } from './inputs.js';
import { type Json, present } from './json.js';
import type { OpenModal } from './modals.js';
import { type HomeRecord, type PersonRecord, personById } from './records.js';
import type { Slack } from './slack.js';

const fields = ['callback_id', 'private_metadata', 'external_id', 'title', 'submit', 'close'] as const;

function shape(slack: Slack, view: Json, teamId: string): Json {
  const { bot, team } = slack.records;
  const texts = Object.fromEntries(
    fields.map((name) => [name, view[name] ?? (/title|submit|close/.test(name) ? null : '')]),
  );
  return {
    team_id: teamId,
    type: view.type,
    blocks: view.blocks,
    ...texts,
    clear_on_close: view.clear_on_close === true,
    notify_on_close: view.notify_on_close === true,
    submit_disabled: view.submit_disabled === true,
    app_id: bot.appId,
    bot_id: bot.botId,
    app_installed_team_id: team.id,
  };
}

/**
 * An open modal as the Web API and payloads show it. Of an external person its `team_id` is theirs;
 * ours is `app_installed_team_id`. https://docs.slack.dev/apis/slack-connect
 */
export function modalShape(slack: Slack, modal: OpenModal): Json {
  const owner = personById(slack.records, modal.user);
  return {
    id: modal.id,
    ...shape(slack, modal.view as unknown as Json, owner?.teamId ?? slack.records.team.id),
    state: { values: inputState(modal.view.blocks, modal.draft) },
    hash: modal.hash,
    previous_view_id: modal.previousId ?? null,
    root_view_id: modal.rootId,
  };
}

export function homeShape(slack: Slack, owner: PersonRecord, home: HomeRecord): Json {
  return {
    id: home.id,
    ...shape(slack, home.view as unknown as Json, owner.teamId),
    ...present({ user_id: owner.id }),
    state: { values: inputState(home.view.blocks, {}) },
    hash: home.hash,
    previous_view_id: null,
    root_view_id: home.id,
  };
}
