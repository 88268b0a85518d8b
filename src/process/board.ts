import type { Button, KnownBlock } from '@slack/types';
import { counted, cut, listed } from '../kernel/text.js';
import {
  actions,
  button,
  type Content,
  context,
  escaped,
  overflow,
  type Press,
  section,
} from '../platform/slack/blocks.js';
import { type Look, stepsLine, whatIsNext } from './next.js';
import { isOver, type Missing, mark, type Release, when } from './release/index.js';

/** The one message that a release manager lives in: where the release stands, and what it waits for. */
export function board(look: Look): Content {
  const { release, incidents, client, ourZone, now } = look;
  const first = [
    release.id,
    release.status,
    ...[when(release, client, ourZone, now)].filter((one) => one !== undefined),
  ].join(' · ');
  const scope = `${counted(release.scope.length, 'incident')}: ${incidents.map(({ id, title }) => `${id} ${cut(title, 60)}`).join(', ')}`;
  const next = whatIsNext(look);
  const nextLine = next.length === 0 ? ended(release) : `Next: ${grouped(next)}`;
  const steps = stepsLine(look);
  const blocks: KnownBlock[] = [
    section(`${mark(release)} *${escaped(first)}*`, menu(release)),
    section(`${escaped(cut(scope, 800))}\n${escaped(steps).replace(/([✓◐○]) /gu, '$1\u00A0')}`),
    section(escaped(cut(nextLine, 1_500))),
  ];
  const pressable = buttons(next);
  if (pressable.length > 0) blocks.push(actions('board', pressable));
  if ('frozen' in release && release.frozen.override !== undefined) {
    blocks.push(
      context(
        `:rotating_light: frozen although something was missing: ${escaped(release.frozen.override)} (${escaped(release.frozen.by.name)})`,
      ),
    );
  }
  return { text: [first, scope, steps, nextLine].join('\n'), blocks };
}

function ended(release: Release): string {
  if (release.status === 'cancelled' || release.status === 'rolled back') return `Why: ${release.reason}`;
  return 'Nothing is left to do.';
}

/** `3 checklist items (Bo 2, Kim 1) · …` is too clever where the items differ: the first three in full, the rest counted. */
function grouped(missing: readonly Missing[]): string {
  const told = missing.slice(0, 3).map(({ what, who }) => (who === 'nobody' ? what : `${what} (${who})`));
  return missing.length > 3 ? `${told.join(' · ')} · and ${missing.length - 3} more` : told.join(' · ');
}

/** The ways to what is missing: each once, the first one primary. */
function buttons(missing: readonly Missing[]): Button[] {
  const presses = missing.flatMap(({ press }) => (press === undefined ? [] : [press]));
  const distinct = presses.filter(
    (press, at) =>
      presses.findIndex((one) => one.action === press.action && one.value === press.value) === at,
  );
  return distinct.slice(0, 3).map((press, at) => button(at === 0 ? { ...press, style: 'primary' } : press));
}

function menu(release: Release): ReturnType<typeof overflow> {
  const { id } = release;
  const press = (label: string, action: string): Pick<Press, 'label' | 'action' | 'value'> => ({
    label,
    action,
    value: id,
  });
  const record = press('Full record', 'release.show');
  if (isOver(release)) return overflow('board', [record]);
  const early = ['draft', 'negotiating', 'agreed', 'preparing'].includes(release.status);
  if (early)
    return overflow('board', [
      press('Change scope…', 'release.scope'),
      press('Move the date…', 'negotiation.propose'),
      record,
      press('Cancel…', 'release.cancel'),
    ]);
  if (release.status === 'frozen')
    return overflow('board', [
      press('Thaw staging', 'freeze.thaw'),
      record,
      press('Cancel…', 'release.cancel'),
    ]);
  return overflow('board', [
    record,
    press('Roll back…', 'deployment.roll-back'),
    press('Record a lesson…', 'lesson.record'),
  ]);
}

/** Lists releases, or says how the first one is made. */
export function releaseList(looks: readonly Look[], empty: string): Content {
  if (looks.length === 0) return { text: empty };
  const lines = looks.map((look) => {
    const { release, client, ourZone, now } = look;
    const [next] = whatIsNext(look);
    return [
      release.id,
      release.status,
      when(release, client, ourZone, now),
      next === undefined ? undefined : `waits for ${next.what}`,
    ]
      .filter(Boolean)
      .join(' · ');
  });
  return { text: lines.join('\n'), blocks: [section(lines.map((line) => `• ${escaped(line)}`).join('\n'))] };
}

/** What trouble a release had, in a few words each: what it might teach. */
export function troubles(
  look: Look,
  alerts: readonly { came: string }[],
  failed: readonly { number: number; how: string }[],
  refused: readonly string[],
): string[] {
  const { release } = look;
  return [
    ...failed.map(({ number, how }) => `attempt ${number} failed (${how})`),
    ...alerts.map(({ came }) => cut(came, 120)),
    ...(release.status === 'rolled back' ? [`it was rolled back: ${cut(release.reason, 120)}`] : []),
    ...(refused.length > 0 ? [`answered no: ${listed(refused)}`] : []),
  ];
}
