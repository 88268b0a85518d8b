import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { isAlive, isGroupAlive, signal } from './alive.js';
import type { Evidence, Job, Runner } from './runner.js';

// The shell notes who runs, runs it, notes how it ended; each note is whole or absent, because it arrives by rename.
// The program comes as arguments, so nothing in it is read as shell. A stop reaches the whole group; the shell outlives it
// to note how the program took it (POSIX: a caught signal is the default again in a subshell, an ignored one would stay ignored).
const wrapper = [
  'note() { printf "%s" "$2" > "$SLIPWAY_RUN/$1.part" && mv "$SLIPWAY_RUN/$1.part" "$SLIPWAY_RUN/$1"; }',
  'run="$SLIPWAY_RUN"',
  'trap : TERM INT HUP',
  'note process "$$ $(LC_ALL=C TZ=UTC ps -o lstart= -p $$ 2>/dev/null)"',
  '( unset SLIPWAY_RUN; exec "$@" )',
  'code=$?; SLIPWAY_RUN="$run"; note code "$code"',
].join('\n');

interface Options {
  /** How long a program that was asked to end may take before it is killed, in milliseconds. */
  readonly gracePeriod?: number;
}

/**
 * Runs a script on this machine, in a process group of its own that outlives the bot. Everything about an attempt stands
 * in a folder named by its key: making that folder is the one act that only one process can succeed in.
 */
export async function scriptRunner(records: string, { gracePeriod = 10_000 }: Options = {}): Promise<Runner> {
  await mkdir(records, { recursive: true, mode: 0o700 });
  const host = await hostOf(records);
  const place = (key: string, name: string): string => join(records, key, name);
  const note = (key: string, name: string): Promise<string | undefined> =>
    readFile(place(key, name), 'utf8').catch(() => undefined);
  // Whole or absent, like the shell's own notes: half a code would read as another one.
  const noteCode = async (key: string, code: number): Promise<void> => {
    await writeFile(place(key, 'code.bot'), String(code));
    await rename(place(key, 'code.bot'), place(key, 'code'));
  };

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
        await noteCode(key, 127);
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
      while (Date.now() < deadline && (await isGroupAlive(group)))
        await new Promise((wake) => setTimeout(wake, 100));
      signal(group, 'SIGKILL');
      // Killed with its group, the shell could not note how it ended.
      if ((await note(key, 'code')) === undefined) await noteCode(key, 137);
    },
  };
}

/** The name of these records: made once, whole before anybody can read it, also when two bots start at once. */
async function hostOf(records: string): Promise<string> {
  const [file, fresh] = [join(records, 'host'), join(records, `host.${randomUUID()}`)];
  await writeFile(fresh, `${hostname()}-${randomUUID().slice(0, 8)}`);
  await link(fresh, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await unlink(fresh);
  return readFile(file, 'utf8');
}
