import type { Client } from '../../people/people.js';
import type { Slot, SlotFile } from '../../platform/slack/slots.js';
import type { Release } from '../release/index.js';
import { attemptKey, deploymentOf, lastAttempt } from './deployment.js';
import { attemptMessage, callMessage } from './deployment.views.js';
import type { Runner } from './runners/runner.js';

/** Go or no-go, and the attempts. One under way is left to whoever watches it: two who post at once would post twice. */
export function deploymentSlots(release: Release, client: Client, board: string): Slot[] {
  const { attempts, calls } = deploymentOf(release);
  const place = { channel: client.channels.team };
  const said = calls.filter(({ mark }) => !mark.endsWith('(passed over)'));
  return [
    ...said.map(
      (call): Slot => ({
        key: `release/${release.id}/call/${call.mark}`,
        place,
        thread: board,
        content: callMessage(release, call),
      }),
    ),
    ...attempts
      .filter(({ status }) => status !== 'claimed' && status !== 'running')
      .map(
        (attempt): Slot => ({
          key: `release/${release.id}/attempt/${attempt.number}`,
          place,
          thread: board,
          content: attemptMessage(release, attempt, attempt === lastAttempt(release)),
        }),
      ),
  ];
}

/** The whole logs of the attempts that have ended. */
export function deploymentFiles(release: Release, client: Client, board: string, runner: Runner): SlotFile[] {
  const ended = deploymentOf(release).attempts.filter(
    ({ status, host }) => (status === 'succeeded' || status === 'failed') && host === runner.host,
  );
  return ended.map((attempt): SlotFile => {
    const key = attemptKey(release, attempt);
    return {
      key: `release/${release.id}/log/${attempt.number}`,
      place: { channel: client.channels.team },
      thread: board,
      filename: `${key}.log`,
      title: `Log of ${release.id}, attempt ${attempt.number}`,
      text: () => wholeLog(runner, key),
    };
  });
}

const mostOfLog = 5 * 1024 * 1024;

async function wholeLog(runner: Runner, key: string): Promise<string> {
  let [log, from] = ['', 0];
  for (;;) {
    const { text, next } = await runner.output(key, from);
    if (next === from || next > mostOfLog) return log === '' ? '(it wrote nothing)' : log;
    log += text;
    from = next;
  }
}
