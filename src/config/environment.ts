import { z } from 'zod';

/** One setting that is missing or wrong: what it is, and where to get it. */
export interface Fault {
  readonly setting: string;
  readonly sentence: string;
}

/** Everything that is wrong with the configuration, at once. */
export class ConfigurationFaults extends Error {
  override readonly name = 'ConfigurationFaults';
  constructor(readonly faults: readonly Fault[]) {
    super(faults.map(({ setting, sentence }) => `  ${setting}: ${sentence}`).join('\n'));
  }
}

const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());
const port = z.coerce.number('must be a port number').int().min(0).max(65_535);

/** Each setting with its check and the sentence that says where to get it; README's reference is this table. */
export const settings = {
  SLACK_BOT_TOKEN: {
    check: z.string().startsWith('xoxb-', 'must start with xoxb-'),
    from: 'the bot token, at api.slack.com/apps, your app, "OAuth & Permissions" (xoxb-…)',
  },
  SLACK_SIGNING_SECRET: {
    check: optional(z.string().min(16, 'is too short for a signing secret')),
    from: 'for HTTP: your app, "Basic Information", "Signing Secret"',
  },
  SLACK_APP_TOKEN: {
    check: optional(z.string().startsWith('xapp-', 'must start with xapp-')),
    from: 'for Socket Mode: your app, "Basic Information", "App-Level Tokens", with connections:write (xapp-…)',
  },
  SLACK_API_URL: {
    check: optional(z.url('must be an address')),
    from: 'another Slack: GovSlack, a proxy, a simulator',
  },
  MONGODB_URI: {
    check: z.string().regex(/^mongodb(\+srv)?:\/\//u, 'must start with mongodb:// or mongodb+srv://'),
    from: 'where Slipway keeps its records, for example mongodb://127.0.0.1:27017/slipway',
  },
  SLIPWAY_CONFIG: {
    check: optional(z.string()),
    from: 'the path of slipway.yaml; ./slipway.yaml when absent',
  },
  SLIPWAY_DATA: {
    check: optional(z.string()),
    from: 'a folder for the records of deployment attempts; ./.data when absent',
  },
  SLIPWAY_GATE_TOKEN: {
    check: optional(z.string().min(16, 'needs at least 16 characters')),
    from: 'the token that CI shows at the gate: any long random text; without it the gate refuses everybody',
  },
  SLIPWAY_SECRET_KEY: {
    check: optional(z.string().min(16, 'needs at least 16 characters')),
    from: 'the key of the hashes that stand for secrets when environments are compared: any long random text, the same wherever snapshots are taken',
  },
  PORT: { check: optional(port), from: 'the port for Slack, the gate, health and metrics; 3000 when absent' },
  HOST: { check: optional(z.string()), from: 'the address to listen on; 0.0.0.0 when absent' },
  LOG_LEVEL: {
    check: optional(z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])),
    from: 'how much is logged; info when absent',
  },
} as const;

/** What the bot is started with. Secrets in it never reach a log. */
export interface Environment {
  readonly botToken: string;
  readonly signingSecret: string | undefined;
  readonly appToken: string | undefined;
  readonly slackApiUrl: string | undefined;
  readonly mongoUri: string;
  readonly configPath: string;
  readonly dataFolder: string;
  readonly gateToken: string | undefined;
  readonly secretKey?: string | undefined;
  readonly port: number;
  readonly host: string;
  readonly logLevel: string;
}

/** Reads the environment. Throws ConfigurationFaults with every fault and where to get what is missing. */
export function readEnvironment(env: Readonly<Record<string, string | undefined>>): Environment {
  const faults: Fault[] = [];
  const read = (setting: keyof typeof settings): string | undefined => {
    const { check, from } = settings[setting];
    const result = check.safeParse(env[setting] === '' ? undefined : env[setting]);
    if (result.success) return result.data === undefined ? undefined : String(result.data);
    const problem =
      env[setting] === undefined || env[setting] === '' ? 'is missing' : result.error.issues[0]?.message;
    faults.push({ setting, sentence: `${problem}. It is ${from}.` });
    return undefined;
  };
  const environment: Environment = {
    botToken: read('SLACK_BOT_TOKEN') ?? '',
    signingSecret: read('SLACK_SIGNING_SECRET'),
    appToken: read('SLACK_APP_TOKEN'),
    slackApiUrl: read('SLACK_API_URL'),
    mongoUri: read('MONGODB_URI') ?? '',
    configPath: read('SLIPWAY_CONFIG') ?? 'slipway.yaml',
    dataFolder: read('SLIPWAY_DATA') ?? '.data',
    gateToken: read('SLIPWAY_GATE_TOKEN'),
    secretKey: read('SLIPWAY_SECRET_KEY'),
    port: Number(read('PORT') ?? 3_000),
    host: read('HOST') ?? '0.0.0.0',
    logLevel: read('LOG_LEVEL') ?? 'info',
  };
  const named = (setting: string): boolean => faults.some((fault) => fault.setting === setting);
  const neither = environment.appToken === undefined && environment.signingSecret === undefined;
  if (neither && !named('SLACK_APP_TOKEN') && !named('SLACK_SIGNING_SECRET')) {
    const sentence = `one of the two is needed. Either ${settings.SLACK_APP_TOKEN.from}; or ${settings.SLACK_SIGNING_SECRET.from}.`;
    faults.push({ setting: 'SLACK_APP_TOKEN or SLACK_SIGNING_SECRET', sentence });
  }
  if (faults.length > 0) throw new ConfigurationFaults(faults);
  return environment;
}
