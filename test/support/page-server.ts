import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { KnownBlock } from '@slack/types';
import type {
  Act,
  Happening,
  MessageCard,
  Outcome,
  PersonCard,
  State,
  ViewCard,
} from '../../src/sandbox/slack/contract.js';
import { NOW, said, written } from './page-messages.js';
import { channelsOf, people } from './page-people.js';
import { everyInput, home, similar } from './page-views.js';

/** A sandbox with a script in place of a bot, to try the page on. */
export interface PageServer {
  readonly url: string;
  /** What the page did, by whom, in order. */
  readonly acts: readonly { readonly as: string; readonly act: Act }[];
  /** Lets something happen for everybody. */
  readonly happen: (happening: Happening) => void;
  /** Keeps acts unanswered until the returned function is called. */
  readonly hold: () => () => void;
  /** The ts of a message of a channel, by its place among those outside threads. */
  readonly ts: (channel: string, at?: number) => string;
  /** Ends every event stream, as a restart would. */
  readonly cut: () => void;
  readonly stop: () => Promise<void>;
}

const root = fileURLToPath(new URL('../../', import.meta.url));
const page = `${root}dist/sandbox/slack/page/`;
const VENDOR: Readonly<Record<string, string>> = {
  'preact.js': 'node_modules/preact/dist/preact.mjs',
  'hooks.js': 'node_modules/preact/hooks/dist/hooks.mjs',
  'htm.js': 'node_modules/htm/dist/htm.module.js',
};
const TYPES: Readonly<Record<string, string>> = {
  js: 'text/javascript',
  css: 'text/css',
  html: 'text/html',
  svg: 'image/svg+xml',
  md: 'text/markdown',
};

const everyone: readonly PersonCard[] = Object.values(people);
const commands = [
  [
    '/incident',
    'Register and work on incidents',
    '[client title] | list | show | find | task | done | resolve | help',
  ],
  [
    '/release',
    'Group incidents, agree a date, see releases through',
    'new | show | list | add | remove | propose | help',
  ],
  ['/checklist', "Walk a release's checklist", '[release] | help'],
  ['/freeze', 'Freeze staging for a release, or thaw it', '[release] | status | thaw | help'],
] as const;

interface Play {
  readonly acts: { as: string; act: Act }[];
  readonly messages: MessageCard[];
  readonly modals: Map<string, ViewCard[]>;
  readonly homes: Map<string, ViewCard>;
  readonly unread: Map<string, number>;
  readonly listeners: Map<ServerResponse, string>;
  held: Promise<void>;
  ahead: number;
}

