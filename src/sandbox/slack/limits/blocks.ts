import { z } from 'zod';
import { anyText, plainText, text } from './compositions.js';
import { accessory, actionElement, image, inputElement } from './elements.js';

/** Block Kit's layout blocks with Slack's own limits. https://docs.slack.dev/reference/block-kit/blocks */
const block = <T extends string, S extends z.ZodRawShape>(type: T, shape: S) =>
  z.strictObject({ type: z.literal(type), block_id: z.string().max(255).optional(), ...shape });

const section = block('section', {
  text: anyText(3000).optional(),
  fields: z.array(anyText(2000)).min(1).max(10).optional(),
  accessory: accessory.optional(),
  expand: z.boolean().optional(),
}).refine(({ text: words, fields }) => words !== undefined || fields !== undefined, {
  message: 'missing required field: text',
});

const header = block('header', { text: plainText(150), level: z.number().int().min(1).max(4).optional() });
const divider = block('divider', {});
const context = block('context', {
  elements: z
    .array(z.discriminatedUnion('type', [image, ...anyText(3000).options]))
    .min(1)
    .max(10),
});
const actions = block('actions', { elements: z.array(actionElement).min(1).max(25) });
const imageBlock = block('image', {
  image_url: text(3000).optional(),
  slack_file: z.looseObject({}).optional(),
  alt_text: text(2000),
  title: plainText(2000).optional(),
});
const input = block('input', {
  label: plainText(2000),
  element: inputElement,
  hint: plainText(2000).optional(),
  optional: z.boolean().optional(),
  dispatch_action: z.boolean().optional(),
});

const richTextPart = z.looseObject({
  type: z.enum(['rich_text_section', 'rich_text_list', 'rich_text_quote', 'rich_text_preformatted']),
  elements: z.array(z.looseObject({ type: z.string() })),
});
const richText = block('rich_text', { elements: z.array(richTextPart).min(1) });

const markdown = block('markdown', { text: text(12_000) });
const cell = z.looseObject({ type: z.string() });
const table = block('table', {
  rows: z.array(z.array(cell).min(1).max(20)).min(1).max(100),
  column_settings: z.array(z.looseObject({}).nullable()).max(20).optional(),
});
const dataTable = block('data_table', {
  caption: z.string().min(1),
  rows: z.array(z.array(cell).max(20)).min(1).max(101),
  page_size: z.number().int().optional(),
  row_header_column_index: z.number().int().optional(),
});
const video = z.looseObject({
  type: z.literal('video'),
  title: plainText(200),
  video_url: text(3000),
  alt_text: text(2000),
});

const everywhere = [section, header, divider, context, actions, imageBlock, richText, video, input] as const;

export const messageBlock = z.discriminatedUnion('type', [...everywhere, markdown, table, dataTable]);
export const viewBlock = z.discriminatedUnion('type', everywhere);
