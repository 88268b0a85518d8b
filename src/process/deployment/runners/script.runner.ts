import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Evidence, Job, Runner } from './runner.js';

// The shell notes who runs, runs it, notes how it ended; each note is whole or absent, because it arrives by rename.
// The program comes as arguments, so nothing in it is read as shell.
const wrapper = [
  'note() { printf "%s" "$2" > "$SLIPWAY_RUN/$1.part" && mv "$SLIPWAY_RUN/$1.part" "$SLIPWAY_RUN/$1"; }',
  'run="$SLIPWAY_RUN"',
  'note process "$$ $(ps -o lstart= -p $$ 2>/dev/null)"',
  '( unset SLIPWAY_RUN; exec "$@" )',
  'code=$?; SLIPWAY_RUN="$run"; note code "$code"',
].join('\n');

const gracePeriod = 10_000;

/**
 * Runs a script on this machine, in a process group of its own that outlives the bot. Everything about an attempt stands
 * in a folder named by its key: making that folder is the one act that only one process can succeed in.
 */
export async function scriptRunner(records: string): Promise<Runner> {
  await mkdir(records, { recursive: true, mode: 0o700 });
  const host = await hostOf(records);
  const place = (key: string, name: string): string => join(records, key, name);
  const note = (key: string, name: string): Promise<string | undefined> =>
    readFile(place(key, name), 'utf8').catch(() => undefined);

  const lookUp = async (key: string): Promise<Evidence> => {
    const code = await note(key, 'code');
    if (code !== undefined) return { is: 'ended', code: Number(code) };
    const running = await note(key, 'process');
    if (running !== undefined) {
      if (await isAlive(running)) return { is: 'running' };
      // It may have ended between the two looks.
      const late = await note(key, 'code');
      if (late !== undefined) return { is: 'ended', code: Number(late) };
      return { is: 'unknown', why: 'the process is gone and left no result' };
    }
    const begun = await stat(place(key, 'begun')).catch(() => undefined);
    if (begun === undefined) return { is: 'never started' };
    if (Date.now() - begun.mtimeMs < 5_000) return { is: 'running' };
    return { is: 'unknown', why: 'it was about to start when the machine or the bot died' };
  };

  return {
    host,
    lookUp,
    start: async ({ key, command, folder, variables }: Job) => {
      await mkdir(join(records, key), { recursive: true, mode: 0o700 });
      const begun = await open(place(key, 'begun'), 'wx').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'EEXIST') return undefined;
        throw error;
      });
      if (begun === undefined) return false;
      await begun.sync();
      await begun.close();
      const log = await open(place(key, 'output.log'), 'a', 0o600);
      const child = spawn('/bin/sh', ['-c', wrapper, 'slipway', ...command], {
        cwd: folder,
        env: { ...variables, SLIPWAY_RUN: join(records, key) },
        detached: true,
        stdio: ['ignore', log.fd, log.fd],
      });
      const failed = new Promise<Error | undefined>((tell) => {
        child.once('error', tell);
        child.once('spawn', () => tell(undefined));
      });
      const error = await failed;
      if (error !== undefined) {
        await log.write(`could not be started: ${error.message}\n`);
        await writeFile(place(key, 'code'), '127');
      }
      await log.close();
      child.unref();
      return true;
    },
    output: async (key, from) => {
      const file = await open(place(key, 'output.log'), 'r').catch(() => undefined);
      if (file === undefined) return { text: '', next: from };
      try {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(256 * 1024), 0, 256 * 1024, from);
        return { text: buffer.subarray(0, bytesRead).toString('utf8'), next: from + bytesRead };
      } finally {
        await file.close();
      }
    },
    stop: async (key) => {
      const running = await note(key, 'process');
      if (running === undefined || !(await isAlive(running))) return;
      const group = -Number(running.split(' ')[0]);
      signal(group, 'SIGTERM');
      const deadline = Date.now() + gracePeriod;
      while (Date.now() < deadline && (await isAlive(running)))
        await new Promise((wake) => setTimeout(wake, 100));
      if (await isAlive(running)) signal(group, 'SIGKILL');
      // Killed with its group, the wrapper could not note how it ended.
      if ((await note(key, 'code')) === undefined) await writeFile(place(key, 'code'), '143');
    },
  };
}

async function hostOf(records: string): Promise<string> {
  const file = join(records, 'host');
  await writeFile(file, `${hostname()}-${randomUUID().slice(0, 8)}`, { flag: 'wx' }).catch(() => undefined);
  return readFile(file, 'utf8');
}

/** Whether that very process lives: the same number, started at the same time. */
async function isAlive(note: string): Promise<boolean> {
  const [number = '', ...started] = note.split(' ');
  const began = started.join(' ').trim();
  try {
    process.kill(Number(number), 0);
  } catch {
    return false;
  }
  return began === '' || (await startOf(number)) === began;
}

async function startOf(number: string): Promise<string> {
  return new Promise((tell) => {
    const child = spawn('ps', ['-o', 'lstart=', '-p', number], { stdio: ['ignore', 'pipe', 'ignore'] });
    let text = '';
    child.stdout.on('data', (part: Buffer) => {
      text += part.toString('utf8');
    });
    child.once('error', () => tell(''));
    child.once('close', () => tell(text.trim()));
  });
}

function signal(group: number, name: NodeJS.Signals): void {
  try {
    process.kill(group, name);
  } catch {
    // It ended by itself just now.
  }
}
