import type { z } from 'zod';
import { elementsOf } from '../inputs.js';
import { type Json, recordsOf, textOf } from '../json.js';

type Issue = z.core.$ZodIssue;

/** What a schema found, in Slack's words: what is wrong, and where as a JSON pointer. */
export function faultsOf(error: z.ZodError | undefined, below = ''): readonly string[] {
  return (error?.issues ?? []).map((issue) => {
    const words = wordsFor(issue);
    const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path;
    return fault(words, below + path.map((part) => `/${String(part)}`).join(''));
  });
}

export const fault = (words: string, pointer: string): string => `[ERROR] ${words} [json-pointer:${pointer}]`;

function wordsFor(issue: Issue): string {
  switch (issue.code) {
    case 'too_big':
      if (issue.origin === 'string') return `must be less than ${Number(issue.maximum) + 1} characters`;
      return `no more than ${issue.maximum} items allowed`;
    case 'too_small':
      if (issue.origin === 'string') return `must be more than ${Number(issue.minimum) - 1} characters`;
      return `must contain at least ${issue.minimum} items`;
    case 'unrecognized_keys':
      return `invalid additional property: ${issue.keys.join(', ')}`;
    case 'invalid_union':
      return 'unsupported type';
    case 'invalid_type':
      return issue.message.includes('undefined')
        ? `missing required field: ${String(issue.path.at(-1))}`
        : issue.message;
    default:
      return issue.message;
  }
}

/** block_ids that appear twice, and action_ids that appear twice within a block. */
export function twins(blocks: readonly unknown[]): readonly string[] {
  const seen = new Set<string>();
  return recordsOf(blocks).flatMap((block, at) => {
    const id = textOf(block.block_id);
    const repeated =
      id !== '' && seen.has(id) ? [fault(`\`block_id\` ${id} already exists`, `/blocks/${at}/block_id`)] : [];
    seen.add(id);
    return [...repeated, ...twinActions(block, at)];
  });
}

function twinActions(block: Json, at: number): readonly string[] {
  const ids = elementsOf([block]).map(({ element }) => textOf(element.action_id));
  const twice = ids.filter((id, place) => id !== '' && ids.indexOf(id) !== place);
  return twice.map((id) =>
    fault(`\`action_id\` ${id} already exists for another element`, `/blocks/${at}/elements`),
  );
}
