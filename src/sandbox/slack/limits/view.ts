import { z } from 'zod';
import { type Json, listOf, recordsOf } from '../json.js';
import { viewBlock } from './blocks.js';
import { plainText } from './compositions.js';
import { fault, faultsOf, twins } from './faults.js';

const common = {
  blocks: z.array(viewBlock).max(100),
  callback_id: z.string().max(255).optional(),
  private_metadata: z.string().max(3000).optional(),
  external_id: z.string().max(255).optional(),
};

const words = plainText(24);
const modal = z.strictObject({
  type: z.literal('modal'),
  title: words,
  submit: words.nullish(),
  close: words.nullish(),
  clear_on_close: z.boolean().optional(),
  notify_on_close: z.boolean().optional(),
  submit_disabled: z.boolean().optional(),
  ...common,
});
const home = z.strictObject({ type: z.literal('home'), ...common });

/** What Slack would refuse in a view, in its words; empty when nothing. */
export function checkView(view: Json, kind: 'modal' | 'home'): readonly string[] {
  const { error } = (kind === 'modal' ? modal : home).safeParse(view);
  const hasInput = recordsOf(view.blocks).some(({ type }) => type === 'input');
  const unsent = kind === 'modal' && hasInput && (view.submit === undefined || view.submit === null);
  return [
    ...faultsOf(error, '/view'),
    ...twins(listOf(view.blocks)),
    ...(unsent ? [fault('missing required field: submit, because the view has an input', '/view')] : []),
  ];
}
