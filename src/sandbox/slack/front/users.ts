import { textOf } from '../json.js';
import { isExternal } from '../records.js';
import { userShape } from '../shapes.js';
import { ApiError } from './api-error.js';
import { type Call, type MethodFamily, pageOf, personOf, required } from './method.js';

function list({ slack, args }: Call) {
  // External people are members of channels, yet not in this list.
  const ours = slack.records.people.filter((person) => !isExternal(slack.records, person));
  const { items, next } = pageOf(ours, args);
  const members = items.map((person) => userShape(slack.records, person));
  return { members, cache_ts: 0, response_metadata: { next_cursor: next } };
}

function lookupByEmail({ slack, args }: Call) {
  const email = required(args, 'email').toLowerCase();
  const person = slack.records.people
    .map((known) => userShape(slack.records, known))
    .find(({ profile }) => textOf((profile as { email?: unknown }).email) === email);
  if (person === undefined) throw new ApiError('users_not_found');
  return { user: person };
}

function authTest({ slack }: Call) {
  const { team, bot } = slack.records;
  return {
    url: `${slack.url()}/`,
    team: team.name,
    user: 'slipway',
    team_id: team.id,
    user_id: bot.userId,
    bot_id: bot.botId,
    is_enterprise_install: false,
  };
}

export const userMethods: MethodFamily = {
  'auth.test': { scopes: [], run: authTest },
  'team.info': {
    scopes: ['team:read'],
    run: ({ slack }) => ({ team: { ...slack.records.team, email_domain: '', icon: {} } }),
  },
  'bots.info': {
    scopes: ['users:read'],
    run: ({ slack: { records } }) => ({
      bot: {
        id: records.bot.botId,
        app_id: records.bot.appId,
        user_id: records.bot.userId,
        name: 'Slipway',
        deleted: false,
      },
    }),
  },
  'users.info': {
    scopes: ['users:read'],
    run: (call) => ({ user: userShape(call.slack.records, personOf(call)) }),
  },
  'users.list': { scopes: ['users:read'], run: list },
  'users.lookupByEmail': { scopes: ['users:read.email'], run: lookupByEmail },
};
