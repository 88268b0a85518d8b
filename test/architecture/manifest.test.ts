import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { partOf } from './house.js';
import { type Call, callsOf, sourceFiles, stringsNamed, textsIn } from './imports-of.js';

interface Manifest {
  readonly features: {
    readonly shortcuts: readonly { readonly callback_id: string; readonly type: string }[];
    readonly slash_commands: readonly {
      readonly command: string;
      readonly should_escape: boolean;
      readonly usage_hint: string;
    }[];
  };
  readonly oauth_config: { readonly scopes: { readonly bot: readonly string[] } };
  readonly settings: { readonly event_subscriptions: { readonly bot_events: readonly string[] } };
}
const manifest = parse(
  readFileSync(new URL('../../manifests/slack-app.yaml', import.meta.url), 'utf8'),
) as Manifest;

const files = sourceFiles().filter((file) => partOf(file) !== 'sandbox');
const calls = files.flatMap(callsOf);

/** The names with which something is registered: `slack.command('/incident', …)` gives `/incident`. */
function registered(call: string): string[] {
  const found = calls.filter(({ name }) => name === call);
  const unnamed = found.filter(({ first }) => first === undefined);
  expect(unnamed).toEqual([]);
  return found.flatMap(({ first }) => first ?? []).sort();
}

/** Which scopes a method of the Web API needs, as Slack documents them; each of them, where there are several. */
const scopesOf: Readonly<Record<string, readonly string[]>> = {
  'auth.test': [],
  'chat.postMessage': ['chat:write'],
  'chat.postEphemeral': ['chat:write'],
  'chat.update': ['chat:write'],
  'chat.getPermalink': [],
  // Team channels are private, shared ones may be public.
  'conversations.history': ['channels:history', 'groups:history'],
  'conversations.replies': ['channels:history', 'groups:history'],
  'conversations.open': ['im:write'],
  filesUploadV2: ['files:write'],
  'pins.add': ['pins:write'],
  'views.open': [],
  'views.push': [],
  'views.update': [],
  'views.publish': [],
};

/** Scopes that no method asks for: slash commands and shortcuts, and the file input in a modal. */
const besideMethods = [
  'commands',
  ...(files.flatMap((file) => stringsNamed(file, 'type')).includes('file_input') ? ['files:read'] : []),
];

/** The Web API methods that the bot calls, in its platform and where it is put together. */
const methods = [
  ...new Set(calls.filter(({ file }) => partOf(file) === 'platform' || file === 'app.ts').flatMap(methodOf)),
].sort();

function methodOf({ name }: Call): string[] {
  const method = /^client\.(filesUploadV2|[a-z]+\.[a-zA-Z]+)$/u.exec(name)?.[1];
  return method === undefined ? [] : [method];
}

describe('the manifest', () => {
  test('has just the slash commands that the code registers, each escaped and with a hint', () => {
    expect(manifest.features.slash_commands.map(({ command }) => command).sort()).toEqual(
      registered('slack.command'),
    );
    expect(registered('slack.command').length).toBeGreaterThanOrEqual(5);
    for (const { should_escape, usage_hint } of manifest.features.slash_commands) {
      expect([should_escape, usage_hint.includes('help')]).toEqual([true, true]);
    }
  });

  test('has just the shortcuts that the code registers', () => {
    expect(manifest.features.shortcuts.map(({ callback_id }) => callback_id).sort()).toEqual(
      registered('slack.shortcut'),
    );
    expect(manifest.features.shortcuts.length).toBeGreaterThan(0);
  });

  test('has just the bot events that the code listens to', () => {
    expect([...manifest.settings.event_subscriptions.bot_events].sort()).toEqual(registered('app.event'));
  });

  test('covers every method of the Web API that the bot calls, and asks for nothing else', () => {
    expect(methods.filter((method) => scopesOf[method] === undefined)).toEqual([]);
    expect(methods).toEqual(
      expect.arrayContaining([
        'chat.postMessage',
        'views.push',
        'views.publish',
        'filesUploadV2',
        'auth.test',
      ]),
    );
    const needed = new Set([...besideMethods, ...methods.flatMap((method) => scopesOf[method] ?? [])]);
    expect([...manifest.oauth_config.scopes.bot].sort()).toEqual([...needed].sort());
  });
});

describe('buttons and forms', () => {
  const inSteps = files.filter((file) => /^(process|people)\//u.test(file));
  const answered = [...registered('slack.press'), ...registered('slack.submit')];
  const families = new Set(answered.map((name) => name.split('.')[0]));

  test('every button and form that a file names is answered', () => {
    const named = new Set(
      inSteps
        .flatMap(textsIn)
        .filter((text) => /^[a-z]+\.[a-z-]+$/u.test(text) && families.has(text.split('.')[0])),
    );
    expect(named.size).toBeGreaterThan(30);
    expect([...named].filter((name) => !answered.includes(name))).toEqual([]);
  });

  test('nothing is registered twice', () => {
    for (const call of ['slack.press', 'slack.submit', 'slack.command', 'slack.shortcut']) {
      const names = registered(call);
      expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
    }
  });
});
