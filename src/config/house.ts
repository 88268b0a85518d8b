import ms from 'ms';
import { z } from 'zod';
import { isZone } from '../kernel/instants.js';

/** `10 minutes`, `2h`, `1 day`: given as milliseconds. */
const duration = z.string().transform((text, context): number => {
  const length = ms(text as ms.StringValue) as number | undefined;
  if (length !== undefined && length > 0) return length;
  context.addIssue({
    code: 'custom',
    message: `"${text}" is not a length of time; write for example "10 minutes"`,
  });
  return z.NEVER;
});

const zone = z.string().refine(isZone, 'is not an IANA time zone; write for example Europe/London');
const user = z.string().regex(/^[UW][A-Z0-9]+$/u, 'is not a Slack user id (U…)');
const team = z.string().regex(/^[TE][A-Z0-9]+$/u, 'is not a Slack team id (T…)');
const channel = z.string().regex(/^[CG][A-Z0-9]+$/u, 'is not a Slack channel id (C…)');
const clockFace = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/u, 'is not a time of day like 17:00');
const environmentName = z.string().regex(/^[a-z][a-z0-9-]{0,30}$/u, 'must be a short lower-case name');

export const roles = ['admin', 'release manager', 'developer', 'on-call'] as const;
export type Role = (typeof roles)[number];

const person = z.strictObject({
  user,
  name: z.string().min(1).max(80),
  roles: z.array(z.enum(roles)),
  zone: zone.optional(),
});

const approver = z.strictObject({ team, user, name: z.string().min(1).max(80) });

const window = z.strictObject({
  days: z.array(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])).min(1),
  from: clockFace,
  to: clockFace,
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

const client = z.strictObject({
  name: z.string().min(1).max(60),
  zone,
  /** A country as `date-holidays` knows it (GB, AU, DE-BY): its public holidays are named when a date is proposed. */
  holidays: z.string().optional(),
  channels: z.strictObject({ team: channel, shared: channel }),
  approvers: z.array(approver).min(1),
  windows: z.array(window).default([]),
  answerWithin: duration.default(ms('2 days')),
  environments: z.record(environmentName, z.strictObject({ url: z.url().optional() })),
  staging: environmentName.default('staging'),
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
  .superRefine(({ people, onCall }, context) => {
    if (!people.some((one) => one.roles.includes('admin'))) {
      context.addIssue({
        code: 'custom',
        path: ['people'],
        message: 'nobody is an admin; give one person the role',
      });
    }
    for (const [index, id] of onCall.rota.entries()) {
      if (people.some((one) => one.user === id)) continue;
      context.addIssue({
        code: 'custom',
        path: ['onCall', 'rota', index],
        message: `${id} is not listed under people`,
      });
    }
  })
  .superRefine(({ clients }, context) => {
    for (const [key, { environments, staging }] of Object.entries(clients)) {
      if (staging in environments) continue;
      context.addIssue({
        code: 'custom',
        path: ['clients', key, 'environments'],
        message: `there is no "${staging}" among them`,
      });
    }
  });

/** The agency as configured: its people, its clients and how each client is released. Lengths of time are in milliseconds. */
export type House = z.infer<typeof houseSchema>;
export type ClientSettings = House['clients'][string];
export type ProbeSettings = ClientSettings['probes'][number];
export type ChecklistItemSettings = ClientSettings['checklist'][number];
