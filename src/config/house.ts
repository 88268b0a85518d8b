import ms from 'ms';
import { z } from 'zod';
import { channel, clockFace, duration, environmentName, holidayPlace, team, user, zone } from './values.js';

export const roles = ['admin', 'release manager', 'developer', 'on-call'] as const;
export type Role = (typeof roles)[number];

const person = z.strictObject({
  user,
  name: z.string().min(1).max(80),
  roles: z.array(z.enum(roles)),
  zone: zone.optional(),
});

const approver = z.strictObject({ team, user, name: z.string().min(1).max(80) });

/** A window that ends earlier than it begins goes on past midnight; its days are those on which it begins. */
const window = z
  .strictObject({
    days: z.array(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])).min(1),
    from: clockFace,
    to: clockFace,
  })
  .refine(({ from, to }) => from !== to, 'ends when it begins; write for example from 17:00 to 20:00');

/** Whether these parts are well enough formed to be held against each other, whatever else is wrong. */
const wellFormed = (...parts: readonly string[]) => ({
  when: ({ issues }: z.core.ParsePayload): boolean =>
    !issues.some(
      ({ code, path: [part] = [] }) =>
        code === 'invalid_type' && (part === undefined || parts.includes(String(part))),
    ),
});

const script = z.array(z.string().min(1)).min(1);

const deployment = z.strictObject({
  folder: z.string().min(1),
  run: script,
  rollBack: script.optional(),
  /** Names of variables of Slipway's own environment that the script may see; it sees no others. */
  pass: z.array(z.string()).default([]),
  timeLimit: duration.default(ms('1h')),
  /** How long after the agreed time it may still start by itself. */
  startWithin: duration.default(ms('1h')),
});

const probe = z.strictObject({
  name: z.string().min(1).max(80),
  url: z.url(),
  status: z.int().min(100).max(599).default(200),
  contains: z.string().optional(),
  tries: z.int().min(1).max(10).default(3),
  timeLimit: duration.default(ms('10s')),
});

const checklistItem = z.strictObject({
  ask: z.string().min(1).max(300),
  why: z.string().max(300).optional(),
  evidence: z.enum(['none', 'text', 'link', 'file']).default('none'),
  /** Who answers it; anybody who may answer items when absent. */
  answeredBy: z.enum(['release manager', 'developer', 'on-call', 'client']).optional(),
});

const environment = z.strictObject({
  url: z.url().optional(),
  /** What is looked at when environments are compared. The comparison knows its collectors, and checks each source itself. */
  compare: z.array(z.unknown()).optional(),
});

/** A difference between staging and production that is as it should be. */
const expectation = z.strictObject({
  /** Fits the difference's kind and path, `*` for anything: `parameter site › .env: DB_HOST`, `file * › logs/*`. */
  match: z.string().min(1).max(300),
  reason: z.string().min(1).max(300),
  /** Only these properties may differ, for example `[owner, group]`; all of them when absent. */
  only: z.array(z.string().min(1)).min(1).optional(),
  /** Whether it may also be a place that could not be seen. */
  blind: z.boolean().optional(),
});

const client = z.strictObject({
  name: z.string().min(1).max(60),
  zone,
  /** A country as `date-holidays` knows it (GB, AU, DE-BY): its public holidays are named when a date is proposed. */
  holidays: holidayPlace.optional(),
  channels: z.strictObject({ team: channel, shared: channel }),
  approvers: z.array(approver).min(1),
  windows: z.array(window).default([]),
  answerWithin: duration.default(ms('2 days')),
  environments: z.record(environmentName, environment),
  staging: environmentName.default('staging'),
  expected: z.array(expectation).optional(),
  /** What looks like a secret beside what is known by default; checked by the comparison. */
  secrets: z.unknown().optional(),
  deployment,
  probes: z.array(probe).default([]),
  probePause: duration.default(ms('2s')),
  bake: duration.default(ms('1h')),
  checklist: z.array(checklistItem).default([]),
});

/** `slipway.yaml`. Unknown keys are faults: a misspelt probe that is silently left out would be worse. */
export const houseSchema = z
  .strictObject({
    team,
    zone,
    people: z.array(person).min(1),
    onCall: z.strictObject({
      channel,
      rota: z.array(user).min(1),
      /** The day (in the house's zone) on which the first of the rota began; each has it for `turn`. */
      since: z.iso.date(),
      turn: duration.default(ms('7 days')),
      escalateAfter: duration.default(ms('10 minutes')),
    }),
    clients: z.record(
      z.string().regex(/^[a-z][a-z0-9]{1,11}$/u, 'must be 2 to 12 lower-case letters or digits'),
      client,
    ),
  })
  .superRefine(({ people }, context) => {
    if (people.some((one) => one.roles.includes('admin'))) return;
    const message = 'nobody is an admin; give one person the role';
    context.addIssue({ code: 'custom', path: ['people'], message });
  }, wellFormed('people'))
  .superRefine(
    ({ people, onCall }, context) => {
      for (const [index, id] of onCall.rota.entries()) {
        if (people.some((one) => one.user === id)) continue;
        const message = `${id} is not listed under people`;
        context.addIssue({ code: 'custom', path: ['onCall', 'rota', index], message });
      }
    },
    wellFormed('people', 'onCall'),
  )
  .superRefine(({ clients }, context) => {
    for (const [key, { environments, staging }] of Object.entries(clients)) {
      if (Object.hasOwn(environments, staging)) continue;
      const message = `there is no "${staging}" among them`;
      context.addIssue({ code: 'custom', path: ['clients', key, 'environments'], message });
    }
  }, wellFormed('clients'))
  .superRefine(
    ({ clients, onCall }, context) => {
      // What is written for the team, or for one client's eyes, must not be read by anybody else.
      const taken = new Map<string, string>();
      for (const [key, { channels }] of Object.entries(clients)) {
        for (const kind of ['team', 'shared'] as const) {
          const id = channels[kind];
          const other =
            taken.get(id) ?? (kind === 'shared' && id === onCall.channel ? 'the on-call channel' : undefined);
          taken.set(id, `the ${kind} channel of ${key}`);
          if (other === undefined) continue;
          const message = `${id} is ${other} already; each of these needs a channel of its own`;
          context.addIssue({ code: 'custom', path: ['clients', key, 'channels', kind], message });
        }
      }
    },
    wellFormed('clients', 'onCall'),
  );

/** The agency as configured: its people, its clients and how each client is released. Lengths of time are in milliseconds. */
export type House = z.infer<typeof houseSchema>;
export type ClientSettings = House['clients'][string];
export type ProbeSettings = ClientSettings['probes'][number];
