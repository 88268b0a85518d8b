import { listOf, present, textOf } from '../json.js';
import type { GroupRecord } from '../records.js';
import { idFrom } from '../seed.js';
import { ApiError } from './api-error.js';
import { type Call, flag, type MethodFamily, required } from './method.js';

const reading = ['usergroups:read'];
const writing = ['usergroups:write'];

const shape = ({ slack }: Call, group: GroupRecord, withUsers = true) =>
  present({
    id: group.id,
    team_id: slack.records.team.id,
    is_usergroup: true,
    name: group.name,
    handle: group.handle,
    description: group.description,
    date_delete: group.disabled ? 1 : 0,
    user_count: group.users.length,
    users: withUsers ? group.users : undefined,
  });

function groupOf({ slack, args }: Call): GroupRecord {
  const group = slack.records.groups.find(({ id }) => id === required(args, 'usergroup'));
  if (group === undefined) throw new ApiError('no_such_subteam');
  return group;
}

function list(call: Call) {
  const { slack, args } = call;
  const groups = slack.records.groups.filter(({ disabled }) => !disabled || flag(args.include_disabled));
  return { usergroups: groups.map((group) => shape(call, group, flag(args.include_users))) };
}

function create(call: Call) {
  const { slack, args } = call;
  const name = required(args, 'name');
  const handle = textOf(args.handle) || name.toLowerCase().replace(/\s+/g, '-');
  if (slack.records.groups.some((group) => group.name === name)) throw new ApiError('name_already_exists');
  if (slack.records.groups.some((group) => group.handle === handle))
    throw new ApiError('handle_already_exists');
  const id = idFrom('S', slack.records.team.id, handle);
  const group: GroupRecord = {
    id,
    name,
    handle,
    description: textOf(args.description),
    users: [],
    disabled: false,
  };
  slack.records.groups.push(group);
  return { usergroup: shape(call, group) };
}

function update(call: Call) {
  const group = groupOf(call);
  group.name = textOf(call.args.name) || group.name;
  group.handle = textOf(call.args.handle) || group.handle;
  group.description = textOf(call.args.description) || group.description;
  return { usergroup: shape(call, group) };
}

function updateUsers(call: Call) {
  const { slack, args } = call;
  const group = groupOf(call);
  const users = Array.isArray(args.users)
    ? listOf(args.users).map(textOf)
    : required(args, 'users').split(',');
  if (users.some((user) => !slack.records.people.some(({ id }) => id === user)))
    throw new ApiError('invalid_users');
  group.users = users;
  return { usergroup: shape(call, group) };
}

const switched = (disabled: boolean) => (call: Call) => {
  const group = groupOf(call);
  group.disabled = disabled;
  return { usergroup: shape(call, group) };
};

export const userGroupMethods: MethodFamily = {
  'usergroups.list': { scopes: reading, run: list },
  'usergroups.create': { scopes: writing, run: create },
  'usergroups.update': { scopes: writing, run: update },
  'usergroups.enable': { scopes: writing, run: switched(false) },
  'usergroups.disable': { scopes: writing, run: switched(true) },
  'usergroups.users.list': { scopes: reading, run: (call) => ({ users: groupOf(call).users }) },
  'usergroups.users.update': { scopes: writing, run: updateUsers },
};
