import { z } from 'zod';

/** Block Kit's composition objects with Slack's own limits. https://docs.slack.dev/reference/block-kit/composition-objects */
export const text = (most: number, least = 1) => z.string().min(least).max(most);

export const plainText = (most: number) =>
  z.strictObject({ type: z.literal('plain_text'), text: text(most), emoji: z.boolean().optional() });

const mrkdwn = (most: number) =>
  z.strictObject({ type: z.literal('mrkdwn'), text: text(most), verbatim: z.boolean().optional() });

export const anyText = (most: number) => z.discriminatedUnion('type', [plainText(most), mrkdwn(most)]);

export const style = z.enum(['primary', 'danger']).optional();

export const confirm = z
  .strictObject({
    title: plainText(100),
    text: anyText(300),
    confirm: plainText(30),
    deny: plainText(30),
    style,
  })
  .optional();

const option = (words: z.ZodType) =>
  z.strictObject({
    text: words,
    value: text(150),
    description: anyText(75).optional(),
    url: text(3000).optional(),
  });

export const plainOption = option(plainText(75));
export const richOption = option(anyText(75));
export const group = z.strictObject({ label: plainText(75), options: z.array(plainOption).min(1).max(100) });
