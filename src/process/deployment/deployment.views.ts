import type { KnownBlock, View } from '@slack/types';
import { between, type Instant, lasting } from '../../kernel/instants.js';
import {
  actions,
  button,
  type Content,
  context,
  escaped,
  input,
  modal,
  option,
  type Press,
  section,
  select,
  textInput,
} from '../../platform/slack/blocks.js';
import type { Release } from '../release/index.js';
import { type Attempt, type Call, missedMark } from './deployment.js';
import type { Progress } from './progress.js';

const doing = ({ kind }: Attempt): string => (kind === 'deploy' ? 'being deployed' : 'being rolled back');

/** A running attempt: how far it is, its last lines, and the button that stops it. */
export function deploymentProgress(
  release: Release,
  attempt: Attempt & { status: 'running' },
  progress: Progress,
  now: Instant,
): Content {
  const parts = [
    `${release.id} is ${doing(attempt)}`,
    ...(progress.step === undefined ? [] : [progress.step]),
    ...(progress.percent === undefined ? [] : [`${progress.percent} %`]),
    lasting(between(attempt.startedAt, now)),
  ];
  const blocks: KnownBlock[] = [section(`:rocket: ${escaped(parts.join(' · '))}`)];
  if (progress.percent !== undefined) blocks.push(context(bar(progress.percent)));
  if (progress.tail.length > 0)
    blocks.push(section(`\`\`\`${escaped(progress.tail.join('\n')).replaceAll('```', '`\u200B``')}\`\`\``));
  blocks.push(actions('deployment', [button(stop(release))]));
  return { text: parts.join(' · '), blocks };
}

function bar(percent: number): string {
  const full = Math.round(percent / 5);
  return `${'█'.repeat(full)}${'░'.repeat(20 - full)} ${percent} %`;
}

function stop({ id }: Release): Press {
  return {
    label: 'Stop…',
    action: 'deployment.stop',
    value: id,
    style: 'danger',
    confirm: {
      title: `Stop ${id}?`,
      text: 'The running script is ended where it is. What it has done so far stays, until somebody rolls it back or deploys again.',
      yes: 'Stop it',
    },
  };
}

const restart = ({ id }: Release): Press => ({
  label: 'Deploy again…',
  action: 'deployment.again',
  value: id,
  confirm: { title: 'Deploy again?', text: `A new attempt of ${id} starts at once.`, yes: 'Start it' },
});
export const rollBackPress = ({ id }: { id: string }): Press => ({
  label: 'Roll back…',
  action: 'deployment.roll-back',
  value: id,
  style: 'danger',
});

/** An attempt that is not running: claimed, ended or lost. */
export function attemptMessage(release: Release, attempt: Attempt, isLast: boolean): Content {
  const name = `${release.id}, attempt ${attempt.number} (${attempt.kind})`;
  switch (attempt.status) {
    case 'claimed':
    case 'running':
      return {
        text: `${name} is about to start`,
        blocks: [section(`:rocket: ${escaped(name)} is about to start`)],
      };
    case 'succeeded':
    case 'failed': {
      const took = lasting(between(attempt.startedAt, attempt.endedAt));
      const words = `${name} ${attempt.status} after ${took}, ${attempt.how}`;
      const sign =
        attempt.status === 'failed'
          ? ':x:'
          : attempt.kind === 'deploy'
            ? ':white_check_mark:'
            : ':leftwards_arrow_with_hook:';
      const open = isLast && release.status === 'needs a human';
      return {
        text: open ? `${words}. Somebody has to decide: deploy again or roll back.` : words,
        blocks: [
          section(`${sign} ${escaped(words)}`),
          ...(open ? [actions('failed', [button(rollBackPress(release)), button(restart(release))])] : []),
        ],
      };
    }
    case 'unknown': {
      const words = `Nobody can tell how ${name} ended: ${attempt.why}. Please look at production, and say what you see.`;
      const open = isLast && release.status === 'needs a human';
      return {
        text: words,
        blocks: [
          section(`:rotating_light: ${escaped(words)}`),
          ...(open
            ? [
                actions('unknown', [
                  button({
                    label: 'Say how it ended…',
                    action: 'deployment.settle',
                    value: release.id,
                    style: 'primary',
                  }),
                  button(rollBackPress(release)),
                ]),
              ]
            : []),
        ],
      };
    }
  }
}

/** Go in a line, or no-go with what is missing and who can change it. */
export function callMessage(release: Release, call: Call): Content {
  const mark = call.mark.split('/')[1] ?? '';
  if (mark === missedMark) return missedMessage(release, call);
  if (call.missing.length === 0) {
    const text = `${release.id}: go. ${mark} to go, nothing is missing.`;
    return { text, blocks: [section(`:white_check_mark: ${escaped(text)}`)] };
  }
  const lines = call.missing.map(({ what, who }) => `• ${what} (${who})`);
  return {
    text: `${release.id}: no-go, ${mark} before. Missing: ${call.missing.map(({ what, who }) => `${what} (${who})`).join('; ')}`,
    blocks: [
      section(
        `:x: *${escaped(release.id)}: no-go*, ${mark} before the agreed time\n${escaped(lines.join('\n'))}`,
      ),
    ],
  };
}

function missedMessage({ id }: Release, { missing }: Call): Content {
  const words = `${id}: the agreed time is over and nothing was deployed; it does not start by itself any more.`;
  const wanted = missing.map(({ what, who }) => `${what} (${who})`).join('; ');
  const way =
    wanted === ''
      ? `/release deploy ${id} starts it, /release propose ${id} moves the date.`
      : `Missing: ${wanted}. Freeze and start it by hand, or move the date: /release propose ${id}`;
  return {
    text: `${words} ${way}`,
    blocks: [section(`:x: *${escaped(words)}*\n${escaped(way)}`)],
  };
}

export function rollBackModal(id: string): View {
  return modal(
    'deployment.roll-back',
    `Roll back ${id}`,
    [
      section(
        'The roll-back script starts at once. Production goes back to what it was, the client is told, and the incidents become free for another release.',
      ),
      textInput('reason', 'Why', { multiline: true, most: 1_000 }),
    ],
    { submit: 'Roll back', close: 'Not now', keeps: { id } },
  );
}

export function settleModal(id: string): View {
  return modal(
    'deployment.settle',
    `How did it end?`,
    [
      section(
        `Please look at production before you answer for *${escaped(id)}*: what you say decides what happens next.`,
      ),
      input(
        'outcome',
        'The attempt',
        select('outcome', [
          option('did its work: production has the release', 'succeeded'),
          option('did not: production is as before, or half way', 'failed'),
        ]),
      ),
      textInput('evidence', 'How you know', { multiline: true, most: 1_000 }),
    ],
    { submit: 'Record', keeps: { id } },
  );
}
