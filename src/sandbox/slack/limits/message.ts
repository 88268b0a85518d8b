import { z } from 'zod';
import { recordsOf, textOf } from '../json.js';
import { messageBlock } from './blocks.js';
import { fault, faultsOf, twins } from './faults.js';

const blocksOfAMessage = z.array(messageBlock).max(50);

/** What Slack would refuse in a message's blocks, in its words; empty when nothing. */
export function checkMessageBlocks(blocks: readonly unknown[]): readonly string[] {
  const { error } = blocksOfAMessage.safeParse(blocks);
  return [
    ...faultsOf(error, '/blocks'),
    ...twins(blocks),
    ...onlyOne(blocks, 'table'),
    ...tooMuchMarkdown(blocks),
  ];
}

function onlyOne(blocks: readonly unknown[], type: string): readonly string[] {
  const tables = recordsOf(blocks).filter((block) => block.type === type);
  return tables.length > 1 ? [fault('only_one_table_allowed', '/blocks')] : [];
}

function tooMuchMarkdown(blocks: readonly unknown[]): readonly string[] {
  const markdown = recordsOf(blocks).filter(({ type }) => type === 'markdown');
  const length = markdown.reduce((sum, block) => sum + textOf(block.text).length, 0);
  return length > 12_000
    ? [fault('must be less than 12001 characters of markdown in a message', '/blocks')]
    : [];
}
