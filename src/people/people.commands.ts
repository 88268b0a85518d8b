import { roles } from '../config/house.js';
import { Refusal } from '../kernel/refusal.js';
import { listed } from '../kernel/text.js';
import type { SlackApp } from '../platform/slack/app.js';
import { escaped, section } from '../platform/slack/blocks.js';
import { addressed, subcommands } from '../platform/slack/subcommands.js';
import { changeRoles, type PeopleNeeds } from './change-role.js';

/** `/slipway`: help, who may do what, and the clients. */
export const peopleCommands =
  (needs: PeopleNeeds, helpOfAll: () => string) =>
  (slack: SlackApp): void => {
    const { people, permissions, clock } = needs;
    const change = changeRoles(needs);
    slack.command(
      '/slipway',
      subcommands({
        command: '/slipway',
        about: 'Roles, clients and help. The process itself: /incident, /release, /checklist, /freeze.',
        bare: async () => ({ text: helpOfAll() }),
        verbs: {
          roles: {
            takes: '',
            does: 'shows who has which role, and who is on call',
            run: async ({ by }) => {
              await permissions.may(by, 'read the register');
              const lines = await Promise.all(
                roles.map(
                  async (role) =>
                    `${role}: ${listed((await people.holders(role)).map(({ name }) => name)) || 'nobody'}`,
                ),
              );
              const [first, ...then] = people.onCall(clock.now()).map(({ name }) => name);
              lines.push(
                `on call now: ${first ?? 'nobody'}${then.length > 0 ? `, then ${then.join(', ')}` : ''}`,
              );
              return { text: lines.join('\n'), blocks: [section(escaped(lines.join('\n')))] };
            },
          },
          role: {
            takes: '@somebody release-manager, developer',
            does: 'gives somebody exactly these roles (admins only)',
            run: async ({ by, text }) => {
              const to = addressed(text);
              const wanted =
                to?.[1]
                  .toLowerCase()
                  .replace(/release manager/gu, 'release-manager')
                  .split(/[\s,]+/u)
                  .filter(Boolean) ?? [];
              if (to === undefined || wanted.length === 0)
                throw new Refusal(
                  'unreadable',
                  'Write it like /slipway role @somebody release-manager, developer',
                );
              const given = await change(by, to[0], wanted);
              return { text: `${people.nameOf(to[0])} has now: ${given.join(', ') || 'no role'}.` };
            },
          },
          clients: {
            takes: '',
            does: 'shows the clients and who decides for them',
            run: async ({ by }) => {
              await permissions.may(by, 'read the register');
              const lines = people.clients().map(
                ({ key, name, zone, approvers }) =>
                  `${key}: ${name}, ${zone}, decided for by ${listed(
                    approvers.map((one) => one.name),
                    'or',
                  )}`,
              );
              return { text: lines.join('\n'), blocks: [section(escaped(lines.join('\n')))] };
            },
          },
        },
      }),
    );
  };
