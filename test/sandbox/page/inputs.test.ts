import { expect, test } from '@jest/globals';
import type { KnownBlock } from '@slack/types';
import { faultsOf, initialState, merged, withValue } from '../../../src/sandbox/slack/page/blocks/values.js';
import { everyInput } from '../../support/page-views.js';

const blocks = everyInput.blocks as readonly KnownBlock[];
const place = (blockId: string) => ({ blockId, actionId: 'v' });
const typed = (blockId: string, value: string) => ({ type: 'x', value, blockId });

test('every input starts in the shape that Slack sends, empty ones included', () => {
  const state = initialState(blocks);
  expect(Object.keys(state)).toHaveLength(17);
  expect(state).toMatchObject({
    title: { v: { type: 'plain_text_input', value: null } },
    testers: { v: { type: 'multi_users_select', selected_users: ['U3'] } },
    impact: { v: { type: 'checkboxes', selected_options: [] } },
    file: { v: { type: 'file_input', files: [] } },
  });
});

test('what was entered outlives an update, and goes with the input it was entered into', () => {
  const entered = withValue({}, place('title'), typed('title', 'kept'));
  expect(merged(initialState(blocks), entered)).toMatchObject({ title: { v: { value: 'kept' } } });
  expect(merged(initialState(blocks.slice(1)), entered)).not.toHaveProperty('title');
});

test('what is missing is asked for by its block, optional inputs are not', () => {
  expect(Object.keys(faultsOf(blocks, initialState(blocks)))).toEqual(['title', 'client']);
});

test.each([
  ['hours', '0', 'Please enter 1 or more.'],
  ['hours', '1.5', 'Please enter a whole number.'],
  ['hours', 'many', 'Please enter a number.'],
  ['reply', 'ana', 'Please enter an email address.'],
  ['link', 'acme', 'Please enter a full address, such as https://example.com.'],
  ['title', 'x'.repeat(121), 'Please enter at most 120 characters.'],
])('%s does not take %s', (blockId, value, sentence) => {
  const state = withValue(initialState(blocks), place(blockId), typed(blockId, value));
  expect(faultsOf(blocks, state)[blockId]).toBe(sentence);
});
