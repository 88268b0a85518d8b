import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ConfigurationFaults, type Fault } from '../../src/config/environment.js';
import { parseHouse, readHouse } from '../../src/config/read-house.js';
import { validHouse } from './valid-house.js';

function faultsOf(text: string): readonly Fault[] {
  try {
    parseHouse(text, '/srv');
    return [];
  } catch (error) {
    if (error instanceof ConfigurationFaults) return error.faults;
    throw error;
  }
}
const settingsOf = (text: string): string[] =>
  faultsOf(text).map(({ setting }) => setting.replace('slipway.yaml ', ''));
const spoilt = (...changes: readonly (readonly [was: string, is: string])[]): string =>
  changes.reduce((text, [was, is]) => {
    if (!text.includes(was)) throw new Error(`nothing says ${was}`);
    return text.replace(was, is);
  }, validHouse);

describe('slipway.yaml', () => {
  test('gives lengths of time in milliseconds, ordinary values, and folders from where it stands', () => {
    const house = parseHouse(validHouse, '/srv');
    expect(house.onCall).toMatchObject({ turn: 7 * 86_400_000, escalateAfter: 600_000 });
    expect(house.clients['acme']).toMatchObject({
      staging: 'staging',
      answerWithin: 2 * 86_400_000,
      bake: 3_600_000,
    });
    expect(house.clients['acme']?.deployment).toMatchObject({
      folder: '/srv/acme',
      pass: [],
      startWithin: 3_600_000,
    });
    expect(house.clients['globex']?.deployment.folder).toBe('/srv/globex');
  });

  test.each([
    ['team: T1', 'team: somewhere', 'team'],
    ['zone: Australia/Melbourne', 'zone: local', 'zone'],
    ['zone: Asia/Tokyo', 'zone: Mars/Olympus', 'people.2.zone'],
    ['user: U5, name: Zoe', 'user: zoe, name: Zoe', 'people.4.user'],
    ['roles: [developer]', 'roles: [hacker]', 'people.2.roles.0'],
    ['since: 2026-03-02', 'since: monday', 'onCall.since'],
    ['turn: 7 days', 'turn: often', 'onCall.turn'],
    ['turn: 7 days', 'turn: ""', 'onCall.turn'],
    ['turn: 7 days', 'turn: "-7 days"', 'onCall.turn'],
    ['bake: 1 hour', 'bake: "600"', 'clients.acme.bake'],
    ['rota: [U4, U3]', 'rota: []', 'onCall.rota'],
    ['holidays: GB', 'holidays: Atlantis', 'clients.acme.holidays'],
    ['holidays: GB', 'holidays: DE-XX', 'clients.acme.holidays'],
    ['from: "07:00"', 'from: "7"', 'clients.acme.windows.0.from'],
    ['to: "10:00"', 'to: "07:00"', 'clients.acme.windows.0'],
    ['days: [mon, tue]', 'days: [monday]', 'clients.acme.windows.0.days.0'],
    ['url: "https://acme.example.com"', 'url: acme', 'clients.acme.environments.production.url'],
    ['run: [node, deploy.mjs]', 'run: []', 'clients.acme.deployment.run'],
    ['    name: Acme\n', '', 'clients.acme.name'],
  ])('with "%s" made "%s" has one fault, named by its place', (was, is, place) => {
    expect(settingsOf(spoilt([was, is]))).toEqual([place]);
  });

  test('says what to write instead', () => {
    const sentences = faultsOf(
      spoilt(
        ['zone: Asia/Tokyo', 'zone: Tokyo'],
        ['bake: 1 hour', 'bake: soon'],
        ['holidays: GB', 'holidays: UK'],
        ['    name: Acme\n', ''],
      ),
    )
      .map(({ sentence }) => sentence)
      .sort();
    expect(sentences).toEqual([
      '"soon" is not a length of time; write for example "10 minutes"',
      'is missing',
      'is not a place whose holidays are known; write for example GB, AU-VIC or DE-BY',
      'is not an IANA time zone; write for example Europe/London',
    ]);
  });

  test('takes no key that it does not know: a misspelt one must not be left out in silence', () => {
    expect(faultsOf(spoilt(['bake: 1 hour', 'baek: 1 hour']))).toEqual([
      { setting: 'slipway.yaml clients.acme', sentence: 'Unrecognized key: "baek"' },
    ]);
  });
});

describe('what belongs together', () => {
  test('somebody is an admin', () => {
    expect(settingsOf(spoilt(['roles: [admin]', 'roles: []']))).toEqual(['people']);
  });

  test('whoever is on the rota is one of the people', () => {
    expect(faultsOf(spoilt(['rota: [U4, U3]', 'rota: [U4, U77]']))).toEqual([
      { setting: 'slipway.yaml onCall.rota.1', sentence: 'U77 is not listed under people' },
    ]);
  });

  test('staging is one of the environments, and not by accident of JavaScript', () => {
    expect(
      settingsOf(spoilt(['environments: { staging: {}, production', 'environments: { production'])),
    ).toEqual(['clients.acme.environments']);
    expect(settingsOf(spoilt(['bake: 1 hour', 'staging: constructor']))).toEqual([
      'clients.acme.environments',
    ]);
  });

  test.each([
    ['shared: C2', 'shared: C1', 'clients.acme.channels.shared', 'the team channel of acme'],
    ['shared: C4', 'shared: C2', 'clients.globex.channels.shared', 'the shared channel of acme'],
    ['team: C3', 'team: C2', 'clients.globex.channels.team', 'the shared channel of acme'],
    ['team: C3', 'team: C1', 'clients.globex.channels.team', 'the team channel of acme'],
    ['shared: C2', 'shared: C9', 'clients.acme.channels.shared', 'the on-call channel'],
  ])('no client reads what is not for them: %s made %s', (was, is, place, other) => {
    expect(faultsOf(spoilt([was, is]))).toEqual([
      { setting: `slipway.yaml ${place}`, sentence: expect.stringContaining(`is ${other} already`) },
    ]);
  });

  test('is looked at although something else is wrong, so that every fault is told at once', () => {
    const text = spoilt(
      ['roles: [admin]', 'roles: []'],
      ['rota: [U4, U3]', 'rota: [U77]'],
      ['shared: C4', 'shared: C2'],
      ['bake: 1 hour', 'baek: 1 hour'],
      ['zone: UTC', 'zone: Mars'],
      ['zone: Australia/Melbourne', 'zone: 7'],
    );
    expect(settingsOf(text).sort()).toEqual([
      'clients.acme',
      'clients.globex.channels.shared',
      'clients.globex.zone',
      'onCall.rota.0',
      'people',
      'zone',
    ]);
  });
});

describe('a file that is no slipway.yaml', () => {
  test.each([
    '',
    'just words',
    '- a list',
    'team: [',
    'team: T1\nteam: T2',
    'people: *nobody',
    'a: &a [*a, *a]',
  ])('"%s" is a fault, not a crash', (text) => {
    expect(faultsOf(text).length).toBeGreaterThan(0);
    for (const { setting } of faultsOf(text)) expect(setting).toMatch(/^slipway\.yaml( \S+)?$/);
  });

  test('that is not there is a fault that names it and says where to begin', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'slipway-config-'));
    const path = join(folder, 'slipway.yaml');
    await expect(readHouse(path)).rejects.toThrow(
      `cannot be read at ${path}. Start from the example in README.md`,
    );
    await writeFile(path, validHouse);
    expect((await readHouse(path)).clients['acme']?.deployment.folder).toBe(join(folder, 'acme'));
    await rm(folder, { recursive: true });
  });
});
