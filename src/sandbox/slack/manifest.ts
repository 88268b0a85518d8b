import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { listOf, recordOf, recordsOf, textOf } from './json.js';

/** What the sandbox needs to know of the bot's Slack app. */
export interface Manifest {
  readonly commands: readonly {
    readonly command: string;
    readonly description: string;
    readonly usageHint: string;
    readonly escapes: boolean;
  }[];
  readonly shortcuts: readonly {
    readonly name: string;
    readonly callbackId: string;
    readonly type: string;
  }[];
  readonly scopes: readonly string[];
  readonly events: readonly string[];
  readonly botName: string;
}

/** Reads a Slack app manifest (YAML). */
export function readManifest(path: string | URL): Manifest {
  const manifest = recordOf(parse(readFileSync(path, 'utf8')));
  const features = recordOf(manifest.features);
  return {
    commands: recordsOf(features.slash_commands).map((command) => ({
      command: textOf(command.command),
      description: textOf(command.description),
      usageHint: textOf(command.usage_hint),
      escapes: command.should_escape === true,
    })),
    shortcuts: recordsOf(features.shortcuts).map((shortcut) => ({
      name: textOf(shortcut.name),
      callbackId: textOf(shortcut.callback_id),
      type: textOf(shortcut.type),
    })),
    scopes: listOf(recordOf(recordOf(manifest.oauth_config).scopes).bot).map(textOf),
    events: listOf(recordOf(recordOf(manifest.settings).event_subscriptions).bot_events).map(textOf),
    botName: textOf(recordOf(features.bot_user).display_name) || 'Slipway',
  };
}
