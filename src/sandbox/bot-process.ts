import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** The bot as a child process. */
export interface BotProcess {
  readonly url: string;
  readonly pid: number;
  /** Puts the bot's clock ahead, and resolves when everything that became due is done. */
  putAhead(milliseconds: number): Promise<void>;
  /** Resolves when it ends, whoever ended it. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

const patience = 8_000;

// Tests run this file unbuilt, and name the built program instead.
const besideThis = new URL('./bot.js', import.meta.url);

/** Starts the bot with these settings and waits until it listens. Throws with its last words when it ends before. */
export async function startBotProcess(
  settings: Readonly<Record<string, string>>,
  program: URL = besideThis,
): Promise<BotProcess> {
  const { PATH = '', HOME = '' } = process.env;
  const child = fork(fileURLToPath(program), [], {
    env: { PATH, HOME, ...settings },
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  });
  let lastWords = '';
  child.stderr?.on('data', (part: Buffer) => {
    lastWords = `${lastWords}${part.toString('utf8')}`.slice(-4_000);
    process.stderr.write(part);
  });
  const ended = once(child, 'exit').then(() => undefined);
  const url = await Promise.race([
    addressFrom(child),
    ended.then(() => {
      throw new Error(`The bot ended before it could start.\n${lastWords}`);
    }),
  ]);
  return {
    url,
    pid: child.pid ?? 0,
    ended,
    putAhead: async (ahead) => {
      const moved = new Promise<void>((done) => {
        const hear = (message: { moved?: unknown }): void => {
          if (message.moved !== ahead) return;
          child.off('message', hear);
          done();
        };
        child.on('message', hear);
      });
      child.send({ ahead });
      await Promise.race([moved, ended]);
    },
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), patience);
      await ended;
      clearTimeout(timer);
    },
  };
}

async function addressFrom(child: ChildProcess): Promise<string> {
  const [message] = (await once(child, 'message')) as [{ url: string }];
  return message.url;
}
