import type { KnownBlock } from '@slack/types';
import { inZone } from '../../kernel/instants.js';
import { type Content, escaped, section } from '../../platform/slack/blocks.js';
import type { GateAnswer } from './freeze-staging.js';

/** How the environments stand, a line each. */
export function environmentsStand(answers: readonly GateAnswer[], zone: string): Content {
  const lines = answers.map((answer) =>
    answer.open
      ? `${answer.environment} is open`
      : `:snowflake: ${answer.environment} is frozen for ${answer.heldBy} (${answer.by}, since ${inZone(answer.since, zone)})`,
  );
  const blocks: KnownBlock[] = [section(escaped(lines.join('\n')))];
  return { text: lines.join('\n').replaceAll(':snowflake: ', ''), blocks };
}
