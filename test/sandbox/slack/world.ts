import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import bolt from '@slack/bolt';
import { parseDocument } from 'yaml';
import type { Workspace, WorkspaceOptions, WorkspaceSeed } from '../../../src/sandbox/slack/workspace.js';
import { startWorkspace } from '../../../src/sandbox/slack/workspace.js';

export const seed: WorkspaceSeed = {
  name: 'Brightside',
  zone: 'Australia/Melbourne',
  people: [
    { key: 'bo', name: 'Bo Larsen', title: 'Release manager', zone: 'Australia/Melbourne' },
    { key: 'kim', name: 'Kim Tran', title: 'Developer', zone: 'Australia/Melbourne' },
    {
      key: 'ana',
      name: 'Ana Ruiz',
      title: 'Product owner at Acme',
      zone: 'Europe/London',
      team: { id: 'TACME00001', name: 'Acme' },
    },
    { key: 'gus', name: 'Gus', title: 'Guest', zone: 'Europe/London', restricted: true },
  ],
  channels: [
    { key: 'acme', name: 'acme-team', topic: 'Ours only', members: ['bo', 'kim'] },
    {
      key: 'acme-shared',
      name: 'acme-shared',
      topic: 'With Acme',
      shared: true,
      members: ['bo', 'ana', 'gus'],
    },
  ],
};

/** The bot's manifest with more scopes than the bot needs: the workspace is tested with whatever it can do. */
async function generousManifest(): Promise<string> {
  const document = parseDocument(await readFile('manifests/slack-app.yaml', 'utf8'));
  for (const scope of ['channels:read', 'groups:read', 'users:read']) {
    document.addIn(['oauth_config', 'scopes', 'bot'], scope);
  }
  const folder = await mkdtemp(join(tmpdir(), 'slipway-manifest-'));
  stops.push(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, 'manifest.yaml');
  await writeFile(path, String(document));
  return path;
}

const stops: (() => Promise<void>)[] = [];

/** Ends whatever a test has started, the last first. */
export async function stopAll(): Promise<void> {
  for (const stop of stops.splice(0).reverse()) await stop();
}

export async function aWorkspace(options: Partial<WorkspaceOptions> = {}): Promise<Workspace> {
  const manifest = options.manifest ?? (await generousManifest());
  const workspace = await startWorkspace({ seed, patience: 2000, ...options, manifest });
  stops.push(workspace.stop);
  return workspace;
}

const quiet = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => bolt.LogLevel.ERROR,
  setName() {},
};

/** A real Bolt app that the workspace delivers to, by HTTP or by Socket Mode. */
export async function aBot(
  workspace: Workspace,
  register: (app: bolt.App) => void,
  { socket = false, secret = workspace.signingSecret } = {},
): Promise<bolt.App> {
  const app = new bolt.App({
    token: workspace.botToken,
    clientOptions: { slackApiUrl: workspace.apiUrl, retryConfig: { retries: 0 } },
    logger: quiet,
    ...(socket ? { socketMode: true, appToken: workspace.appToken } : { signingSecret: secret }),
  });
  register(app);
  const server = await app.start({ port: 0, host: '127.0.0.1' });
  stops.push(async () => void (await app.stop()));
  const address =
    server !== null && typeof server === 'object' && 'address' in server ? server.address() : null;
  if (address !== null && typeof address === 'object')
    workspace.deliverTo(`http://127.0.0.1:${address.port}/slack/events`);
  return app;
}

/** Calls the Web API as the bot would, or with another token. */
export async function call(
  workspace: Workspace,
  method: string,
  args: Record<string, unknown> = {},
  token = workspace.botToken,
): Promise<Readonly<Record<string, unknown>>> {
  const response = await fetch(`${workspace.apiUrl}${method}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(args),
  });
  return {
    status: response.status,
    headers: response.headers,
    ...((await response.json()) as Record<string, unknown>),
  };
}
