import type { KnownBlock, View } from '@slack/types';
import type { Refusal } from '../../kernel/refusal.js';
import { actions, button, type Content, escaped, modal, section } from './blocks.js';

/** What a handler gives back: words for the person alone, a modal, or nothing where the changed message is the answer. */
export type Answer = Content | { readonly modal: View } | undefined;

export const unavailableText =
  'Slipway cannot reach its records just now, so nothing was recorded. Please try again in a minute.';

export const uncertainText =
  'The records of Slipway did not answer in time, so it is not certain that this was recorded. Look at how things stand before you try again.';

export const apologyText =
  'Something went wrong inside Slipway, and it is in its log. Look at how things stand before you try again.';

/** A refusal as words for the one who asked, with the button that leads to what is missing. */
export function refusalContent(refusal: Refusal): Content {
  const blocks: KnownBlock[] = [section(escaped(refusal.message))];
  if (refusal.wayOut !== undefined)
    blocks.push(actions('way-out', [button({ ...refusal.wayOut, style: 'primary' })]));
  return { text: refusal.message, blocks };
}

/** The same sentence over a modal, so that what was typed below it is not lost. */
export function sentenceModal(title: string, sentence: string): View {
  return modal('sentence', title, [section(escaped(sentence))], { close: 'Back' });
}
