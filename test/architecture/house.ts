import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { steps } from '../../src/process/steps.js';
import type { Import } from './imports-of.js';

const here = dirname(fileURLToPath(import.meta.url));

/** The folders of the steps, in the order of the process. */
export const order = steps.map(({ folder }) => folder);

/** The step that a file belongs to: `freeze` for `process/freeze/freeze.ts`; undefined outside the steps. */
export function stepOf(file: string): string | undefined {
  return /^process\/([^/]+)\//u.exec(file)?.[1];
}

/** The part of the house that a file belongs to: `kernel`, `process`, …; the file itself where it stands alone. */
export function partOf(file: string): string {
  return file.split('/')[0] ?? file;
}

/** The role that a file's name tells: `views` for `freeze.views.ts`, `index`, or `plain`. */
export function roleOf(file: string): string {
  if (file.endsWith('/index.ts')) return 'index';
  return /\.([a-z]+)\.ts$/u.exec(file)?.[1] ?? 'plain';
}

// The comparison's tests lie by theme, not by file.
const byTheme = /^process\/comparison\/(?:core|files|databases)\//u;

/** The rules: whatever has a test `<name>.rules.test.ts` in the same place. They are pure, and held to it. */
export function ruleFiles(): string[] {
  const tests = join(here, '..');
  const stories = ['process/register/incident-lifecycle', 'process/lifecycle', 'config/house'];
  return readdirSync(tests, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /^(kernel|process)\/.*\.rules\.test\.ts$/u.test(file))
    .map((file) => file.replace('.rules.test.ts', ''))
    .filter((file) => !stories.includes(file) && !byTheme.test(file))
    .map((file) => `${file}.ts`);
}

/** What each part of the house may import of the others. `sandbox` may import everything, and nobody may import it. */
export const mayImport: Readonly<Record<string, readonly string[]>> = {
  kernel: [],
  config: ['kernel'],
  platform: ['kernel'],
  people: ['kernel', 'config', 'platform'],
  process: ['kernel', 'config', 'platform', 'people'],
  // The command line compares snapshots where neither Slack nor MongoDB is.
  cli: ['kernel', 'config', 'process'],
  'app.ts': ['kernel', 'config', 'platform', 'people', 'process'],
  'main.ts': ['config', 'app.ts'],
  'cli.ts': ['cli', 'kernel', 'config'],
};

type Place = (one: Import) => boolean;
const under =
  (folder: string): Place =>
  ({ from }) =>
    from.startsWith(`${folder}/`);
const only =
  (...files: readonly string[]): Place =>
  ({ from }) =>
    files.includes(from);
const role =
  (name: string): Place =>
  ({ from }) =>
    roleOf(from) === name;
const asType =
  (place: Place): Place =>
  (one) =>
    one.typeOnly && place(one);
const either =
  (...places: readonly Place[]): Place =>
  (one) =>
    places.some((place) => place(one));

/** Where each library that reaches out of the process, or that Slipway stands on, may be imported. */
export const mayBeImportedBy: Readonly<Record<string, Place>> = {
  mongoose: either(role('store'), under('platform/store'), asType(under('platform'))),
  agenda: under('platform/jobs'),
  '@agendajs/mongo-backend': under('platform/jobs'),
  '@slack/bolt': either(only('app.ts'), under('platform/slack')),
  '@slack/web-api': under('platform/slack'),
  // The board and App Home are views of the whole process.
  '@slack/types': asType(
    either(role('views'), under('platform/slack'), only('process/board.ts', 'process/home.ts')),
  ),
  express: either(under('platform/http'), asType(only('platform/slack/receiver.ts'))),
  'prom-client': either(only('app.ts'), asType(under('platform'))),
  pino: either(only('app.ts'), asType(either(under('platform'), only('process/deployment/needs.ts')))),
  // Adapters: one small interface, one file or folder a technology.
  'node:child_process': ({ from }) => /^process\/[^/]+\/(?:runners|collectors|probes)\//u.test(from),
};

/** Libraries that compute and nothing else: what rules may import. */
export const pureLibraries = ['luxon', 'leven', 'chrono-node', 'date-holidays', 'node:crypto', 'node:util'];