/** Starts the scripted sandbox on a free port of this machine. */
export async function startPageServer(): Promise<PageServer> {
  const play: Play = {
    acts: [],
    messages: [...said],
    modals: new Map(),
    homes: new Map(),
    unread: new Map([
      ['U1/C2', 1],
      ['U5/C2', 1],
      ['U4/C3', 1],
      ['U1/C3', 1],
    ]),
    listeners: new Map(),
    held: Promise.resolve(),
    ahead: 0,
  };
  const server = createServer((request, response) => void answer(play, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const cut = (): void => {
    for (const listener of play.listeners.keys()) listener.destroy();
  };
  return {
    url: `http://127.0.0.1:${port}/`,
    acts: play.acts,
    happen: (happening) => tell(play, happening),
    hold: () => {
      let release = (): void => undefined;
      play.held = new Promise((resolve) => {
        release = resolve;
      });
      return () => release();
    },
    ts: (channel, at = 0) =>
      play.messages.filter((each) => each.channel === channel && !each.threadTs)[at]?.ts ?? '',
    cut,
    stop: () => stop(server, cut),
  };
}

async function stop(server: Server, cut: () => void): Promise<void> {
  cut();
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
}

function tell(play: Play, happening: Happening, only?: string): void {
  for (const [listener, as] of play.listeners) {
    if (only === undefined || only === as) listener.write(`data: ${JSON.stringify(happening)}\n\n`);
  }
}

async function answer(play: Play, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://sandbox');
  const as = searchParams.get('as') ?? people.mara.id;
  const json = (body: unknown): void => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
  if (pathname === '/sandbox/state') return json(stateOf(play, as));
  if (pathname === '/sandbox/messages') return json(messagesFor(play, as, searchParams.get('channel') ?? ''));
  if (pathname === '/sandbox/events') return listen(play, as, response);
  if (pathname === '/sandbox/act')
    return json(await perform(play, as, JSON.parse(await bodyOf(request)) as Act));
  await serveFile(pathname, response);
}

const personOf = (id: string): PersonCard => everyone.find((person) => person.id === id) ?? people.mara;

const channelsFor = (play: Play, as: string) =>
  channelsOf(personOf(as)).map((channel) => ({
    ...channel,
    unread: play.unread.get(`${as}/${channel.id}`) ?? 0,
  }));

function stateOf(play: Play, as: string): State {
  const me = personOf(as);
  const opened = play.homes.get(as);
  return {
    workspace: { name: 'Harbour Studio', teamId: 'T1' },
    me,
    people: everyone,
    channels: channelsFor(play, as),
    commands: me.external
      ? []
      : commands.map(([command, description, usageHint]) => ({ command, description, usageHint })),
    shortcuts: me.external ? [] : [{ name: 'Make this an incident', callbackId: 'make_incident' }],
    modals: play.modals.get(as) ?? [],
    ...(opened === undefined ? {} : { home: opened }),
    engine: 'in-process MongoDB 7.0',
    bot: people.slipway.id,
    clockAhead: play.ahead,
  };
}

const messagesFor = (play: Play, as: string, channel: string): readonly MessageCard[] =>
  play.messages.filter(
    (message) => message.channel === channel && (!message.ephemeral || as === people.mara.id),
  );

function listen(play: Play, as: string, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write(': here\n\n');
  play.listeners.set(response, as);
  response.on('close', () => play.listeners.delete(response));
}

async function perform(play: Play, as: string, act: Act): Promise<Outcome> {
  play.acts.push({ as, act });
  if (act.kind !== 'read') await play.held;
  switch (act.kind) {
    case 'type':
      return typed(play, as, act);
    case 'act-in-message':
      return pressed(play, as, act);
    case 'act-in-view':
      if (act.actionId === 'similar')
        showModals(play, as, [...(play.modals.get(as) ?? []), { id: 'V2', hash: 'h', view: similar }]);
      return { ok: true };
    case 'submit':
      return submitted(play, as, act);
    case 'close':
      showModals(
        play,
        as,
        (play.modals.get(as) ?? []).filter(({ id }) => id !== act.viewId),
      );
      return { ok: true };
    case 'message-shortcut':
      showModals(play, as, [{ id: 'V1', hash: 'h', view: everyInput }]);
      return { ok: true };
    case 'open-home':
      play.homes.set(as, { id: 'VH', hash: 'h', view: home });
      tell(play, { type: 'home', home: { id: 'VH', hash: 'h', view: home } }, as);
      return { ok: true };
    case 'read':
      play.unread.delete(`${as}/${act.channel}`);
      return { ok: true };
    case 'advance-clock':
      play.ahead += act.milliseconds;
      tell(play, { type: 'clock', clockAhead: play.ahead });
      return { ok: true };
  }
}

function showModals(play: Play, as: string, modals: ViewCard[]): void {
  play.modals.set(as, modals);
  tell(play, { type: 'modals', modals }, as);
}

function say(play: Play, message: MessageCard): void {
  play.messages.push(message);
  tell(play, { type: 'message', message });
}

const tsAfter = (play: Play): string => `${NOW / 1000 + play.acts.length}.000200`;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function typed(play: Play, as: string, act: Extract<Act, { kind: 'type' }>): Outcome {
  if (act.text === '/incident') {
    showModals(play, as, [{ id: 'V1', hash: 'h', view: everyInput }]);
    return { ok: true };
  }
  if (act.text.startsWith('/')) {
    const problem = `${act.text.split(' ')[0]} failed because Slipway did not respond.`;
    tell(play, { type: 'notice', text: problem, channel: act.channel }, as);
    return { ok: false, problem };
  }
  const thread = act.threadTs === undefined ? {} : { threadTs: act.threadTs };
  say(
    play,
    written({ channel: act.channel, ts: tsAfter(play), user: as, text: escaped(act.text), ...thread }),
  );
  return { ok: true };
}

function pressed(play: Play, as: string, act: Extract<Act, { kind: 'act-in-message' }>): Outcome {
  if (act.actionId !== 'accept') return { ok: true };
  if (as !== people.ana.id)
    return { ok: false, problem: 'Only Ana can accept for Acme. Ask her in #acme-shared.' };
  const index = play.messages.findIndex(({ ts }) => ts === act.ts);
  const before = play.messages[index];
  if (before === undefined) return { ok: false, problem: 'That message is gone.' };
  const decided: KnownBlock = {
    type: 'context',
    elements: [{ type: 'mrkdwn', text: ':white_check_mark: Accepted by Ana (Acme), Mon 2 Mar 05:02' }],
  };
  const message = {
    ...before,
    edited: true,
    blocks: [...before.blocks.filter(({ type }) => type !== 'actions'), decided],
  };
  play.messages[index] = message;
  tell(play, { type: 'message-changed', message });
  return { ok: true };
}

function submitted(play: Play, as: string, act: Extract<Act, { kind: 'submit' }>): Outcome {
  const { value } = (act.state.title?.v ?? {}) as { readonly value?: string };
  if (value === 'wrong')
    return { ok: false, errors: { title: 'ACME-41 already says this. Open it, or say what is different.' } };
  showModals(play, as, []);
  say(
    play,
    written({
      channel: 'C1',
      ts: tsAfter(play),
      user: people.slipway.id,
      text: `ACME-48 is registered: ${escaped(value ?? '')}`,
    }),
  );
  return { ok: true };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

const INVOICE = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 200"><rect width="480" height="200" fill="#f2f5f5"/>
<rect x="24" y="24" width="160" height="14" rx="4" fill="#0b6676"/><g fill="#c3cdcf"><rect x="24" y="62" width="300" height="10" rx="4"/><rect x="24" y="84" width="260" height="10" rx="4"/>
<rect x="24" y="106" width="280" height="10" rx="4"/></g><rect x="340" y="140" width="116" height="34" rx="8" fill="#0b3b4c"/></svg>`;
const NOTES = `# ACME-R6\n\n${Array.from({ length: 16 }, (_, line) => `- Change ${line + 1}: what it does for you`).join('\n')}\n`;
const MADE: Readonly<Record<string, string>> = { '/files/invoice.svg': INVOICE, '/files/notes.md': NOTES };

async function serveFile(pathname: string, response: ServerResponse): Promise<void> {
  const path = pathname === '/' ? '/page/index.html' : pathname;
  const type = TYPES[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
  const vendor = VENDOR[path.replace('/page/vendor/', '')];
  try {
    const made = MADE[path];
    const content =
      made ??
      (await readFile(vendor === undefined ? page + path.replace('/page/', '') : root + vendor, 'utf8'));
    response
      .writeHead(200, {
        'content-type': `${type}; charset=utf-8`,
        'content-security-policy': policyFor(content),
      })
      .end(content);
  } catch {
    response.writeHead(404).end();
  }
}

/** As strict as it goes: the import map is allowed by its hash, nothing else stands inline. */
function policyFor(content: string): string {
  const map = /<script type="importmap">([\s\S]*?)<\/script>/.exec(content)?.[1] ?? '';
  const hash = createHash('sha256').update(map).digest('base64');
  return `default-src 'none'; script-src 'self' 'sha256-${hash}'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'`;
}
