import type { KnownBlock } from '@slack/types';
import { type Instant, shortTime } from '../../kernel/instants.js';
import { actions, button, type Content, context, escaped, section } from '../../platform/slack/blocks.js';
import { rollBackPress } from '../deployment/index.js';
import type { Release } from '../release/index.js';
import type { Alert, Round } from './verification.js';

/** An alert: what is wrong since when, what was expected, who has it, and what can be done. */
export function alertMessage(release: Release, alert: Alert, zone: string, now: Instant): Content {
  const time = (at: Instant): string => shortTime(at, now, zone);
  const repeated = alert.count > 1 ? `, ${alert.count} times` : '';
  const line = `${release.id}: ${alert.came}, since ${time(alert.since)}${repeated}`;
  const good =
    alert.lastGood === undefined
      ? 'no good answer since the deployment'
      : `last good answer ${time(alert.lastGood)}`;
  const has = alert.called.map(({ name }) => name).join(', then ');
  if (alert.status === 'resolved') {
    const end = `Over at ${time(alert.at)}: ${alert.how}${alert.by === undefined ? '' : ` (${alert.by.name})`}.`;
    return {
      text: `${line}. ${end}`,
      blocks: [section(`:white_check_mark: ${escaped(line)}`), context(escaped(end))],
    };
  }
  const state =
    alert.status === 'acknowledged'
      ? `Acknowledged by ${alert.by.name}, ${time(alert.at)}. It does not escalate any more.`
      : `Called: ${has || 'nobody is on call'}. Escalates at ${time(alert.escalatesAt)}.`;
  const value = `${release.id}|${alert.number}`;
  const pressable: KnownBlock = actions('alert', [
    ...(alert.status === 'open'
      ? [button({ label: 'Acknowledge', action: 'verification.acknowledge', value, style: 'primary' })]
      : []),
    ...(release.status === 'verifying'
      ? [button({ label: 'Check again', action: 'verification.again', value: release.id })]
      : []),
    button(rollBackPress(release)),
  ]);
  return {
    text: `Alert. ${line}. Expected: ${alert.expected}. ${state}`,
    blocks: [
      section(`:rotating_light: *${escaped(line)}*`),
      section(`Expected: ${escaped(alert.expected)}\n${escaped(good)}`),
      context(escaped(state)),
      pressable,
    ],
  };
}

/** What a look at production showed, a line for the thread. */
export function roundMessage(release: Release, round: Round): Content {
  const failed = round.results.filter(({ ok }) => !ok);
  const all = round.results.length;
  const said =
    all === 0
      ? 'no probe is configured, so nothing was looked at'
      : failed.length === 0
        ? `${all === 1 ? 'the probe passes' : `all ${all} probes pass`}`
        : failed.map(({ probe, came, tries }) => `${probe} ${came}, ${tries} of ${tries} tries`).join('; ');
  const text = `${release.id} checked ${round.kind}: ${said}`;
  return {
    text,
    blocks: [section(`${failed.length === 0 ? ':white_check_mark:' : ':x:'} ${escaped(text)}`)],
  };
}
