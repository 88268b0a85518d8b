/**
 * What the sandbox's browser page and its server say to each other. Types only.
 *
 * GET  /                                    the page; its files stand below /page/
 * GET  /sandbox/state?as=U1                 State
 * GET  /sandbox/messages?as=U1&channel=C1   MessageCard[], oldest first, ephemeral ones of this person included
 * GET  /sandbox/events?as=U1                server-sent events, each one `data: <Happening as JSON>`
 * POST /sandbox/act?as=U1                   an Act as JSON; answers with Outcome
 * POST /sandbox/upload?as=U1&name=a.png     a file's bytes as application/octet-stream; answers with the file in Slack's
 *                                           shape, ready for the `files` of a file_input; with &channel=C1 (&threadTs=…)
 *                                           it is shared there as well
 */
import type { KnownBlock, View } from '@slack/types';

export interface PersonCard {
  readonly id: string;
  readonly name: string;
  /** What the person is in the story: "Release manager", "Product owner at Acme". */
  readonly title: string;
  readonly teamId: string;
  readonly teamName: string;
  /** True for somebody of another organisation (Slack Connect). */
  readonly external: boolean;
  /** IANA zone. */
  readonly zone: string;
  readonly bot: boolean;
}

export interface ChannelCard {
  readonly id: string;
  readonly name: string;
  readonly kind: 'channel' | 'im';
  /** Shared with another organisation. */
  readonly shared: boolean;
  readonly topic: string;
  readonly members: readonly string[];
  readonly unread: number;
  /** For an im: the person at the other end. */
  readonly with?: string;
}

export interface FileCard {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly mimetype: string;
  readonly size: number;
  /** Where the page can download it. */
  readonly url: string;
}

export interface MessageCard {
  readonly channel: string;
  readonly ts: string;
  readonly threadTs?: string;
  readonly user: string;
  readonly text: string;
  readonly blocks: readonly KnownBlock[];
  readonly edited: boolean;
  readonly ephemeral: boolean;
  readonly pinned: boolean;
  readonly replyCount: number;
  readonly files: readonly FileCard[];
}

export interface ViewCard {
  readonly id: string;
  readonly hash: string;
  readonly view: View;
}

export interface State {
  readonly workspace: { readonly name: string; readonly teamId: string };
  readonly me: PersonCard;
  readonly people: readonly PersonCard[];
  readonly channels: readonly ChannelCard[];
  readonly commands: readonly {
    readonly command: string;
    readonly description: string;
    readonly usageHint: string;
  }[];
  readonly shortcuts: readonly { readonly name: string; readonly callbackId: string }[];
  /** Open modals of this person, the lowest first. */
  readonly modals: readonly ViewCard[];
  readonly home?: ViewCard;
  /** Name and version of the MongoDB engine that serves, when the sandbox told the workspace. */
  readonly engine?: string;
  /** The bot's own user id. */
  readonly bot: string;
  /** How far the bot's clock runs ahead of the real one, in milliseconds; absent where it cannot be moved. */
  readonly clockAhead?: number;
}

export type Happening =
  | { readonly type: 'message'; readonly message: MessageCard }
  | { readonly type: 'message-changed'; readonly message: MessageCard }
  | { readonly type: 'message-deleted'; readonly channel: string; readonly ts: string }
  | { readonly type: 'modals'; readonly modals: readonly ViewCard[] }
  | { readonly type: 'home'; readonly home: ViewCard }
  | { readonly type: 'channels'; readonly channels: readonly ChannelCard[] }
  | { readonly type: 'clock'; readonly clockAhead: number }
  /** What Slack itself would tell the person: "Slipway didn't respond", "That didn't work". */
  | { readonly type: 'notice'; readonly text: string; readonly channel?: string };

/** Values of the inputs, in Slack's own shape: block_id → action_id → {type, value | selected_option | …}. */
export type InputState = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export type Act =
  /** A message, or a slash command when it starts with "/". */
  | { readonly kind: 'type'; readonly channel: string; readonly text: string; readonly threadTs?: string }
  /** A click, choice or pick in a message. `element` is the pressed element's value part in Slack's own shape. */
  | {
      readonly kind: 'act-in-message';
      readonly channel: string;
      readonly ts: string;
      readonly blockId: string;
      readonly actionId: string;
      readonly element: Readonly<Record<string, unknown>>;
      readonly state: InputState;
    }
  | {
      readonly kind: 'act-in-view';
      readonly viewId: string;
      readonly blockId: string;
      readonly actionId: string;
      readonly element: Readonly<Record<string, unknown>>;
      readonly state: InputState;
    }
  | { readonly kind: 'submit'; readonly viewId: string; readonly state: InputState }
  | { readonly kind: 'close'; readonly viewId: string }
  | {
      readonly kind: 'message-shortcut';
      readonly callbackId: string;
      readonly channel: string;
      readonly ts: string;
    }
  | { readonly kind: 'open-home' }
  | { readonly kind: 'read'; readonly channel: string }
  /** Moves the bot's clock forward; only where the sandbox offers it. */
  | { readonly kind: 'advance-clock'; readonly milliseconds: number };

export type Outcome =
  | { readonly ok: true }
  /** A sentence that Slack would show the person. */
  | { readonly ok: false; readonly problem: string }
  /** A modal submission sent back with a sentence under each wrong input, by block_id. */
  | { readonly ok: false; readonly errors: Readonly<Record<string, string>> };
