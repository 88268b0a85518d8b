import type { KnownBlock, View } from '@slack/types';
import type { By } from '../kernel/by.js';
import { inZone, shortTime } from '../kernel/instants.js';
import { cut } from '../kernel/text.js';
import type { Actor } from '../people/people.js';
import { actions, button, divider, escaped, header, section } from '../platform/slack/blocks.js';
import type { Stored } from '../platform/store/documents.js';
import type { Lessons } from './checklist/index.js';
import { type Look, stepsLine, whatIsNext } from './next.js';
import { lookAt, type ReactionNeeds } from './reactions.js';
import { type Incident, incidentLine } from './register/index.js';
import { type Missing, mark, type Release, when } from './release/index.js';
import { openAlert } from './verification/index.js';

type Needs = Pick<ReactionNeeds, 'incidents' | 'releases' | 'people' | 'clock'> & {
  readonly lessons: Lessons;
};

/** App Home as one person sees it: what waits for them, what is under way, what is frozen, who is on call. */
export const appHome =
  (needs: Needs) =>
  async (by: By): Promise<View> => {
    const actor = await needs.people.actor(by);
    if (actor.roles.length === 0) return stranger(needs, actor);
    const { releases, incidents, people, clock } = needs;
    const now = clock.now();
    const open = await releases.open();
    const looks = await Promise.all(open.map(({ state }) => lookAt(needs, state)));
    const mine = await incidents.withTasksOf(actor.by.user);
    const proposed = (await needs.lessons.proposed()).map(({ state }) => state);
    const [first, ...others] = people.onCall(now);
    const blocks: KnownBlock[] = [
      header('Waiting for you'),
      ...waitingFor(actor, looks, mine, proposed),
      divider,
      header('Releases under way'),
      ...underWay(looks),
      divider,
      header('Frozen now'),
      section(frozen(open, people.house.zone)),
      header('On call now'),
      section(
        escaped(
          first === undefined
            ? 'Nobody is on call.'
            : `${first.name}${others.length > 0 ? `, then ${others.map(({ name }) => name).join(', ')}` : ''}`,
        ),
      ),
      header('Lately'),
      section(lately(await releases.recent(), people.house.zone, now)),
    ];
    return { type: 'home', blocks: blocks.slice(0, 100) };
  };

function stranger({ people }: Needs, actor: Actor): View {
  const admins = people.house.people.filter(({ roles }) => roles.includes('admin')).map(({ name }) => name);
  const client = actor.approves[0] === undefined ? undefined : people.client(actor.approves[0]);
  const words =
    client === undefined
      ? `Slipway runs the release process here, from a client’s request to the release living quietly in production. You have no role in it yet; ask ${admins.join(' or ')} for one.`
      : `Slipway runs the releases of ${client.name}. When something needs your answer, it asks in the channel you share with us; there is nothing to do here.`;
  return { type: 'home', blocks: [header('Slipway'), section(escaped(words))] };
}

function isMine(actor: Actor, { who, press }: Missing): boolean {
  const leads = actor.roles.includes('release manager') || actor.roles.includes('admin');
  if (press === undefined) return false;
  if (who === actor.by.name || who.includes(actor.by.name)) return true;
  if (who === 'a release manager') return leads;
  if (who === 'whoever is on call') return actor.roles.includes('on-call') || leads;
  if (who === 'a developer') return actor.roles.includes('developer');
  return who === 'anybody of the team' || who === 'the team';
}

function waitingFor(
  actor: Actor,
  looks: readonly Look[],
  tasks: readonly Stored<Incident>[],
  lessons: readonly { id: string; ask: string }[],
): KnownBlock[] {
  const found: KnownBlock[] = [];
  for (const look of looks) {
    const alert = openAlert(look.release);
    if (alert?.status === 'open') {
      found.push(
        section(`:rotating_light: *${escaped(look.release.id)}*: ${escaped(cut(alert.came, 300))}`),
        actions(`alert-${look.release.id}`, [
          button({
            label: 'Acknowledge',
            action: 'verification.acknowledge',
            value: `${look.release.id}|${alert.number}`,
            style: 'primary',
          }),
        ]),
      );
    }
    for (const missing of whatIsNext(look)
      .filter((one) => isMine(actor, one))
      .slice(0, 4)) {
      const press = missing.press;
      const accessory = press === undefined ? undefined : button(press);
      found.push(
        section(`*${escaped(look.release.id)}* waits for ${escaped(cut(missing.what, 300))}`, accessory),
      );
    }
  }
  for (const { state } of tasks.slice(0, 15)) {
    found.push(
      section(
        escaped(incidentLine(state)),
        button({ label: 'Work on it', action: 'incident.work', value: state.id }),
      ),
    );
  }
  if (actor.roles.includes('release manager') || actor.roles.includes('admin')) {
    for (const lesson of lessons.slice(0, 5)) {
      found.push(
        section(
          `Lesson ${escaped(lesson.id)}: ${escaped(cut(lesson.ask, 200))}`,
          button({ label: 'Into the checklist', action: 'lesson.accept', value: lesson.id }),
        ),
      );
    }
  }
  return found.length > 0
    ? found.slice(0, 40)
    : [section('Nothing. A good moment to look at what is under way.')];
}

function underWay(looks: readonly Look[]): KnownBlock[] {
  if (looks.length === 0)
    return [section('No release is under way. /release new makes one of authorised incidents.')];
  return looks.slice(0, 12).flatMap((look): KnownBlock[] => {
    const { release, client, ourZone, now } = look;
    const line = [release.id, release.status, when(release, client, ourZone, now)]
      .filter((one) => one !== undefined)
      .join(' · ');
    return [
      section(
        `${mark(release)} *${escaped(line)}*\n${escaped(stepsLine(look))}`,
        button({ label: 'Show', action: 'release.show', value: release.id }),
      ),
    ];
  });
}

function frozen(open: readonly Stored<Release>[], zone: string): string {
  const held = open.flatMap(({ state }) => ('frozen' in state ? [{ id: state.id, hold: state.frozen }] : []));
  if (held.length === 0) return 'Nothing is frozen.';
  return held
    .map(
      ({ id, hold }) =>
        `:snowflake: ${escaped(`${hold.environment} for ${id} (${hold.by.name}, since ${inZone(hold.since, zone)})`)}`,
    )
    .join('\n');
}

function lately(recent: readonly Stored<Release>[], zone: string, now: string): string {
  const entries = recent.flatMap(({ id, history }) => history.map((entry) => ({ id, ...entry })));
  entries.sort((a, b) => (a.at < b.at ? 1 : -1));
  if (entries.length === 0) return 'Nothing has happened yet.';
  return entries
    .slice(0, 8)
    .map(({ id, at, by, did }) => escaped(`${shortTime(at, now, zone)} ${id}: ${by.name} ${cut(did, 120)}`))
    .join('\n');
}
