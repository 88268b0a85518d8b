import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { parse, stringify } from 'yaml';
import { settings } from '../../src/config/environment.js';
import { parseHouse } from '../../src/config/read-house.js';
import { readSecrets, readSources } from '../../src/process/comparison/sources.js';
import { validHouse } from '../config/valid-house.js';

const readme = await readFile('README.md', 'utf8');

test('the table of settings in README is exactly what the code reads', () => {
  const table = readme.slice(readme.indexOf('### Settings'), readme.indexOf('### `slipway.yaml`'));
  const named = [...table.matchAll(/^\| `([A-Z_]+)`\s*\|/gmu)].map(([, name]) => name);

  expect(named.length).toBeGreaterThan(5);
  expect(named.toSorted()).toEqual(Object.keys(settings).toSorted());
});

test('the slipway.yaml in README is one that Slipway starts with', () => {
  const example = /```yaml\n(team:[\s\S]*?)```/u.exec(readme)?.[1] ?? '';

  const house = parseHouse(example, '/srv');

  expect(house.clients['acme']?.deployment.folder).toBe('/srv/acme');
  expect(house.clients['acme']?.bake).toBe(3_600_000);
});

test('what README compares is what Slipway takes', () => {
  const example = /```yaml\n(environments:[\s\S]*?)```/u.exec(readme)?.[1] ?? '';
  const { environments, expected, secrets } = parse(example) as {
    environments: { staging: { compare: readonly unknown[] } };
    expected: readonly unknown[];
    secrets: unknown;
  };
  const { compare } = environments.staging;

  const looks = readSources(compare, { setting: 'compare', folder: '/srv' });

  expect(looks.map(({ source }) => source)).toEqual(['shop', 'documents', 'site', 'settings']);
  expect(() => readSecrets(secrets, 'secrets')).not.toThrow();
  const house = parse(validHouse) as { clients: Record<string, object> };
  house.clients['acme'] = { ...house.clients['acme'], expected, secrets };
  expect(parseHouse(stringify(house), '/srv').clients['acme']?.expected).toHaveLength(2);
});

test('the scopes that README names are those of the manifest', async () => {
  const manifest = parse(await readFile('manifests/slack-app.yaml', 'utf8')) as {
    oauth_config: { scopes: { bot: string[] } };
  };
  const sentence = readme.slice(
    readme.indexOf('The bot asks for these scopes'),
    readme.indexOf('The history scopes'),
  );
  const named = [...sentence.matchAll(/`([a-z:]+)`/gu)].map(([, scope]) => scope);

  expect(named.toSorted()).toEqual(manifest.oauth_config.scopes.bot.toSorted());
});

test('every npm script that README names is there', async () => {
  const { scripts } = JSON.parse(await readFile('package.json', 'utf8')) as {
    scripts: Record<string, string>;
  };
  const named = new Set([...readme.matchAll(/npm run ([a-z:]+)/gu)].map(([, name]) => name ?? ''));

  expect(named.size).toBeGreaterThan(3);
  for (const name of named) expect(Object.keys(scripts)).toContain(name);
});

test('the folders in the tree of README are there, and no step is left out', async () => {
  const { steps } = await import('../../src/process/steps.js');
  const tree = readme.slice(readme.indexOf('## How it is built'));

  for (const { folder } of steps) expect(tree).toContain(folder);
});
