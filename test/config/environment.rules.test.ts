import { describe, expect, test } from '@jest/globals';
import { ConfigurationFaults, type Fault, readEnvironment, settings } from '../../src/config/environment.js';

const valid = {
  SLACK_BOT_TOKEN: 'xoxb-1',
  SLACK_SIGNING_SECRET: '0123456789abcdef',
  MONGODB_URI: 'mongodb://127.0.0.1/slipway',
};

function faultsOf(env: Record<string, string | undefined>): readonly Fault[] {
  try {
    readEnvironment(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationFaults) return error.faults;
    throw error;
  }
}

describe('the environment', () => {
  test('needs three settings; everything else has an ordinary value', () => {
    expect(readEnvironment(valid)).toEqual({
      botToken: 'xoxb-1',
      signingSecret: '0123456789abcdef',
      appToken: undefined,
      slackApiUrl: undefined,
      mongoUri: 'mongodb://127.0.0.1/slipway',
      configPath: 'slipway.yaml',
      dataFolder: '.data',
      gateToken: undefined,
      port: 3_000,
      host: '0.0.0.0',
      logLevel: 'info',
    });
  });

  test('with nothing set names everything that is missing at once, and where to get it', () => {
    expect(faultsOf({}).map(({ setting }) => setting)).toEqual([
      'SLACK_BOT_TOKEN',
      'MONGODB_URI',
      'SLACK_APP_TOKEN or SLACK_SIGNING_SECRET',
    ]);
    for (const { sentence } of faultsOf({}))
      expect(sentence).toMatch(/is (missing|needed)\. .*(api\.slack\.com|mongodb:\/\/|Basic Information)/);
  });

  test.each([
    ['SLACK_BOT_TOKEN', 'xoxp-user-token'],
    ['SLACK_SIGNING_SECRET', 'short'],
    ['SLACK_APP_TOKEN', 'xoxb-1'],
    ['SLACK_API_URL', 'slack'],
    ['MONGODB_URI', 'postgres://x'],
    ['SLIPWAY_GATE_TOKEN', 'guessable'],
    ['PORT', 'http'],
    ['PORT', '99999'],
    ['LOG_LEVEL', 'loud'],
  ])('%s=%s is one fault, which says what it is', (setting, value) => {
    const faults = faultsOf({ ...valid, [setting]: value });
    expect(faults).toEqual([
      { setting, sentence: expect.stringContaining(settings[setting as keyof typeof settings].from) },
    ]);
    expect(faults[0]?.sentence).not.toContain('missing');
  });

  test('names every wrong setting at once', () => {
    const faults = faultsOf({
      SLACK_BOT_TOKEN: 'x',
      SLACK_APP_TOKEN: 'x',
      MONGODB_URI: 'x',
      PORT: 'x',
      LOG_LEVEL: 'x',
      SLIPWAY_GATE_TOKEN: 'x',
    });
    expect(faults.map(({ setting }) => setting).sort()).toEqual([
      'LOG_LEVEL',
      'MONGODB_URI',
      'PORT',
      'SLACK_APP_TOKEN',
      'SLACK_BOT_TOKEN',
      'SLIPWAY_GATE_TOKEN',
    ]);
  });

  test('never repeats the value of a setting: it may be a secret', () => {
    for (const { sentence } of faultsOf({
      SLACK_BOT_TOKEN: 'hunter2-hunter2',
      MONGODB_URI: 'hunter2-hunter2',
      SLIPWAY_GATE_TOKEN: 'hunter2',
    })) {
      expect(sentence).not.toContain('hunter2');
    }
  });

  test('takes an empty setting for an absent one', () => {
    expect(readEnvironment({ ...valid, PORT: '', LOG_LEVEL: '', SLACK_APP_TOKEN: '' })).toMatchObject({
      port: 3_000,
      logLevel: 'info',
      appToken: undefined,
    });
    expect(faultsOf({ ...valid, SLACK_BOT_TOKEN: '' })).toMatchObject([
      { setting: 'SLACK_BOT_TOKEN', sentence: expect.stringMatching(/^is missing/) },
    ]);
  });

  test('is content with either way to Slack', () => {
    const { SLACK_SIGNING_SECRET: _, ...without } = valid;
    expect(readEnvironment({ ...without, SLACK_APP_TOKEN: 'xapp-1' }).appToken).toBe('xapp-1');
  });
});
